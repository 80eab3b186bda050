import type { Keeping } from '@footfall/contract/keeping.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Log } from '../lib/app.ts'
import { keptFrom, nextMidnight } from '../lib/kept-from.ts'
import type { Clock } from '../seams.ts'
import type { Engine } from '../storage/engine.ts'
import { type KeptState, readKept, writeKept } from './kept-state.ts'

export interface KeepParts {
  database: Kysely<Database>
  engine: Pick<Engine, 'countOlder' | 'eraseOlder'>
  clock: Clock
  log: Log
}

interface KeepingSite {
  id: number
  timezone: string
  keep_months: number
}

/**
 * Erases, once a day after a site's midnight, what is older than the site keeps: visits with their events, sums, what was said of
 * identified visitors before and not since, and counts of refusals. For jobs: every hour, since midnights of sites are at any hour.
 * `stop` ends it between two steps and waits until it has; what is left goes at the next run.
 */
export function keepJob(parts: KeepParts): { run: () => Promise<void>; stop: () => Promise<void> } {
  const leaving = new AbortController()
  let running: Promise<void> = Promise.resolve()

  async function eraseAll(): Promise<void> {
    const { database, log } = parts
    const sites = database.selectFrom('sites').select(['id', 'timezone', 'keep_months']).where('keep_months', 'is not', null)
    for (const { keep_months, ...site } of await sites.execute()) {
      if (leaving.signal.aborted) return
      try {
        await eraseDue(parts, { ...site, keep_months: keep_months! }, leaving.signal)
      } catch (error) {
        // One site whose zone this runtime does not know is no reason to keep the data of all others.
        if (!leaving.signal.aborted)
          log.error({ err: error, site: site.id }, 'what is older than the site keeps could not be erased; trying again')
      }
    }
  }

  return {
    run: () => (running = eraseAll()),
    async stop() {
      leaving.abort()
      await running.catch(() => undefined)
    },
  }
}

async function eraseDue({ database, engine, clock, log }: KeepParts, site: KeepingSite, signal: AbortSignal): Promise<void> {
  const now = Math.floor(clock() / 1000)
  const state = await readKept(database, site.id)
  const due = nextMidnight(site.timezone, now)
  // Never before its first midnight: whoever mistyped a number has until then.
  if (state === null) return writeKept(database, site.id, { due, last: null })
  if (state.due > now) return
  const { day, second } = keptFrom(site.keep_months, site.timezone, now)
  const older = { site: site.id, timezone: site.timezone, before: second }
  const found = await engine.countOlder(older)
  // Also where nothing is left to count: a run that was cut short may have left sums.
  if (found.events + found.visits > 0 || state.last?.first_day !== day.toString()) await engine.eraseOlder(older, signal)
  await database.deleteFrom('drops').where('site', '=', site.id).where('day', '<', day.toString()).execute()
  await database.deleteFrom('traits').where('site', '=', site.id).where('changed_at', '<', second).execute()
  const last = { at: new Date(now * 1000).toISOString(), first_day: day.toString(), ...found }
  await writeKept(database, site.id, { due, last })
  if (found.events + found.visits > 0) log.info({ site: site.id, ...last }, 'erased what is older than the site keeps')
}

/** Puts the next erasure of a site off to its next midnight: nobody loses data in the hour in which they change what is kept. */
export async function postponeErasure({ database, clock }: Pick<KeepParts, 'database' | 'clock'>, site: { id: number; timezone: string }) {
  const state = await readKept(database, site.id)
  await writeKept(database, site.id, { due: nextMidnight(site.timezone, Math.floor(clock() / 1000)), last: state?.last ?? null })
}

/** What would go if the site kept so many months (null: for ever), when, and what went last. */
export async function keepingOf(
  { database, engine, clock }: Omit<KeepParts, 'log'>,
  site: { id: number; timezone: string },
  months: number | null,
): Promise<Keeping> {
  const state = await readKept(database, site.id)
  const last_run = state?.last ?? null
  if (months === null) return { months, first_day: null, events: 0, visits: 0, next_run: null, last_run }
  const now = Math.floor(clock() / 1000)
  const { day, second } = keptFrom(months, site.timezone, now)
  const found = await engine.countOlder({ site: site.id, timezone: site.timezone, before: second })
  return { months, first_day: day.toString(), ...found, next_run: nextRun(state, site.timezone, now), last_run }
}

const nextRun = (state: KeptState | null, timezone: string, now: number) =>
  new Date(1000 * (state && state.due > now ? state.due : nextMidnight(timezone, now))).toISOString()
