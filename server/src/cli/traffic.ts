import { AppError } from '../errors.ts'
import { findOrCreateGoal } from '../sites/goals.ts'
import { addSite, findSite } from '../sites/store.ts'
import { CommandError, wholeNumber, type Command, type Context, type Given } from './command.ts'
import { URL_OPTION, runningServer, withTemporaryKey } from './server.ts'

export const HISTORY_OPTIONS = {
  days: { value: 'N', meaning: 'Days of history (default 90)' },
  events: { value: 'N', meaning: 'Events over all sites (default 1500 a day)' },
}

export const seed: Command = {
  summary: 'Fills the sample sites with a history, through the running server',
  takes: [],
  options: { ...HISTORY_OPTIONS, ...URL_OPTION },
  async run(context, given) {
    const history = readHistory(given)
    const baseUrl = await runningServer(context, given)
    await makeDemoSites(context)
    await seedSites(context, baseUrl, history)
  },
}

export const simulate: Command = {
  summary: 'Sends visits to the sample sites every second, until Ctrl-C',
  takes: [],
  options: { rate: { value: 'N', meaning: 'Visits that begin in a second (default 1)' }, ...URL_OPTION },
  async run(context, given) {
    const rate = wholeNumber(given, 'rate', 1, 10_000)
    const baseUrl = await runningServer(context, given)
    await makeDemoSites(context)
    await simulateVisits(context, baseUrl, rate)
  },
}

/** The simulator is a package of its own, which a server's image need not hold. */
async function simulator() {
  try {
    const [history, live] = await Promise.all([import('@footfall/simulator/seed.ts'), import('@footfall/simulator/simulate.ts')])
    return { ...history, ...live }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new CommandError('The simulator is not part of this installation. Use a full checkout of Footfall.')
  }
}

/** Makes what is missing of the sample sites and their goals. */
export async function makeDemoSites({ note, withDatabase }: Context): Promise<void> {
  const { DEMO_SITES } = await simulator()
  await withDatabase(async (database) => {
    for (const { domain, timezone, tracker, goals } of DEMO_SITES) {
      const site =
        (await findSite(database, domain)) ??
        (await addSite({ database }, { domain, timezone, ...(tracker && { tracker }) }).catch(async (error: unknown) => {
          // Somebody else was faster.
          if (error instanceof AppError && error.code === 'conflict') return (await findSite(database, domain))!
          throw error
        }))
      for (const goal of goals) await findOrCreateGoal(database, site.id, goal)
    }
  })
  note(`Sample sites: ${DEMO_SITES.map((site) => site.domain).join(', ')}.`)
}

export interface History {
  days?: number
  events?: number
}

export function readHistory(given: Given): History {
  const days = wholeNumber(given, 'days', 1, 3660)
  const events = wholeNumber(given, 'events', 1, 1_000_000_000)
  return { ...(days !== undefined && { days }), ...(events !== undefined && { events }) }
}

/** Imports the history of the sample sites. */
export async function seedSites(context: Context, baseUrl: string, history: History): Promise<void> {
  const { note, signal } = context
  const result = await withTemporaryKey(context, 'sample data', ['import'], async (key) =>
    (await simulator()).seed({ baseUrl, key, now: Date.now(), log: note, signal, ...history }),
  )
  note(`${result.accepted} events in ${result.seconds.toFixed(1)} s (${result.duplicates} were there already).`)
  if (result.rejected > 0) throw new CommandError(`${result.rejected} lines of the sample data were rejected.`)
}

/** Sends visits until the signal is aborted. */
export async function simulateVisits({ config, note, signal }: Context, baseUrl: string, ratePerSecond?: number): Promise<void> {
  const live = await simulator()
  await live.simulate({ baseUrl, eventPath: config.eventPath, signal, log: note, ...(ratePerSecond && { ratePerSecond }) })
}
