import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, select } from '../../server/src/storage/clickhouse/client.ts'
import { migrate } from '../../server/src/storage/clickhouse/migrate.ts'
import { KEY_REASONS, TABLE_REASONS } from '../../server/src/storage/clickhouse/reasons.ts'
import { ROOT } from '../paths.mjs'
import { migrationReasons, reason, section } from './table.ts'

const FOLDER = 'server/src/storage/clickhouse'

/** Events as ClickHouse has them after every migration. */
export async function clickhouseSection(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'footfall-schema-'))
  const client = await connect({ path: directory })
  try {
    await migrate(client)
    const whys = { ...migrationReasons(join(ROOT, FOLDER, 'migrations')), ...TABLE_REASONS }
    const tables = await select<{ name: string; sorting_key: string; partition_key: string }>(
      client,
      'SELECT name, sorting_key, partition_key FROM system.tables WHERE database = currentDatabase() ORDER BY name',
    )
    const columns = await select<{ table: string; name: string; type: string; comment: string }>(
      client,
      'SELECT table, name, type, comment FROM system.columns WHERE database = currentDatabase() ORDER BY table, position',
    )
    const described = tables.map(({ name, ...keys }) => ({
      name,
      why: reason(whys, name, `${FOLDER}/migrations`),
      columns: columns.filter((column) => column.table === name).map((column) => ({ ...column, note: column.comment })),
      keys: (
        [
          ['ORDER BY', keys.sorting_key],
          ['PARTITION BY', keys.partition_key],
        ] as const
      )
        .filter(([, key]) => key !== '')
        .map(([what, key]) => ({
          what,
          columns: key,
          why: reason(KEY_REASONS[name], `${what} ${key}`, `${FOLDER}/reasons.ts, table ${name}`),
        })),
    }))
    return section('Events in ClickHouse', 'In process (`DATA_DIR/events`) or on a server (`EVENTS_URL=http…`).', described, [
      { table: 'events', column: 'visit', other: 'visits' },
    ])
  } finally {
    await client.close()
    await rm(directory, { recursive: true, force: true })
  }
}
