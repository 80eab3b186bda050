import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import type { StoredEvent, StoredVisit } from './verdict.ts'

const SERVER = join(import.meta.dirname, '../..')

/** A server in a process of its own, from the moment it is started: it need not live to answer. */
export interface Server {
  child: ChildProcess
  /** Resolves when it answers; rejects when it ended before. */
  ready(): Promise<void>
  /** Sends a signal and waits for the end; answers the exit code, null where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
  /** The end of what it wrote: its log, and why it did not start. */
  said(): string
}

/** Longest time for a start on a machine with other things to do. */
const START_TIMEOUT = 120_000

/** @param program what to run instead of the sources */
export function spawnServer(url: string, environment: NodeJS.ProcessEnv, program = join(SERVER, 'src/main.ts')): Server {
  const child = spawn(process.execPath, [program], {
    env: environment,
    cwd: environment['DATA_DIR'],
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-10_000)))
  const gone = () => child.exitCode !== null || child.signalCode !== null
  return {
    child,
    said: () => said,
    async ready() {
      const begin = performance.now()
      while (!(await answers(url))) {
        if (gone()) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode} before it was ready: ${said}`)
        if (performance.now() - begin > START_TIMEOUT) throw new Error(`the server is not ready after ${START_TIMEOUT / 1000} s: ${said}`)
        await pause(10)
      }
    },
    async end(signal) {
      if (gone()) return child.exitCode
      const exit = once(child, 'exit')
      child.kill(signal)
      await exit
      return child.exitCode
    },
  }
}

/** Runs `footfall …`; answers what it printed on stdout. */
export function footfall(environment: NodeJS.ProcessEnv, ...args: string[]): { code: number | null; out: string; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(SERVER, 'bin/footfall.mjs'), ...args], {
    env: environment,
    cwd: environment['DATA_DIR'],
    encoding: 'utf8',
  })
  return { code: status, out: stdout.trim(), said: stderr.trim() }
}

/** Everything stored. No server is running. */
export async function readStore(environment: NodeJS.ProcessEnv): Promise<{ events: StoredEvent[]; visits: StoredVisit[] }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'read-store.ts')], {
    env: environment,
    cwd: environment['DATA_DIR'],
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const printed = await text(child.stdout)
  await exit
  if (child.exitCode !== 0) throw new Error(`the store cannot be read: exit code ${child.exitCode}`)
  return JSON.parse(printed) as { events: StoredEvent[]; visits: StoredVisit[] }
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    (response) => response.ok,
    () => false,
  )
}
