import type { Kysely } from 'kysely'

/** Other names under which trackers send for a site: its id in Umami, a domain it had before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('site_aliases')
    .ifNotExists()
    .addColumn('alias', 'varchar(100)', (column) => column.primaryKey().notNull())
    .addColumn('site_id', 'integer', (column) => column.notNull())
    .addForeignKeyConstraint('site_aliases_site', ['site_id'], 'sites', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}
