import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PoolConnection } from 'mysql2/promise'
import { StartError } from '../../errors.ts'
import { type MySqlClient, command, select } from './client.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
/** Server-wide, so it carries the name of the database; at most 64 characters. MySQL 9.7 has no SHA1 and no MD5. */
const LOCK = "LEFT(CONCAT('footfall ', SHA2(DATABASE(), 256)), 64)"
const LOCK_SECONDS = 120

/**
 * Brings the tables up to date: one statement a file, in order of their numbers, each recorded once it ran. One process
 * at a time. A statement that ran without being recorded (a crash in between) would run again, so each must bear that.
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
  const done = new Set((await select<{ name: string }>(connection, 'SELECT name FROM event_migrations')).map((row) => row.name))
  const ours = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  const newer = [...done].find((name) => !ours.includes(name))
  if (newer !== undefined) {
    throw new StartError(
      `The event store was last used by a newer version of Footfall (this one does not know its migration ${newer}); start that version, or restore a backup from before the upgrade.`,
    )
  }
  const missing = ours.filter((name) => !done.has(name))
  for (const name of missing) {
    await command(connection, await readFile(join(folder, name), 'utf8'))
    await command(connection, 'INSERT INTO event_migrations (name) VALUES (?)', [name])
  }
  return missing
}
