import { spawn } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { NODE, ROOT } from '../scripts/paths.mjs'
import { freshMysqlDatabase, startPrivateMariaDb } from '../server/test/servers/mysql.ts'
import { load } from './load.ts'
import { type Subject, cpuSeconds, footfall, pageview, pin } from './server.ts'

const ROUNDS = 3
const SECONDS = 6
const CONNECTIONS = 64
const BARE = 'bare'
const MYSQL = 'mysql'

/** Milliseconds, and CPU of all threads for one request. */
interface Round {
  name: string
  perSecond: number
  p50: number
  p99: number
  cpuMicroseconds: number
  statuses: Record<string, number>
}

/**
 * Durable ingest of the whole server against a bare route, interleaved; one JSON object. Each server has the first core for all its
 * threads, the load comes from the second; where `taskset` is missing, they share. Requests are the same, and so is their sender.
 * @param args Roots of other checkouts whose servers are measured in the same run, to see what a change did; `mysql` is this checkout over
 *   a MariaDB of its own, which syncs every commit and runs where the load comes from.
 */
export async function main(args: string[] = []): Promise<void> {
  const checkouts = args.filter((arg) => arg !== MYSQL)
  const database = args.includes(MYSQL) ? await startMysql() : null
  const directory = await mkdtemp(join(tmpdir(), 'footfall-bench-'))
  const subjects: Subject[] = []
  const full: Round[] = []
  const calm: (Round & { fdatasyncP99: number })[] = []
  try {
    subjects.push(await bare())
    for (const root of [ROOT, ...checkouts]) subjects.push(await footfall(root, join(directory, String(subjects.length))))
    if (database) subjects.push({ ...(await footfall(ROOT, join(directory, MYSQL), { EVENTS_URL: database.url })), name: MYSQL })
    pin(process.pid, 1)
    for (const { child } of subjects) pin(child.pid!, 0)
    for (const subject of subjects) await run(subject, 4)
    for (let round = 0; round < ROUNDS; round++) for (const subject of subjects) full.push(await run(subject, SECONDS))
    const half = Math.round(median(full, ROOT, 'perSecond') / 2)
    for (let round = 0; round < ROUNDS; round++)
      for (const subject of subjects) calm.push({ ...(await run(subject, SECONDS, half)), fdatasyncP99: await fdatasyncP99(directory) })
  } finally {
    for (const { child } of subjects) child.kill('SIGTERM')
    await sleep(1500)
    await database?.stop()
    await rm(directory, { recursive: true, force: true })
  }
  const summary = {
    bench: 'ingest',
    node: process.version,
    connections: CONNECTIONS,
    loadOfMachine: loadavg().map(Math.round),
    subjects: subjects.map(({ name }) => ({
      name,
      perSecond: median(full, name, 'perSecond'),
      ofBare: Number((median(full, name, 'perSecond') / median(full, BARE, 'perSecond')).toFixed(3)),
      cpuMicrosecondsPerEvent: median(full, name, 'cpuMicroseconds'),
      p99: median(full, name, 'p99'),
      atHalfRate: { perSecond: median(calm, name, 'perSecond'), p99: median(calm, name, 'p99') },
    })),
    fdatasyncP99: middle(calm.map((round) => round.fdatasyncP99)),
    rounds: { full, calm },
  }
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`)
}

const median = (rounds: Round[], name: string, key: 'perSecond' | 'cpuMicroseconds' | 'p99') =>
  middle(rounds.filter((round) => round.name === name).map((round) => round[key]))

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** What the disk takes for one commit of the journal's kind, milliseconds. */
async function fdatasyncP99(directory: string): Promise<number> {
  const file = await open(join(directory, 'fdatasync'), 'w')
  const times: number[] = []
  for (let n = 0; n < 300; n++) {
    const started = performance.now()
    await file.write(Buffer.alloc(8_192, 65), 0, 8_192, n * 8_192)
    await file.datasync()
    times.push(performance.now() - started)
  }
  await file.close()
  return Number(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!.toFixed(2))
}

async function run({ name, port, child }: Subject, seconds: number, atMost?: number): Promise<Round> {
  const before = cpuSeconds(child.pid!)
  const limit = atMost === undefined ? {} : { perSecond: atMost }
  const { requests, perSecond, p50, p99, statuses } = await load({ port, connections: CONNECTIONS, seconds, request: pageview, ...limit })
  const cpuMicroseconds = Number((((cpuSeconds(child.pid!) - before) * 1e6) / requests).toFixed(1))
  return { name, perSecond, p50, p99, cpuMicroseconds, statuses }
}

async function bare(): Promise<Subject> {
  const child = spawn(NODE, [join(ROOT, 'bench/bare.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))))
  return { name: BARE, port, child }
}

/** A database for events. MariaDB as it comes: the servers of the tests sync nothing, which would not be the same promise. */
async function startMysql(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = await startPrivateMariaDb(
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=1G',
    '--innodb-log-file-size=512M',
  )
  const { url } = await freshMysqlDatabase(server.url)
  return { url, stop: () => server.stop() }
}

if (import.meta.main) await main()
