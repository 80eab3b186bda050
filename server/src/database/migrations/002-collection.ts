import type { Kysely } from 'kysely'

/** What a site asks of its collector. MySQL has no "add column if not exists", so a run that was cut short looks first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables()
  const known = new Set(tables.find(({ name }) => name === 'sites')?.columns.map(({ name }) => name))
  const sites = db.schema.alterTable('sites')
  if (!known.has('ingest_rate_limit')) await sites.addColumn('ingest_rate_limit', 'integer').execute()
  for (const column of ['respect_dnt', 'drop_data_centers']) {
    if (!known.has(column)) await sites.addColumn(column, 'integer', (integer) => integer.notNull().defaultTo(0)).execute()
  }
}
