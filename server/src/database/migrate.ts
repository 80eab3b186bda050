import { randomUUID } from 'node:crypto'
import { type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { StartError } from '../errors.ts'
import { isDuplicate } from './duplicate.ts'
import { migrations as ours } from './migrations/index.ts'
import type { Database } from './schema.ts'

export interface Migrated {
  /** Names this installation for ever. */
  instance: string
  /** Migrations that ran now. */
  applied: string[]
}

/**
 * Brings the schema up to date. Several processes may call this at once: one does it, the others wait.
 *
 * @param expected instance that must be in this database, or null where nobody knows of any yet
 * @throws StartError where the database is newer than the program, is empty although data is expected, or is another one
 */
export async function migrate(
  database: Kysely<Database>,
  expected: string | null,
  migrations: Record<string, Migration> = ours,
): Promise<Migrated> {
  const done = await executed(database)
  const unknown = done.find((name) => !(name in migrations))
  if (unknown) {
    throw new StartError(
      `The database was last used by a newer version of Footfall (this one does not know its migration ${unknown}). ` +
        'Start that version, or restore a backup from before the upgrade.',
    )
  }
  if (done.length === 0 && expected !== null) {
    throw new StartError(
      'The database is empty, but this DATA_DIR has served one with data. ' +
        'Check DATABASE_URL and that the disk is mounted; to begin anew, start with an empty DATA_DIR.',
    )
  }
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  const instance = await instanceOf(database)
  if (expected !== null && instance !== expected) {
    throw new StartError('The database belongs to another installation than this DATA_DIR. Check DATABASE_URL and DATA_DIR.')
  }
  return { instance, applied: results.map((result) => result.migrationName) }
}

/** Names of the migrations that this database has seen, of whatever version. */
export async function executed(database: Kysely<Database>): Promise<string[]> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const rows = await database.withTables<{ kysely_migration: { name: string } }>().selectFrom('kysely_migration').select('name').execute()
  return rows.map((row) => row.name)
}

/** Migrations that are still to run. */
export async function pending(database: Kysely<Database>): Promise<string[]> {
  const done = new Set(await executed(database))
  return Object.keys(ours).filter((name) => !done.has(name))
}

async function instanceOf(database: Kysely<Database>): Promise<string> {
  const read = () => database.selectFrom('settings').select('value').where('name', '=', 'instance').executeTakeFirst()
  const found = await read()
  if (found) return found.value
  try {
    await database.insertInto('settings').values({ name: 'instance', value: randomUUID() }).execute()
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return (await read())!.value
}
