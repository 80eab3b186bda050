import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { QueryBody } from '@footfall/contract/query.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { ROOT } from '../scripts/paths.mjs'
import { openEngine } from '../server/src/storage/open.ts'
import { freshMysqlDatabase, startPrivateMariaDb } from '../server/test/servers/mysql.ts'
import { storeHistory } from './history.ts'
import { load } from './load.ts'
import { SCREEN, median, rounded, screenQuestions } from './screen.ts'
import { type Subject, cpuSeconds, footfall, pageview, pin } from './server.ts'

const ROUNDS = 3
const SECONDS = 10
const CONNECTIONS = 64
const DASHBOARDS = 50
/** All dashboards are loaded again at the same moment, so often: two bursts a round. */
const EVERY_MILLISECONDS = 5_000
const ADMIN = { email: 'bench@example.com', password: 'correct horse battery' }
const SITE = { domain: 'bench.example', timezone: 'Etc/UTC' }

/**
 * What fifty people who look at one site cost those who visit it: ingest at full rate, with and without fifty dashboards that are loaded
 * again at the same moment every five seconds (the first screen of 28 days with today, through HTTP with a session), in turns. Dashboards
 * are those of the site that is written to, so no answer is kept for longer than a batch. The server has one core, load and database the other.
 * One JSON object. `npm run bench -- dashboards [EVENTS] [mysql]`, default 200,000 events of history.
 */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  const events = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 200_000)
  const results = [{ engine: 'embedded', ...(await measure(events, {})) }]
  if (args.includes('mysql')) {
    const server = await startPrivateMariaDb('--innodb-flush-log-at-trx-commit=1', '--innodb-buffer-pool-size=1G')
    const { url, stop } = await freshMysqlDatabase(server.url)
    try {
      results.push({ engine: 'mysql', ...(await measure(events, { EVENTS_URL: url })) })
    } finally {
      await stop()
      await server.stop()
    }
  }
  const machine = { cores: cpus().length, load: rounded(loadavg()[0]!) }
  const about = { bench: 'dashboards', node: process.version, machine, dashboards: DASHBOARDS, everyMilliseconds: EVERY_MILLISECONDS }
  process.stdout.write(`${JSON.stringify({ ...about, results }, null, 2)}\n`)
}

async function measure(events: number, settings: { EVENTS_URL?: string }) {
  const directory = await mkdtemp(join(tmpdir(), 'footfall-bench-'))
  let subject: Subject | undefined
  try {
    const stored = await fill(directory, settings.EVENTS_URL ?? null, events)
    process.stderr.write(`${stored} events stored\n`)
    subject = await footfall(ROOT, directory, { ...settings, ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password })
    pin(process.pid, 1)
    pin(subject.child.pid!, 0)
    const cookie = await signIn(subject)
    await round(subject, 3, null)
    const alone: Round[] = []
    const beside: Round[] = []
    for (let n = 0; n < ROUNDS; n++) {
      alone.push(await round(subject, SECONDS, null))
      beside.push(await round(subject, SECONDS, cookie))
      process.stderr.write(`round ${n + 1} of ${ROUNDS}: ${alone.at(-1)!.perSecond}, with dashboards ${beside.at(-1)!.perSecond}\n`)
    }
    const middle = (rounds: Round[], key: 'perSecond' | 'p50' | 'p99' | 'cpuMicroseconds') => median(rounds.map((each) => each[key]))
    const shown = (rounds: Round[]) => ({
      perSecond: middle(rounds, 'perSecond'),
      p50: middle(rounds, 'p50'),
      p99: middle(rounds, 'p99'),
      cpuMicroseconds: middle(rounds, 'cpuMicroseconds'),
    })
    const screens = beside.flatMap((each) => each.screens)
    return {
      events: stored,
      alone: shown(alone),
      beside: shown(beside),
      slower: rounded(1 - middle(beside, 'perSecond') / middle(alone, 'perSecond')),
      screens: { loaded: screens.length, median: rounded(median(screens)), slowest: rounded(Math.max(...screens)) },
      rounds: { alone, beside },
    }
  } finally {
    if (subject) await ended(subject)
    await rm(directory, { recursive: true, force: true })
  }
}

/** History up to now in the store of a server that is not started yet, its days summed up as the job would. */
async function fill(dataDir: string, eventsUrl: string | null, events: number): Promise<number> {
  const engine = await openEngine({ dataDir, eventsUrl, databaseUrl: null })
  const { site, profile } = SCREEN
  const now = Date.now()
  await engine.migrate()
  const stored = await storeHistory(engine, { site, profile, days: 28, events, now })
  await engine.rollups?.roll([{ id: site, timezone: SITE.timezone }], { now: now / 1000 })
  await engine.close()
  return stored
}

async function signIn({ port }: Subject): Promise<string> {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
  const response = await fetch(`http://127.0.0.1:${port}${ROUTES.session}`, { method: 'POST', headers, body: JSON.stringify(ADMIN) })
  if (!response.ok) throw new Error(`nobody could sign in: ${response.status} ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

type Round = Awaited<ReturnType<typeof round>>

/** Ingest for some seconds. @param cookie of the session that all dashboards have; null for none beside it */
async function round(subject: Subject, seconds: number, cookie: string | null) {
  const before = cpuSeconds(subject.child.pid!)
  const over = new AbortController()
  const dashboards = cookie === null ? [] : Array.from({ length: DASHBOARDS }, () => reload(subject, cookie, over.signal))
  const { requests, ...shown } = await load({ port: subject.port, connections: CONNECTIONS, seconds, request: pageview })
  const cpuMicroseconds = rounded(((cpuSeconds(subject.child.pid!) - before) * 1e6) / requests)
  over.abort()
  const screens = (await Promise.all(dashboards)).flat()
  return { ...shown, cpuMicroseconds, screens }
}

/** One dashboard: all of its questions at once, and again at the next moment. @returns milliseconds of each screen */
async function reload({ port }: Subject, cookie: string, over: AbortSignal): Promise<number[]> {
  const times: number[] = []
  const url = `http://127.0.0.1:${port}${ROUTES.query}`
  const ask = async (body: QueryBody) => {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    const text = await response.text()
    if (!response.ok) throw new Error(`a dashboard was refused: ${response.status} ${text}`)
  }
  while (!over.aborted) {
    const began = performance.now()
    await Promise.all(Object.values(screenQuestions('28d', { ...SITE, now: Date.now() })).map(ask))
    const taken = performance.now() - began
    times.push(taken)
    await sleep(Math.max(0, EVERY_MILLISECONDS - taken), undefined, { signal: over }).catch(() => undefined)
  }
  return times
}

async function ended({ child }: Subject): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exit
}

if (import.meta.main) await main()
