import { sql, type Kysely } from 'kysely'
import { migrate } from '../../server/src/database/migrate.ts'
import { openDatabase } from '../../server/src/database/open.ts'
import { REASONS, type Reason } from '../../server/src/database/reasons.ts'
import type { Database } from '../../server/src/database/schema.ts'
import { reason, section, type Reference, type Table } from './table.ts'

const FILE = 'server/src/database/reasons.ts'
const BOOKKEEPING = /^(sqlite_|kysely_)/

/** Metadata as SQLite has it after every migration; MySQL gets the same. */
export async function metadataSection(): Promise<string> {
  const database = await openDatabase({ databaseUrl: 'sqlite::memory:', dataDir: '.' })
  try {
    await migrate(database, null)
    const { rows } = await sql<{ name: string }>`select name from sqlite_schema where type = 'table' order by rowid`.execute(database)
    const names = rows.map((row) => row.name).filter((name) => !BOOKKEEPING.test(name))
    const tables = await Promise.all(names.map((name) => table(database, name)))
    const references = (await Promise.all(names.map((name) => foreignKeys(database, name)))).flat()
    return section(
      'Metadata',
      'SQLite in `DATA_DIR`, or the MySQL of `DATABASE_URL` with the same tables (InnoDB, `utf8mb4_bin`). Times are Unix seconds. Kysely keeps which migrations ran in two tables of its own.',
      tables,
      references,
    )
  } finally {
    await database.destroy()
  }
}

async function table(database: Kysely<Database>, name: string): Promise<Table> {
  const reasons: Record<string, Reason> = REASONS
  const pragma = async <Row>(what: string) => (await sql<Row>`select * from ${sql.raw(`pragma_${what}`)}`.execute(database)).rows
  const columns = await pragma<{ name: string; type: string; notnull: number; pk: number }>(`table_info('${name}')`)
  const indexes = await pragma<{ name: string; unique: number; origin: string }>(`index_list('${name}')`)
  const keyed = columns.filter((column) => column.pk > 0).toSorted((a, b) => a.pk - b.pk)
  const numbered = keyed.length === 1 && keyed[0]!.name === 'id'
  const keys = [
    { what: 'primary key', columns: keyed.map((column) => column.name).join(', ') },
    ...(await Promise.all(
      indexes
        .filter((index) => index.origin !== 'pk')
        .map(async (index) => {
          const parts = await pragma<{ name: string }>(`index_info('${index.name}')`)
          return { what: index.unique ? 'unique' : 'index', columns: parts.map((part) => part.name).join(', ') }
        }),
    )),
  ]
  return {
    name,
    why: reason({ [name]: reasons[name]?.why ?? '' }, name, FILE),
    columns: columns.map((column) => ({ name: column.name, type: column.type, note: column.notnull || column.pk ? '' : 'may be null' })),
    keys: keys.map((key, index) => ({
      ...key,
      why:
        index === 0 && numbered
          ? 'a number that is not given out twice'
          : reason(reasons[name]?.keys, key.columns, `${FILE}, table ${name}`),
    })),
  }
}

async function foreignKeys(database: Kysely<Database>, name: string): Promise<Reference[]> {
  const { rows } = await sql<{ table: string; from: string }>`select * from pragma_foreign_key_list(${name})`.execute(database)
  return rows.map((row) => ({ table: name, column: row.from, other: row.table }))
}
