import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { Cache } from '../server/src/cache/cache.ts'
import { loadConfig } from '../server/src/config.ts'
import { createLogger } from '../server/src/log.ts'
import { type Running, start } from '../server/src/main.ts'
import { connect, select } from '../server/src/storage/clickhouse/client.ts'
import type { Engine } from '../server/src/storage/engine.ts'
import { freshMysqlDatabase, startPrivateMariaDb } from '../server/test/servers/mysql.ts'
import { handWritten } from './dashboard-sql.ts'
import { storeHistory } from './history.ts'
import { type Report, reportsOf } from './reports.ts'
import { SCREEN, median, rounded } from './screen.ts'

const { days, now, site, profile } = SCREEN
const ROUNDS = 5
const ADMIN = { adminEmail: 'bench@example.com', adminPassword: 'correct horse battery' }
const RANGE: [string, string] = ['2025-12-04', '2025-12-31']
const DAY: [string, string] = ['2025-12-16', '2025-12-16']
/** Reports that have a statement of the same rows in dashboard-sql.ts, and the name of it there. */
const BY_HAND: Record<string, string> = {
  'aggregate, with the period before': 'totals',
  'series by day': 'series',
  'by source': 'sources',
  'by event:page': 'pages',
  'by country': 'locations',
  'by browser': 'devices',
}

/**
 * Every report of the API, through the routes of a whole server but not through a socket, and past the cache of answers: medians of
 * milliseconds and of CPU. Embedded, the CPU is all that a question costs; with `mysql` it is what the server uses beside its MariaDB.
 * One JSON object. `npm run bench -- query [EVENTS] [mysql]`, default 200,000 over 90 days; the reports ask about four weeks.
 */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  const events = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 200_000)
  const engines = args.includes('mysql') ? ['embedded', 'mysql'] : ['embedded']
  const results = []
  for (const engine of engines) results.push({ engine, ...(await (engine === 'mysql' ? onMysql(events) : onDisk(events, {}, true))) })
  const machine = { cores: cpus().length, load: rounded(loadavg()[0]!) }
  process.stdout.write(`${JSON.stringify({ bench: 'query', node: process.version, machine, days, range: RANGE, results }, null, 2)}\n`)
}

async function onMysql(events: number) {
  const server = await startPrivateMariaDb('--innodb-buffer-pool-size=1G')
  const { url, stop } = await freshMysqlDatabase(server.url)
  try {
    return await onDisk(events, { DATABASE_URL: url }, false)
  } finally {
    await stop()
    await server.stop()
  }
}

/** A server of its own with the history in it. @param byHand whether the store takes the statements of dashboard-sql.ts */
async function onDisk(events: number, settings: Record<string, string>, byHand: boolean) {
  const directory = await mkdtemp(join(tmpdir(), 'footfall-bench-'))
  const config = { ...loadConfig({ DATA_DIR: directory, LOG_LEVEL: 'silent', ...settings }, directory), keyLimit: 0, ...ADMIN }
  let store: Engine | undefined
  const running = await start(config, {
    clock: () => now,
    log: createLogger('silent'),
    between: { engine: (real) => (store = real), cache: forgetful },
  })
  try {
    const call = await caller(running)
    await call({ url: ROUTES.sites, body: { domain: profile.domain, timezone: profile.timezone } })
    for (const goal of profile.goals) await call({ url: ROUTES.goals, method: 'PUT', body: { site_id: profile.domain, ...goal } })
    const stored = await storeHistory(store!, { site, profile, days, events, now })
    // As the job does every five minutes: days that are over are read from their sums.
    await store!.rollups?.roll([{ id: site, timezone: profile.timezone }], { now: now / 1000 })
    process.stderr.write(`${stored} events stored\n`)
    const hand = byHand ? await statements(join(directory, 'events')) : null
    const reports = []
    for (const [name, report] of Object.entries(reportsOf({ domain: profile.domain, range: RANGE, day: DAY }))) {
      reports.push({ name, ...(await measure(name, () => call(report), hand)) })
      process.stderr.write(`${name}: ${reports.at(-1)!.milliseconds} ms\n`)
    }
    await hand?.close()
    return { events: stored, reports }
  } finally {
    await running.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** A cache may forget at any time; this one does at once, so that every question is answered by the store. */
const forgetful = (real: Cache): Cache => ({ ...real, get: () => Promise.resolve(undefined) })

/** Calls the API as the dashboard does, since a few reports are its alone. @throws where the answer is an error, which would be measured as a fast one */
async function caller(running: Running) {
  let cookie = ''
  const call = async ({ url, body, method = body ? 'POST' : 'GET' }: Report & { method?: 'GET' | 'POST' | 'PUT' }) => {
    const headers = { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) }
    const response = await running.app.inject({ method, url, headers, ...(body && { payload: body }) })
    if (response.statusCode >= 300) throw new Error(`${url} ${JSON.stringify(body)}: ${response.statusCode} ${response.body}`)
    if (response.cookies.length > 0) cookie = response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    return response.body
  }
  await call({ url: ROUTES.session, body: { email: ADMIN.adminEmail, password: ADMIN.adminPassword } })
  return call
}

/** The statements of dashboard-sql.ts over the store that the server has open: in one process ClickHouse allows that. */
async function statements(path: string) {
  const client = await connect({ path })
  const second = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime(profile.timezone).epochMilliseconds / 1000
  const all = handWritten(site, { from: second(RANGE[0]), to: second('2026-01-01') - 1, timezone: profile.timezone })
  return {
    async run(name: string) {
      const rows = []
      for (const sql of all[name]!) rows.push(await select<Record<string, unknown>>(client, sql))
      return rows[0]!
    },
    close: () => client.close(),
  }
}

/** Our way and, where there is one, the one by hand, in turns; both must count the same visitors. */
async function measure(name: string, ask: () => Promise<string>, hand: Awaited<ReturnType<typeof statements>> | null) {
  const statement = BY_HAND[name]
  if (!hand || statement === undefined) {
    const ours = await race({ ask })
    return { ...ours.ask, bytes: (await ask()).length }
  }
  const { results } = JSON.parse(await ask()) as { results: { metrics: number[] }[] }
  const theirs = await hand.run(statement)
  assert.deepEqual(
    results.map(({ metrics }) => metrics[0]).filter((visitors) => visitors !== 0),
    theirs.map((row) => Number(row['visitors'])),
    `${name}: both ways must count the same visitors`,
  )
  const { ask: ours, byHand } = await race({ ask, byHand: () => hand.run(statement) })
  return { ...ours, byHand, ratio: rounded(ours.cpu / byHand.cpu) }
}

/** Some ways in turns: medians in milliseconds, of the clock and of CPU. */
async function race<Name extends string>(ways: Record<Name, () => Promise<unknown>>) {
  const seen = Object.keys(ways).map((name) => ({ name: name as Name, times: [] as number[], cpu: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, times, cpu } of seen) {
      const [used, began] = [process.cpuUsage(), performance.now()]
      await ways[name]()
      times.push(performance.now() - began)
      const { user, system } = process.cpuUsage(used)
      cpu.push((user + system) / 1000)
    }
  }
  return Object.fromEntries(
    seen.map(({ name, times, cpu }) => [name, { milliseconds: rounded(median(times)), cpu: rounded(median(cpu)) }]),
  ) as Record<Name, { milliseconds: number; cpu: number }>
}

if (import.meta.main) await main()
