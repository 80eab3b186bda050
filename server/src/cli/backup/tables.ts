import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../database/schema.ts'
import type { Line } from './format.ts'

/**
 * Tables in the order in which rows can be put back, each before those that point to it. A table that is not here does not compile;
 * `false` is not kept: sessions of browsers end with the old installation.
 */
const TABLES = {
  settings: true,
  users: true,
  login_sessions: false,
  api_keys: true,
  sites: true,
  site_aliases: true,
  goals: true,
  segments: true,
  funnels: true,
  annotations: true,
  shared_links: true,
  salts: true,
  drops: true,
  traits: true,
  cities: true,
} satisfies Record<keyof Database, boolean>
const KEPT = (Object.keys(TABLES) as (keyof Database)[]).filter((name) => TABLES[name])

const OWN = /^(instance$|(erase|forget|job):)/
/** Settings that belong to one installation: its name, erasures of events that a backup does not hold, claims of jobs. */
const isOwn = (name: string) => OWN.test(name)

type Row = Extract<Line, { of: string }>['row']
/** All tables alike: rows go through as they are. */
type AnyTables = Record<string, Row>

/** Every row that is kept. Metadata is small; a table is read at once. */
export async function* metadataLines(database: Kysely<Database>): AsyncGenerator<Line> {
  for (const of of KEPT) {
    const rows = await database.withTables<AnyTables>().selectFrom(of).selectAll().execute()
    for (const row of rows) if (of !== 'settings' || !isOwn(row['name'])) yield { of, row }
  }
}

/** Whether nobody has used this installation: no people, no sites. */
export async function isUnused(database: Kysely<Database>): Promise<boolean> {
  const tables = ['users', 'sites', 'api_keys'] as const
  const found = await Promise.all(tables.map((table) => database.selectFrom(table).select('id').limit(1).execute()))
  return found.every((rows) => rows.length === 0)
}

/** Puts rows into an unused installation, whose own secrets give way. @throws where a row does not fit */
export async function putRows(trx: Transaction<Database>, rows: { of: string; row: Row }[]): Promise<void> {
  const own = await trx.selectFrom('settings').selectAll().execute()
  for (const { name } of own) if (!isOwn(name)) await trx.deleteFrom('settings').where('name', '=', name).execute()
  await trx.deleteFrom('salts').execute()
  await trx.deleteFrom('drops').execute()
  for (const { of, row } of rows) {
    if (!KEPT.some((name) => name === of)) throw new Error(`the backup has rows of an unknown table ${JSON.stringify(of)}`)
    await trx.withTables<AnyTables>().insertInto(of).values(row).execute()
  }
}
