import type { Kysely } from 'kysely'

/** What people keep beside a site: funnels, and notes on days. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('funnels')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('site_id', 'integer', (column) => column.notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('steps', 'text', (column) => column.notNull())
    .addColumn('window_seconds', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('funnels_site', ['site_id'], 'sites', ['id'], (key) => key.onDelete('cascade'))
    .addUniqueConstraint('funnels_name', ['site_id', 'name'])
    .execute()
  await db.schema
    .createTable('annotations')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('site_id', 'integer', (column) => column.notNull())
    .addColumn('day', 'varchar(10)', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('annotations_site', ['site_id'], 'sites', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}
