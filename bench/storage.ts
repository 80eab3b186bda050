import { cpus, loadavg } from 'node:os'
import { SITES } from '@footfall/simulator/sites.ts'
import { connect, select, type MySqlClient } from '../server/src/storage/mysql/client.ts'
import { createMySqlEngine } from '../server/src/storage/mysql/engine.ts'
import { freshMysqlDatabase, startMariaDb } from '../server/test/servers/mysql.ts'
import { storeHistory } from './history.ts'

const DAYS = 30
const NOW = Date.UTC(2026, 0, 1)
/** What a writer under load finds in the journal at a time. */
const BATCH = 5_000

const rounded = (value: number) => Number(value.toFixed(1))

/**
 * Bytes of an event in MySQL or MariaDB, by table and index: a simulated history of 30 days of two sites that write at the same
 * time, as live events come. One JSON object. `npm run bench -- storage [EVENTS]`, default 1,000,000; the server is that of `TEST_MYSQL_URL`, else a
 * private one. Every event has an id, as the writer gives them.
 */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  const events = Number(args[0] ?? 1_000_000)
  const server = await startMariaDb()
  const database = await freshMysqlDatabase(server.url)
  const client = await connect(database.url)
  const engine = createMySqlEngine({ client })
  try {
    await engine.migrate()
    const began = performance.now()
    const cpu = process.cpuUsage()
    const stored = await Promise.all(
      SITES.slice(0, 2).map((profile, index) =>
        storeHistory(engine, { site: index + 1, profile, days: DAYS, events: events / 2, now: NOW, batch: BATCH }),
      ),
    )
    const total = stored.reduce((sum, count) => sum + count, 0)
    const seconds = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const [version] = await select<{ version: string }>(client.pool, 'SELECT VERSION() AS version')
    const result = {
      bench: 'storage',
      server: version!.version,
      machine: { cores: cpus().length, load: rounded(loadavg()[0]!) },
      events: total,
      rowsPerSecond: Math.round(total / seconds),
      ourCpuMicrosecondsPerEvent: rounded((user + system) / total),
      ...(await sizes(client, total)),
    }
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  } finally {
    await engine.close()
    await database.stop()
    await server.stop()
  }
}

/** Of every index (PRIMARY is the table itself), as the server counts its pages. */
async function sizes({ pool }: MySqlClient, events: number) {
  const tables = await select<{ name: string }>(
    pool,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  )
  const indexes: Record<string, { rows: number; bytesPerRow: number; bytesPerEvent: number }> = {}
  let all = 0
  for (const { name } of tables) {
    await select(pool, `ANALYZE TABLE ${name}`)
    const [rows] = await select<{ n: string }>(pool, `SELECT COUNT(*) AS n FROM ${name}`)
    const found = await select<{ index: string; pages: string }>(
      pool,
      `SELECT index_name AS \`index\`, stat_value AS pages FROM mysql.innodb_index_stats
       WHERE database_name = DATABASE() AND table_name = '${name}' AND stat_name = 'size' ORDER BY index_name = 'PRIMARY' DESC, index_name`,
    )
    for (const { index, pages } of found) {
      const bytes = Number(pages) * 16_384
      all += bytes
      if (bytes / events < 0.5) continue
      indexes[`${name}.${index}`] = {
        rows: Number(rows!.n),
        bytesPerRow: rounded(bytes / Number(rows!.n)),
        bytesPerEvent: rounded(bytes / events),
      }
    }
  }
  return { bytesPerEvent: rounded(all / events), indexes }
}

if (import.meta.main) await main()
