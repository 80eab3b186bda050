import { join } from 'node:path'
import type { PoolConnection } from 'mysql2/promise'
import { StartError } from '../../errors.ts'
import { runMigrations } from '../migrations.ts'
import { type MySqlClient, command, errorCode, select } from './client.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
/** Server-wide, so it carries the name of the database; at most 64 characters. MySQL 9.7 has no SHA1 and no MD5. */
const LOCK = "LEFT(CONCAT('footfall ', SHA2(DATABASE(), 256)), 64)"
const LOCK_SECONDS = 120

/**
 * Brings the tables up to date (rules: `runMigrations`), one process at a time.
 *
 * @returns names of the migrations that ran now
 * @throws StartError where the store has seen a migration that this program does not know, or another process does not end
 */
export async function migrate({ pool }: MySqlClient, folder: string = FOLDER): Promise<string[]> {
  const connection = await pool.getConnection()
  try {
    const [got] = await select<{ got: number | null }>(connection, `SELECT GET_LOCK(${LOCK}, ${LOCK_SECONDS}) AS got`)
    if (Number(got?.got) !== 1) throw new StartError(`Another process has been changing the event store for ${LOCK_SECONDS} seconds.`)
    try {
      return await migrateLocked(connection, folder)
    } finally {
      await select(connection, `SELECT RELEASE_LOCK(${LOCK})`)
    }
  } finally {
    connection.release()
  }
}

async function migrateLocked(connection: PoolConnection, folder: string): Promise<string[]> {
  await command(
    connection,
    'CREATE TABLE IF NOT EXISTS event_migrations (name VARCHAR(100) CHARACTER SET ascii PRIMARY KEY) ENGINE = InnoDB',
  )
  return runMigrations(folder, {
    done: async () => (await select<{ name: string }>(connection, 'SELECT name FROM event_migrations')).map((row) => row.name),
    run: (sql) => command(connection, sql).catch(unlessThere),
    record: (name) => command(connection, 'INSERT INTO event_migrations (name) VALUES (?)', [name]),
  })
}

const COLUMN_IS_THERE = 1060

/** MySQL has no ADD COLUMN IF NOT EXISTS: where a crash came between the statement and the record of it, the column is there. */
function unlessThere(error: unknown): void {
  if (errorCode(error) !== COLUMN_IS_THERE) throw error
}
