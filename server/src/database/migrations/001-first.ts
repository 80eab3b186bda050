import { sql, type Kysely } from 'kysely'

/** MySQL's text ends at 64 kB; SQLite takes any name for a type. */
const longText = sql`mediumtext`

/**
 * Key texts have lengths that fit an index of MySQL (3,072 bytes, four a character); no column has a default,
 * which MySQL refuses for text. MySQL commits every statement of a migration by itself, so each can run a second time
 * (`if not exists`, and no separate indexes, for which MySQL does not know those words).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('users')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('email', 'varchar(254)', (column) => column.notNull().unique())
    .addColumn('password_hash', 'varchar(255)', (column) => column.notNull())
    .addColumn('role', 'varchar(20)', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('login_sessions')
    .ifNotExists()
    .addColumn('token_hash', 'varchar(64)', (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('login_sessions_user', ['user_id'], 'users', ['id'], (key) => key.onDelete('cascade'))
    .execute()

  await db.schema
    .createTable('api_keys')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('user_id', 'integer')
    .addColumn('name', 'varchar(100)', (column) => column.notNull())
    .addColumn('prefix', 'varchar(20)', (column) => column.notNull())
    .addColumn('key_hash', 'varchar(64)', (column) => column.notNull().unique())
    .addColumn('scopes', 'varchar(200)', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('expires_at', 'bigint')
    .addForeignKeyConstraint('api_keys_user', ['user_id'], 'users', ['id'], (key) => key.onDelete('cascade'))
    .execute()

  await db.schema
    .createTable('sites')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('domain', 'varchar(253)', (column) => column.notNull().unique())
    .addColumn('timezone', 'varchar(64)', (column) => column.notNull())
    .addColumn('tracker', 'text', (column) => column.notNull())
    .addColumn('shields', longText, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()

  await ofSites(db)
  await ofEvents(db)

  await db.schema
    .createTable('settings')
    .ifNotExists()
    .addColumn('name', 'varchar(100)', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}

async function ofSites(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('goals')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('site_id', 'integer', (column) => column.notNull())
    .addColumn('goal_type', 'varchar(10)', (column) => column.notNull())
    .addColumn('event_name', 'varchar(120)')
    .addColumn('page_path', 'varchar(2000)')
    .addColumn('scroll_threshold', 'integer')
    .addColumn('currency', 'varchar(3)')
    .addColumn('display_name', 'varchar(255)', (column) => column.notNull())
    .addColumn('custom_props', 'text')
    .addColumn('definition_hash', 'varchar(64)', (column) => column.notNull())
    .addForeignKeyConstraint('goals_site', ['site_id'], 'sites', ['id'], (key) => key.onDelete('cascade'))
    .addUniqueConstraint('goals_definition', ['site_id', 'definition_hash'])
    .addUniqueConstraint('goals_name', ['site_id', 'display_name'])
    .execute()

  await db.schema
    .createTable('segments')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('site_id', 'integer', (column) => column.notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('filters', longText, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('segments_site', ['site_id'], 'sites', ['id'], (key) => key.onDelete('cascade'))
    .addUniqueConstraint('segments_name', ['site_id', 'name'])
    .execute()

  await db.schema
    .createTable('shared_links')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('site_id', 'integer', (column) => column.notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('token', 'varchar(64)', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('shared_links_site', ['site_id'], 'sites', ['id'], (key) => key.onDelete('cascade'))
    .addUniqueConstraint('shared_links_name', ['site_id', 'name'])
    .execute()
}

/** What the event path keeps here. Site 0 stands for events of unknown sites, so these have no foreign key. */
async function ofEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('salts')
    .ifNotExists()
    .addColumn('site', 'integer', (column) => column.notNull())
    .addColumn('day', 'varchar(10)', (column) => column.notNull())
    .addColumn('salt', 'varchar(64)', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('salts_key', ['site', 'day'])
    .execute()
  await db.schema
    .createTable('drops')
    .ifNotExists()
    .addColumn('site', 'integer', (column) => column.notNull())
    .addColumn('day', 'varchar(10)', (column) => column.notNull())
    .addColumn('reason', 'varchar(40)', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('drops_key', ['site', 'day', 'reason'])
    .execute()
}
