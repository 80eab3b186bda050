import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CommandError, type Command, type Context } from './command.ts'
import { URL_OPTION, localUrl, runningServer, unreachable } from './server.ts'
import { HISTORY_OPTIONS, type History, makeDemoSites, readHistory, seedSites, simulateVisits } from './traffic.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const READY_SECONDS = 60
const SEEDED = 'demo_seeded'

export const demo: Command = {
  summary: 'Runs the server with sample sites, their history, and new visits every second',
  takes: [],
  options: { ...HISTORY_OPTIONS, url: { ...URL_OPTION.url, meaning: 'Use a server that runs, instead of starting one' } },
  async run(context, given) {
    const { config, note, signal } = context
    const history = readHistory(given)
    if (given.text('url') !== undefined) {
      const url = await runningServer(context, given)
      await seedOnce(context, url, history)
      return simulateVisits({ ...context, note: () => {} }, url)
    }
    const url = localUrl(config)
    if ((await unreachable(url, signal)) === null) {
      throw new CommandError(`A server answers at ${url} already. Stop it, or let the demo use it: --url ${url}.`)
    }
    const server = startServer(context)
    try {
      await ready(server, url, signal)
      await seedOnce(context, url, history)
      note(`Open ${config.baseUrl}. Ctrl-C ends the demo.`)
      await Promise.race([simulateVisits({ ...context, note: () => {} }, url), stopped(server)])
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      server.kill('SIGTERM')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
    }
  },
}

/** The history ends where it was made: seeding at every start would put a second one over the first. */
async function seedOnce(context: Context, url: string, history: History): Promise<void> {
  const { note, withDatabase } = context
  await makeDemoSites(context)
  const seeded = await withDatabase((database) =>
    database.selectFrom('settings').where('name', '=', SEEDED).select('value').executeTakeFirst(),
  )
  if (seeded) return note('The sample history is there already.')
  await seedSites(context, url, history)
  await withDatabase((database) => database.insertInto('settings').values({ name: SEEDED, value: new Date().toISOString() }).execute())
}

/** The visits come through this machine, as through a proxy, each from the address of its visitor. */
function startServer({ config, environment }: Context): ChildProcess {
  const proxies = [...config.trustedProxies, '127.0.0.0/8', '::1']
  const env = { ...environment, TRUSTED_PROXIES: proxies.join(','), ADDRESS_LIMIT: '0' }
  return spawn(process.execPath, [MAIN], { stdio: ['ignore', 'inherit', 'inherit'], env })
}

/** Resolves never in peace: the server of a demo is not expected to end by itself. */
async function stopped(server: ChildProcess): Promise<never> {
  const [code] = server.exitCode === null ? ((await once(server, 'exit')) as [number | null]) : [server.exitCode]
  throw new CommandError(`The server ended with code ${code ?? 'none'}; what it said stands above.`)
}

async function ready(server: ChildProcess, url: string, signal: AbortSignal): Promise<void> {
  const answering = async () => {
    for (let tries = 0; tries < READY_SECONDS * 4; tries++) {
      if ((await unreachable(url, signal)) === null) return
      await pause(250, undefined, { signal })
    }
    throw new CommandError(`The server did not answer at ${url} within ${READY_SECONDS} seconds.`)
  }
  await Promise.race([answering(), stopped(server)])
}
