import type { Kysely } from 'kysely'

/** How many months a site keeps, and which properties of events. As in 002, a run that was cut short looks first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables()
  const known = new Set(tables.find(({ name }) => name === 'sites')?.columns.map(({ name }) => name))
  const columns = { keep_months: 'integer', allowed_props: 'text' } as const
  for (const [name, type] of Object.entries(columns)) {
    if (!known.has(name)) await db.schema.alterTable('sites').addColumn(name, type).execute()
  }
}
