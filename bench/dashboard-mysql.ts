import assert from 'node:assert/strict'
import { cpus, loadavg } from 'node:os'
import { dateOf, dayNumber } from '../server/src/lib/zone.ts'
import { answerQuery } from '../server/src/query/answer.ts'
import type { Query } from '../server/src/query/query.ts'
import { type MySqlClient, command, connect, select } from '../server/src/storage/mysql/client.ts'
import { createMySqlEngine } from '../server/src/storage/mysql/engine.ts'
import { runQuestion } from '../server/src/storage/mysql/query.ts'
import { freshMysqlDatabase, startPrivateMariaDb } from '../server/test/servers/mysql.ts'
import { storeHistory } from './history.ts'
import { SCREEN, median, rounded, screenQueries } from './screen.ts'

const ROUNDS = 9
const PERIODS = ['28d', '91d']
const TABLES = ['events', 'visits', 'event_rollups', 'visit_rollups']

/** Days without sums, in the order in which they are tried; `day` is the last of every period. */
const OPEN: { shown: string; prepare: (client: MySqlClient, day: number) => Promise<unknown> }[] = [
  {
    shown: 'oneDayChanged',
    prepare: ({ pool }, day) =>
      command(pool, 'INSERT INTO rollup_changes (site, slot, changes, since, never) VALUES (?, ?, 1, 0, 0)', [SCREEN.site, day * 96 - 48]),
  },
  {
    // A period that ends with today differs from one that ends with yesterday in this alone.
    shown: 'withToday',
    prepare: async ({ pool }, day) => {
      await command(pool, 'DELETE FROM rollup_changes WHERE site = ?', [SCREEN.site])
      await command(pool, 'DELETE FROM rollup_days WHERE site = ? AND day = ?', [SCREEN.site, day])
    },
  },
]

/**
 * The first screen with every tab of its lists over a simulated history of 90 days in a MariaDB of its own: from rows, from sums of days,
 * with one day that changed since it was summed up, and with a last day that has no sums, as today has none. All answers are compared. One JSON object.
 * `npm run bench -- dashboard-mysql [EVENTS] [COPIES]`, default 1,000,000; copies of the events under other visitors are added
 * inside the server, since simulating ten millions takes longer than storing them.
 */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  const events = Number(args[0] ?? 1_000_000)
  const copies = Number(args[1] ?? 1)
  const server = await startPrivateMariaDb('--innodb-buffer-pool-size=3G', '--innodb-log-file-size=1G')
  const database = await freshMysqlDatabase(server.url)
  const client = await connect(database.url)
  const engine = createMySqlEngine({ client })
  try {
    await engine.migrate()
    const told = (text: string) => process.stderr.write(`${text}\n`)
    const history = { site: SCREEN.site, profile: SCREEN.profile, days: SCREEN.days, events, now: SCREEN.now }
    const stored = await storeHistory(engine, history)
    for (let copy = 1; copy < copies; copy++) await copyHistory(client, copy, copies)
    told(`${stored * copies} events stored`)
    const screens = new Map(PERIODS.map((period) => [period, screenQueries(period)]))
    const rows = new Map<string, Awaited<ReturnType<typeof measure>>>()
    for (const [period, queries] of screens) rows.set(period, await measure(client, queries, { rows: true, rounds: 1 }))
    told('asked from rows')
    const began = performance.now()
    const site = { id: SCREEN.site, timezone: SCREEN.profile.timezone }
    const { rolled } = await engine.rollups!.roll([site], { now: SCREEN.now / 1000 })
    const rollSeconds = rounded((performance.now() - began) / 1000)
    told('summed up')
    const results = []
    for (const [period, queries] of screens) {
      const sums = await measure(client, queries, { rounds: ROUNDS })
      assert.deepEqual(sums.answers, rows.get(period)!.answers, `${period}: sums must answer as rows do`)
      results.push({ period, rows: rows.get(period)!.shown, sums: sums.shown })
    }
    const day = dayNumber(dateOf(SCREEN.now / 1000, SCREEN.profile.timezone)) - 1
    for (const { shown, prepare } of OPEN) {
      await prepare(client, day)
      for (const result of results) {
        const mixed = await measure(client, screens.get(result.period)!, { rounds: 3 })
        assert.deepEqual(mixed.answers, rows.get(result.period)!.answers, `${result.period}: sums and rows must answer as rows do`)
        Object.assign(result, { [shown]: mixed.shown })
      }
    }
    const machine = { cores: cpus().length, load: rounded(loadavg()[0]!) }
    const about = { bench: 'dashboard-mysql', node: process.version, machine, days: SCREEN.days, events: stored * copies }
    const roll = { days: rolled, seconds: rollSeconds }
    process.stdout.write(`${JSON.stringify({ ...about, roll, bytes: await sizes(client), results }, null, 2)}\n`)
  } finally {
    await engine.close()
    await database.stop()
    await server.stop()
  }
}

/** The same events of other visitors and visits. */
async function copyHistory({ pool }: MySqlClient, copy: number, copies: number): Promise<void> {
  for (const [table, named] of [
    ['events', { batch: `batch + ${copy} * 100000`, id: 'NULL', visitor: `visitor ^ ${copy}`, visit: `visit ^ ${copy}` }],
    ['visits', { batch: `batch + ${copy} * 100000`, id: `id ^ ${copy}`, visitor: `visitor ^ ${copy}` }],
  ] as const) {
    const columns = await select<{ name: string }>(
      pool,
      'SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION',
      [table],
    )
    const names = columns.map(({ name }) => name)
    const values = names.map((name) => (named as Record<string, string>)[name] ?? name)
    await command(pool, `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${table} WHERE batch < 100000`)
  }
  process.stderr.write(`copy ${copy + 1} of ${copies}\n`)
}

/** Asks one after the other, then all at once as the dashboard does; milliseconds. */
async function measure(client: MySqlClient, queries: Record<string, Query>, { rounds, rows = false }: { rounds: number; rows?: boolean }) {
  const ask = (query: Query) => answerQuery(query, (question) => runQuestion(client, question, { rows }))
  const answers: Record<string, unknown> = {}
  const panels: Record<string, number> = {}
  for (const [name, query] of Object.entries(queries)) {
    const times = []
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      answers[name] = (await ask(query)).results
      times.push(performance.now() - began)
    }
    panels[name] = rounded(median(times))
  }
  const whole = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    await Promise.all(Object.values(queries).map(ask))
    whole.push(performance.now() - began)
  }
  return { answers, shown: { screen: rounded(median(whole)), panels } }
}

async function sizes({ pool }: MySqlClient): Promise<Record<string, { rows: number; bytes: number }>> {
  await command(pool, `ANALYZE TABLE ${TABLES.join(', ')}`)
  const found = await select<{ name: string; rows: string; bytes: string }>(
    pool,
    `SELECT TABLE_NAME AS name, TABLE_ROWS AS \`rows\`, DATA_LENGTH + INDEX_LENGTH AS bytes FROM information_schema.TABLES
      WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (${TABLES.map((name) => `'${name}'`).join(', ')})`,
  )
  return Object.fromEntries(found.map(({ name, rows, bytes }) => [name, { rows: Number(rows), bytes: Number(bytes) }]))
}

if (import.meta.main) await main()
