import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A server for tests: somebody's (`TEST_…_URL`), or a private one that ends with `stop`. */
export interface TestServer {
  url: string
  stop(): Promise<void>
}

/** A private one, which a test may also take down and bring back on the same port and data. */
export interface PrivateServer extends TestServer {
  /** As in a power cut, or orderly. */
  kill(signal: NodeJS.Signals): Promise<void>
  restart(): Promise<void>
  /** It keeps its connections and answers nothing, until `resume`. */
  pause(): void
  resume(): void
}

/** Debian keeps server programs where the PATH of a user does not look. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/bin', '/opt/homebrew/bin']

/** Path of the first of these programs that is installed. */
export function program(...names: string[]): string | undefined {
  return names.flatMap((name) => FOLDERS.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/** A free port of 127.0.0.1. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/**
 * Starts a server program on a folder and a port of its own.
 *
 * @param prepare makes the folder ready; runs once
 * @param command the program and its arguments
 * @param ready throws until the server answers
 * @throws with the last lines of its log where it ends instead
 */
export async function startPrivate(server: {
  name: string
  url: (port: number) => string
  prepare?: (directory: string) => Promise<void>
  command: (directory: string, port: number) => [string, ...string[]]
  ready: (url: string) => Promise<unknown>
}): Promise<PrivateServer> {
  const directory = await mkdtemp(join(tmpdir(), `footfall-${server.name}-`))
  const port = await freePort()
  const url = server.url(port)
  await server.prepare?.(directory)
  let child: ChildProcess
  const end = () => child?.kill('SIGKILL')

  const launch = async () => {
    const [path, ...args] = server.command(directory, port)
    const log: string[] = []
    child = spawn(path, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => void (log.length < 500 && log.push(chunk.toString())))
    for (let tries = 0; ; tries++) {
      try {
        return await server.ready(url)
      } catch (error) {
        if (child.exitCode !== null || tries > 900) throw new Error(`${path} did not start: ${log.join('').slice(-2000)}`, { cause: error })
        await pause(100)
      }
    }
  }
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  // A test that fails before its end must not leave a server behind.
  process.once('exit', end)
  await launch()
  return {
    url,
    kill,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    restart: async () => {
      await kill('SIGTERM')
      await launch()
    },
    async stop() {
      process.off('exit', end)
      await kill('SIGKILL')
      await rm(directory, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
