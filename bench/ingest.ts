import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { NODE, ROOT } from '../scripts/paths.mjs'
import { freshMysqlDatabase, startPrivateMariaDb } from '../server/test/servers/mysql.ts'
import { load } from './load.ts'

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

interface Subject {
  name: string
  port: number
  child: ChildProcess
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

/** Puts a process with all its threads on one core. */
function pin(pid: number, core: number): void {
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], { stdio: 'ignore' })
}

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
  const { requests, perSecond, p50, p99, statuses } = await load({ port, connections: CONNECTIONS, seconds, request, ...limit })
  const cpuMicroseconds = Number((((cpuSeconds(child.pid!) - before) * 1e6) / requests).toFixed(1))
  return { name, perSecond, p50, p99, cpuMicroseconds, statuses }
}

/** Events of 20,000 visitors over 50 pages, each with an id, as the tracker sends them. */
function request(n: number): string {
  const now = Date.now()
  const visitor = n % 20_000
  const body = JSON.stringify({
    n: 'pageview',
    u: `https://bench.example/page/${n % 50}`,
    d: 'bench.example',
    r: 'https://www.google.com/',
    id: `${now}-${n}`,
    t: now,
    s: now,
    v: 1,
  })
  return (
    `POST /api/event HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
    `User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${130 + (n % 12)}.0.0.0 Safari/537.36\r\n` +
    `X-Forwarded-For: 203.${visitor >> 16}.${(visitor >> 8) & 255}.${visitor & 255}\r\n\r\n${body}`
  )
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

async function footfall(root: string, directory: string, settings: Record<string, string> = {}): Promise<Subject> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: directory,
    LOG_LEVEL: 'warn',
    TRUSTED_PROXIES: '127.0.0.1,::1',
    ADDRESS_LIMIT: '0',
    ...settings,
  }
  const child = spawn(NODE, [join(root, 'server/src/main.ts')], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server of ${root} ended before it was ready`)
    if (
      await fetch(`http://127.0.0.1:${port}/health/ready`).then(
        (response) => response.ok,
        () => false,
      )
    )
      break
    await sleep(100)
  }
  const site = spawn(NODE, [join(root, 'server/src/cli.ts'), 'site', 'add', 'bench.example'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await new Promise((resolve) => site.once('exit', resolve))
  await sleep(1200)
  return { name: root, port, child }
}

/** CPU time a process has used so far, all its threads, user and system. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

if (import.meta.main) await main()
