import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Clock, FunnelDirectory, ShareDirectory, SiteDirectory } from '../seams.ts'
import { lookupDomain } from './domain.ts'
import { listFunnels } from './funnels.ts'
import { listGoals } from './goals.ts'
import { listSegments } from './segments.ts'
import { findShare } from './shares.ts'
import { toSite } from './store.ts'

/** A site added beside a running server counts within this time. */
const REMEMBERED_MILLISECONDS = 1000
/** Senders may name any domain, known or not: beyond this many, the oldest answers go. */
const ANSWERS_KEPT = 10_000

/** The directory, and what those who change sites tell it. */
export interface Directory extends SiteDirectory, FunnelDirectory, ShareDirectory {
  /** Something changed in this process: answer afresh from now on. */
  clear(): void
}

/** Sites, goals, segments and funnels from the database, each remembered for a second: an event costs no query. */
export function createSiteDirectory({ database, clock }: { database: Kysely<Database>; clock: Clock }): Directory {
  const sites = remembered(clock, async (name: string) => {
    // A number is an id: no domain is one, since `cleanDomain` reads a number as an address.
    const [column, value] = /^[1-9]\d{0,8}$/.test(name) ? (['id', Number(name)] as const) : (['domain', name] as const)
    const [row] = await database
      .selectFrom('sites')
      .selectAll()
      .where(column, '=', value)
      .unionAll((other) =>
        other.selectFrom('sites').innerJoin('site_aliases', 'site_id', 'id').selectAll('sites').where('alias', '=', name),
      )
      .execute()
    return row && toSite(row)
  })
  const goals = remembered(clock, (site: number) => listGoals(database, site))
  const segments = remembered(clock, (site: number) => listSegments(database, site))
  const funnels = remembered(clock, (site: number) => listFunnels(database, site))
  const find = (domain: string) => sites.get(lookupDomain(domain))
  const shares = remembered(clock, (name: string) => findShare(database, { find, segments: segments.get }, name))
  return {
    find,
    goals: goals.get,
    segments: segments.get,
    funnels: funnels.get,
    share: shares.get,
    clear() {
      for (const answers of [sites, goals, segments, funnels, shares]) answers.clear()
    },
  }
}

/** Answers of `load`, good for a second; questions that come while it runs share its answer, a failure is not kept. */
function remembered<Key, Value>(clock: Clock, load: (key: Key) => Promise<Value>) {
  const answers = new Map<Key, { until: number; value: Promise<Value> }>()
  return {
    get(key: Key): Promise<Value> {
      const now = clock()
      const seen = answers.get(key)
      if (seen && seen.until > now) return seen.value
      const value = load(key)
      answers.delete(key)
      answers.set(key, { until: now + REMEMBERED_MILLISECONDS, value })
      if (answers.size > ANSWERS_KEPT) answers.delete(answers.keys().next().value!)
      value.catch(() => answers.get(key)?.value === value && answers.delete(key))
      return value
    },
    clear: () => answers.clear(),
  }
}
