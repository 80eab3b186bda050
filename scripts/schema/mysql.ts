import { join } from 'node:path'
import { connect, select } from '../../server/src/storage/mysql/client.ts'
import { migrate } from '../../server/src/storage/mysql/migrate.ts'
import { KEY_REASONS, REFERENCES, TABLE_REASONS } from '../../server/src/storage/mysql/reasons.ts'
import { freshMysqlDatabase } from '../../server/test/servers/mysql.ts'
import { ROOT } from '../paths.mjs'
import { migrationReasons, reason, section } from './table.ts'

const FOLDER = 'server/src/storage/mysql'

/** Events as MySQL and MariaDB have them after every migration. */
export async function mysqlSection(server: string): Promise<string> {
  const database = await freshMysqlDatabase(server)
  const client = await connect(database.url)
  try {
    await migrate(client)
    const whys = { ...migrationReasons(join(ROOT, FOLDER, 'migrations')), ...TABLE_REASONS }
    const columns = await select<Record<'tab' | 'name' | 'type' | 'nullable' | 'note', string>>(
      client.pool,
      `SELECT table_name AS tab, column_name AS name, column_type AS type, is_nullable AS nullable, column_comment AS note
       FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`,
    )
    const keys = await select<{ tab: string; name: string; columns: string; free: string | number }>(
      client.pool,
      `SELECT table_name AS tab, index_name AS name, MAX(non_unique) AS free, GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ', ') AS columns
       FROM information_schema.statistics WHERE table_schema = DATABASE() GROUP BY table_name, index_name ORDER BY table_name, index_name = 'PRIMARY' DESC, index_name`,
    )
    const names = [...new Set(columns.map((column) => column.tab))].toSorted()
    const described = names.map((name) => ({
      name,
      why: reason(whys, name, `${FOLDER}/migrations`),
      columns: columns
        .filter((column) => column.tab === name)
        .map((column) => ({
          name: column.name,
          type: plain(column.type) + (column.nullable === 'YES' ? ', may be null' : ''),
          note: column.note,
        })),
      keys: keys
        .filter((key) => key.tab === name)
        .map((key) => ({
          what: key.name === 'PRIMARY' ? 'primary key' : Number(key.free) === 0 ? 'unique' : 'index',
          columns: key.columns,
          why: reason(KEY_REASONS[name], key.columns, `${FOLDER}/reasons.ts, table ${name}`),
        })),
    }))
    const references = REFERENCES.map(([table, column, other]) => ({ table, column, other }))
    return section(
      'Events in MySQL and MariaDB',
      'In the database of `EVENTS_URL`, which is that of `DATABASE_URL` unless set. Rows are stored in the order of the primary key.',
      described,
      references,
    )
  } finally {
    await client.close()
    await database.stop()
  }
}

/** MariaDB tells widths of numbers, which mean nothing; MySQL no longer does. */
function plain(type: string): string {
  return type.replace(/((?:tiny|small|medium|big)?int)\(\d+\)/, '$1')
}
