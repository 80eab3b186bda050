import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { NODE, ROOT } from '../scripts/paths.mjs'
import { load } from './load.ts'

const ROUNDS = 3
const SECONDS = 6
const CONNECTIONS = 64

interface Subject {
  name: string
  port: number
  child: ChildProcess
}

/** Durable ingest of the whole server against a bare route, interleaved; one JSON object. */
export async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'footfall-bench-'))
  const subjects = [await bare(), await footfall(directory)]
  const rounds: { name: string; perSecond: number; p50: number; p99: number; cpuMicroseconds: number; statuses: Record<string, number> }[] =
    []
  try {
    for (const subject of subjects) await run(subject, 2)
    for (let round = 0; round < ROUNDS; round++) for (const subject of subjects) rounds.push(await run(subject, SECONDS))
  } finally {
    for (const { child } of subjects) child.kill('SIGTERM')
    await sleep(1500)
    await rm(directory, { recursive: true, force: true })
  }
  const median = (name: string, key: 'perSecond' | 'cpuMicroseconds' | 'p99') => {
    const values = rounds.filter((round) => round.name === name).map((round) => round[key])
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
  }
  const summary = {
    bench: 'ingest',
    node: process.version,
    connections: CONNECTIONS,
    rateRatio: Number((median('footfall', 'perSecond') / median('bare', 'perSecond')).toFixed(3)),
    cpuMicrosecondsPerEvent: { bare: median('bare', 'cpuMicroseconds'), footfall: median('footfall', 'cpuMicroseconds') },
    perSecond: { bare: median('bare', 'perSecond'), footfall: median('footfall', 'perSecond') },
    p99: { bare: median('bare', 'p99'), footfall: median('footfall', 'p99') },
    rounds,
  }
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`)
}

async function run({ name, port, child }: Subject, seconds: number) {
  const before = cpuSeconds(child.pid!)
  const { requests, perSecond, p50, p99, statuses } = await load({ port, connections: CONNECTIONS, seconds, request })
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
  return { name: 'bare', port, child }
}

async function footfall(directory: string): Promise<Subject> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: directory,
    LOG_LEVEL: 'warn',
    TRUSTED_PROXIES: '127.0.0.1,::1',
    ADDRESS_LIMIT: '0',
  }
  const child = spawn(NODE, [join(ROOT, 'server/src/main.ts')], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  for (;;) {
    if (
      await fetch(`http://127.0.0.1:${port}/health/ready`).then(
        (response) => response.ok,
        () => false,
      )
    )
      break
    await sleep(100)
  }
  const site = spawn(NODE, [join(ROOT, 'server/src/cli.ts'), 'site', 'add', 'bench.example'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await new Promise((resolve) => site.once('exit', resolve))
  await sleep(1200)
  return { name: 'footfall', port, child }
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
