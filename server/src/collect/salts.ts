import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Log } from '../lib/app.ts'
import type { Clock } from '../seams.ts'
import { destroySaltsBefore, loadSalt } from './salt-store.ts'
import { dayBefore, siteDay } from './site-day.ts'

/** The two salts a site has: of its day, and of the day before, so that a visit can cross midnight. */
export interface DaySalts {
  today: string
  salt: Uint8Array
  before: string
  saltBefore: Uint8Array
}

/** The part of a site that decides its salts. `{ id: 0, timezone: 'UTC' }` stands for the installation. */
export interface SaltOwner {
  id: number
  timezone: string
}

export interface Salts {
  /** Salts for the present moment: at once where they are known, as a promise after the site's midnight or a restart. */
  now(site: SaltOwner): DaySalts | Promise<DaySalts>
  /** Wipes from memory what is past; for a timer, since a site without traffic asks for nothing. */
  sweep(): void
}

/** Keeps the salts of the day in memory. They rotate at the midnight of each site. */
export function createSalts(parts: { database: Kysely<Database>; clock: Clock; log: Log }): Salts {
  const { database, clock, log } = parts
  const known = new Map<number, DaySalts & { timezone: string }>()
  const loading = new Map<string, Promise<DaySalts>>()

  async function load({ id, timezone }: SaltOwner, today: string): Promise<DaySalts> {
    const before = dayBefore(today)
    const [salt, saltBefore] = [await loadSalt(database, id, today, clock()), await loadSalt(database, id, before, clock())]
    const salts = { today, salt, before, saltBefore, timezone }
    known.set(id, salts)
    // Not awaited: an event need not wait for the past to be erased; the hourly job makes up for a failure.
    destroySaltsBefore(database, id, today).catch((error: unknown) =>
      log.warn({ err: error, site: id }, 'old salts could not be destroyed'),
    )
    return salts
  }

  return {
    now(site) {
      const today = siteDay(clock(), site.timezone)
      const found = known.get(site.id)
      if (found?.today === today) return found
      const key = `${site.id},${today}`
      let pending = loading.get(key)
      if (!pending) {
        pending = load(site, today).finally(() => loading.delete(key))
        loading.set(key, pending)
      }
      return pending
    },
    sweep() {
      for (const [id, { today, timezone }] of known) if (siteDay(clock(), timezone) !== today) known.delete(id)
    },
  }
}
