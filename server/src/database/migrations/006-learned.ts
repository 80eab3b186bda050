import type { Kysely } from 'kysely'

/** What is learned beside events: what sites say of their users, and names of cities. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('traits')
    .ifNotExists()
    .addColumn('site', 'integer', (column) => column.notNull())
    .addColumn('visitor', 'varchar(20)', (column) => column.notNull())
    .addColumn('traits', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('traits_key', ['site', 'visitor'])
    .execute()
  await db.schema
    .createTable('cities')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .execute()
}
