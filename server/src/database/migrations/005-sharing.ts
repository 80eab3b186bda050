import type { Kysely } from 'kysely'

/** Public sites, and what a shared link asks for and shows. As in 002, a run that was cut short looks first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables()
  const columnsOf = (table: string) => new Set(tables.find(({ name }) => name === table)?.columns.map(({ name }) => name))
  if (!columnsOf('sites').has('public')) {
    const column = db.schema.alterTable('sites').addColumn('public', 'integer', (integer) => integer.notNull().defaultTo(0))
    await column.execute()
  }
  const known = columnsOf('shared_links')
  const columns = { password_hash: 'varchar(255)', segment_id: 'integer', embed_origins: 'text' } as const
  for (const [name, type] of Object.entries(columns)) {
    if (!known.has(name)) await db.schema.alterTable('shared_links').addColumn(name, type).execute()
  }
}
