import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CommandError, type Command, type Context } from './command.ts'
import { localUrl, unreachable } from './server.ts'
import { HISTORY_OPTIONS, makeDemoSites, readHistory, seedSites, simulateVisits } from './traffic.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const READY_SECONDS = 60
const SEEDED = 'demo_seeded'

export const demo: Command = {
  summary: 'Runs the server with sample sites, their history, and new visits every second',
  takes: [],
  options: HISTORY_OPTIONS,
  async run(context, given) {
    const { config, note, signal, withDatabase } = context
    const history = readHistory(given)
    const url = localUrl(config)
    if ((await unreachable(url, signal)) === null) {
      throw new CommandError(`A server answers at ${url} already. Stop it, or use footfall seed and footfall simulate with it.`)
    }
    const server = startServer(context)
    try {
      await ready(server, url, signal)
      await makeDemoSites(context)
      // The history ends where it was made: seeding at every start would put a second one over the first.
      const seeded = () =>
        withDatabase((database) => database.selectFrom('settings').where('name', '=', SEEDED).select('value').executeTakeFirst())
      if (await seeded()) note('The sample history is there already.')
      else {
        await seedSites(context, url, history)
        await withDatabase((database) =>
          database.insertInto('settings').values({ name: SEEDED, value: new Date().toISOString() }).execute(),
        )
      }
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
