import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { NODE } from '../scripts/paths.mjs'

/** A server that is measured, in a process of its own. */
export interface Subject {
  name: string
  port: number
  child: ChildProcess
}

/** Puts a process with all its threads on one core; where `taskset` is missing, it stays where it is. */
export function pin(pid: number, core: number): void {
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], { stdio: 'ignore' })
}

/** The n-th event as bytes of HTTP: 20,000 visitors over 50 pages, each event with an id, as the tracker sends them. */
export function pageview(n: number): string {
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

/**
 * Starts the server of a checkout with the site `bench.example`, and waits until it is ready.
 * @param directory its DATA_DIR
 */
export async function footfall(root: string, directory: string, settings: Record<string, string> = {}): Promise<Subject> {
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

/** CPU seconds that a process has used so far, all its threads, user and system. */
export function cpuSeconds(pid: number): number {
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
