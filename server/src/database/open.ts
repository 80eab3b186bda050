import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Kysely, sql, type Dialect } from 'kysely'
import { StartError } from '../errors.ts'
import { isMysqlUrl, mysqlAddress, type MysqlAddress } from '../lib/mysql-url.ts'
import { tooOld } from '../lib/mysql-version.ts'
import { migrate, type Migrated } from './migrate.ts'
import type { Database } from './schema.ts'
import { sqliteDialect } from './sqlite.ts'

/** Where the metadata is: `Config` has these. */
export interface Place {
  /** `mysql://…`, `sqlite:PATH`, or null for a file in `dataDir`. */
  databaseUrl: string | null
  dataDir: string
}

/**
 * The file of an SQLite database, absolute; null for one in memory, and for MySQL.
 *
 * @throws StartError where the address names another kind of database
 */
export function databaseFile({ databaseUrl, dataDir }: Place): string | null {
  const url = databaseUrl ?? `sqlite:${join(dataDir, 'footfall.sqlite')}`
  if (isMysqlUrl(url)) return null
  if (!url.startsWith('sqlite:')) {
    throw new StartError(
      `DATABASE_URL must be mysql://user:password@host:3306/database or sqlite:PATH, not ${url.replace(/:.*/s, ':…')}. ` +
        'Leave it unset for SQLite in DATA_DIR.',
    )
  }
  const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
  return path === ':memory:' ? null : resolve(path)
}

/**
 * Opens the metadata without touching its schema, for `doctor` and tests.
 *
 * @throws StartError where it cannot be opened, in words for the operator
 */
export async function openDatabase(place: Place): Promise<Kysely<Database>> {
  if (place.databaseUrl !== null && isMysqlUrl(place.databaseUrl)) return openMysql(mysqlAddress('DATABASE_URL', place.databaseUrl))
  const file = databaseFile(place) ?? ':memory:'
  return open(sqliteDialect(file), `The database ${file}`, (database) => sql`select 1 from sqlite_schema`.execute(database))
}

async function openMysql(address: MysqlAddress): Promise<Kysely<Database>> {
  // Loaded only where it is used: the driver takes 50 ms and 16 MB.
  const { mysqlDialect } = await import('./mysql.ts')
  return open(mysqlDialect(address), `The database ${address.database} on ${address.host}:${address.port}`, async (database) => {
    const { rows } = await sql<{ version: string }>`select version() as version`.execute(database)
    const complaint = tooOld(rows[0]!.version)
    if (complaint) throw new StartError(complaint)
  })
}

/** Opens it and asks it something, so that a wrong address shows at start. */
async function open(dialect: Dialect, name: string, ask: (database: Kysely<Database>) => Promise<unknown>): Promise<Kysely<Database>> {
  const database = new Kysely<Database>({ dialect })
  try {
    await ask(database)
    return database
  } catch (error) {
    await database.destroy().catch(() => undefined)
    if (error instanceof StartError) throw error
    throw new StartError(`${name} cannot be opened: ${(error as Error).message || (error as NodeJS.ErrnoException).code}.`, {
      cause: error,
    })
  }
}

/**
 * Opens the metadata and brings it up to date; what the server and every command start with.
 * The file `instance` in DATA_DIR remembers which database belongs to it, so that one that is lost, or not mounted, is noticed.
 *
 * @throws StartError see `openDatabase` and `migrate`
 */
export async function openMetadata(place: Place): Promise<Migrated & { database: Kysely<Database> }> {
  const marker = join(place.dataDir, 'instance')
  const expected = readMarker(marker)
  const database = await openDatabase(place)
  try {
    const migrated = await migrate(database, expected)
    if (expected === null) writeMarker(marker, migrated.instance)
    return { database, ...migrated }
  } catch (error) {
    await database.destroy()
    throw error
  }
}

function readMarker(marker: string): string | null {
  try {
    return readFileSync(marker, 'utf8').trim() || null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new StartError(`${marker} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function writeMarker(marker: string, instance: string): void {
  try {
    mkdirSync(resolve(marker, '..'), { recursive: true, mode: 0o700 })
    writeFileSync(marker, `${instance}\n`)
  } catch (error) {
    throw new StartError(`${marker} cannot be written (${(error as NodeJS.ErrnoException).code}): DATA_DIR must be writable.`)
  }
}
