import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../server/test/servers/process.ts'

const ROOT = join(import.meta.dirname, '..')

/** For whatever will happen, on a machine with other things to do; milliseconds. A start takes one second, twelve were seen. */
export const PATIENCE = 60_000

export const ADMIN = { email: 'admin@example.com', password: 'correct horse battery' }

/** A Footfall in a process of its own, as an operator runs it. */
export interface Process {
  url: string
  child: ChildProcess
  /** Runs `footfall …` beside it; answers what it printed. */
  command(...args: string[]): Promise<string>
  ask(key: string, question: Record<string, unknown>): Promise<(string | number | null)[][]>
  /** Sends a signal and waits for the end; answers the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts it on a free port and waits until it is ready. The data directory survives it, so that another one can take over. */
export async function startProcess(dataDir: string, environment: Record<string, string> = {}): Promise<Process> {
  const port = environment['PORT'] ?? String(await freePort())
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    TRUSTED_PROXIES: '127.0.0.1,::1',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    ...environment,
    PORT: port,
  }
  const child = spawn(process.execPath, [join(ROOT, 'server/src/main.ts')], { env, cwd: dataDir, stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://localhost:${port}`
  const deadline = performance.now() + PATIENCE
  while (!(await ready(url))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`the server did not get ready; exit code ${child.exitCode}`)
    }
    await pause(50)
  }
  return {
    url,
    child,
    async command(...args) {
      const tool = spawn(process.execPath, [join(ROOT, 'server/bin/footfall.mjs'), ...args], {
        env,
        cwd: dataDir,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let printed = ''
      let said = ''
      tool.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
      tool.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
      const [code] = (await once(tool, 'close')) as [number | null]
      if (code !== 0) throw new Error(`footfall ${args.join(' ')} ended with ${code}: ${said}`)
      return printed.trim()
    },
    async ask(key, question) {
      const response = await fetch(`${url}/api/v2/query`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ metrics: ['visitors', 'pageviews'], date_range: 'all', ...question }),
      })
      const body = (await response.json()) as { results: { dimensions: (string | number | null)[]; metrics: (string | number | null)[] }[] }
      if (response.status !== 200) throw new Error(`the question was refused: ${JSON.stringify(body)}`)
      return body.results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      child.kill(signal)
      const [code] = (await once(child, 'exit')) as [number | null]
      return code
    },
  }
}

/** A directory that is gone after the test. */
export async function temporary(t: { after(done: () => unknown): void }): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'footfall-e2e-'))
  t.after(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }))
  return directory
}

/** Repeats a question until its answer is the expected one; answers the last and how long it took. */
export async function until<Answer>(
  milliseconds: number,
  look: () => Promise<Answer>,
  good: (answer: Answer) => boolean,
): Promise<{ answer: Answer; after: number }> {
  const begin = performance.now()
  for (;;) {
    const answer = await look()
    const after = performance.now() - begin
    if (good(answer) || after > milliseconds) return { answer, after }
    await pause(50)
  }
}

async function ready(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    (response) => response.ok,
    () => false,
  )
}
