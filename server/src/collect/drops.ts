import { DROP_REASONS, type DropReason } from '@footfall/contract/names.ts'
import type { Kysely } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import type { Log } from '../lib/app.ts'
import type { Metrics } from '../metrics.ts'
import type { Clock, DropReport, Drops } from '../seams.ts'
import { siteDay, SLOT } from './site-day.ts'

interface Tally {
  site: number
  /** Quarter of an hour since 1970: no midnight lies inside one, and the day of the site is looked up when it is written. */
  slot: number
  reason: DropReason
  events: number
}

export interface DropCounter extends Drops, DropReport {
  /** Writes what was counted so far. */
  flush(): Promise<void>
  /** Ends the timer and writes the rest. */
  stop(): Promise<void>
}

/**
 * Counts refusals in memory and adds them to the table `drops` every few seconds: a flood of bots costs no write per event.
 * What was not written when the process is killed is missing; these are figures for people, no events.
 */
export function createDrops(parts: {
  database: Kysely<Database>
  clock: Clock
  metrics: Metrics
  log: Log
  /** Time zone of a site: its days are what is counted by. UTC where there is no such site. */
  timezone: (site: number) => Promise<string>
  everyMs?: number
}): DropCounter {
  const { database, clock, metrics, log, timezone } = parts
  let tallies = new Map<string, Tally>()
  let writing = Promise.resolve()

  function add(tally: Tally): void {
    const key = `${tally.site},${tally.slot},${tally.reason}`
    const found = tallies.get(key)
    if (found) found.events += tally.events
    else tallies.set(key, tally)
  }

  async function write(): Promise<void> {
    const rows = tallies
    tallies = new Map()
    for (const tally of rows.values()) {
      try {
        await store(database, { ...tally, day: siteDay(tally.slot * SLOT, await timezone(tally.site)) })
      } catch (error) {
        add(tally)
        log.warn({ err: error, site: tally.site, reason: tally.reason }, 'dropped events could not be counted; trying again')
      }
    }
  }

  const flush = () => (writing = writing.then(write))
  const timer = setInterval(() => void flush(), parts.everyMs ?? 5_000)
  timer.unref()

  return {
    count(site, reason, events = 1) {
      metrics.eventsDropped.inc({ reason }, events)
      add({ site, slot: Math.floor(clock() / SLOT), reason, events })
    },
    flush,
    async between(site, from, to) {
      await flush()
      const rows = await database
        .selectFrom('drops')
        .select(['day', 'reason', 'events'])
        .where('site', '=', site)
        .where('day', '>=', from)
        .where('day', '<=', to)
        .orderBy('day')
        .orderBy('reason')
        .execute()
      // A reason that an older version knew is none of this one's words.
      return rows.flatMap(({ day, reason, events }) => (isReason(reason) ? [{ day, reason, events }] : []))
    },
    async firstDay(site) {
      await flush()
      const row = await database.selectFrom('drops').select('day').where('site', '=', site).orderBy('day').limit(1).executeTakeFirst()
      return row?.day ?? null
    },
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}

const isReason = (word: string): word is DropReason => Object.hasOwn(DROP_REASONS, word)

/** Update, else insert, else (another process was faster) update: the upsert that every database has. */
async function store(database: Kysely<Database>, { site, day, reason, events }: Tally & { day: string }): Promise<void> {
  const update = async () => {
    const { numUpdatedRows } = await database
      .updateTable('drops')
      .set((column) => ({ events: column('events', '+', events) }))
      .where('site', '=', site)
      .where('day', '=', day)
      .where('reason', '=', reason)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }
  if (await update()) return
  try {
    await database.insertInto('drops').values({ site, day, reason, events }).execute()
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await update()
  }
}
