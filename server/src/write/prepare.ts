import type { Event } from '../lib/event.ts'
import { hash64 } from '../lib/hash.ts'
import type { Engine } from '../storage/engine.ts'
import type { RecentIds } from './recent-ids.ts'
import { REACH, type VisitMemory } from './visit-memory.ts'

/** A retry is at most this much older than what it repeats; the collector refuses older ones. */
export const RETRY_SECONDS = 48 * 3600

/**
 * Times of a retry and of what it repeats differ by what the network took for each, since both are reckoned back from their
 * arrival. So events that are a little younger than what is forgotten are looked for as well.
 */
export const JITTER_SECONDS = 300

/**
 * Gives the events that came without an id one that follows from the batch and their place in it, so that of a batch that
 * comes again the store can say what it has. Ids of one batch follow each other: a part holds them in 2 bytes each.
 */
export function nameEvents(events: readonly [position: number, event: Event][], token: string): [position: number, event: Event][] {
  const first = BigInt(hash64(token))
  return events.map(([position, event]) => [
    position,
    event.id === '0' ? { ...event, id: String(BigInt.asUintN(64, first + BigInt(position)) || 1n) } : event,
  ])
}

/**
 * The events with their positions in the segment, but those of sites that were erased since: they may have waited here for longer than an
 * erasure is repeated (sites/erase.ts), behind a store that was away or in the files of a server that was off.
 */
export async function withoutErased(
  events: readonly Event[],
  isErased: (site: number) => Promise<boolean>,
): Promise<[position: number, event: Event][]> {
  const erased = new Set<number>()
  for (const site of new Set(events.map((event) => event.site))) if (await isErased(site)) erased.add(site)
  const kept: [position: number, event: Event][] = []
  for (const [position, event] of events.entries()) if (!erased.has(event.site)) kept.push([position, event])
  return kept
}

/** Events of one site, with what is asked of the store about them. */
function bySite(events: readonly Event[]): Map<number, Event[]> {
  return Map.groupBy(events, (event) => event.site)
}

/**
 * Ids of this batch that the store has already and the memory may not know: those of late events.
 * One question a site, and none for a batch that is not late. Answers `SITE ID` texts.
 * @param lookBack how many seconds earlier than these the event may be that had the id first
 */
export async function idsInStore(
  events: readonly Event[],
  recent: RecentIds,
  engine: Pick<Engine, 'knownIds'>,
  lookBack = RETRY_SECONDS,
): Promise<Set<string>> {
  const complete = recent.completeSince() + JITTER_SECONDS
  const late = events.filter((event) => event.id !== '0' && event.at < complete && !recent.has(event.site, event.id))
  const known = new Set<string>()
  for (const [site, group] of bySite(late)) {
    const since = Math.max(0, group.reduce((least, event) => Math.min(least, event.at), Infinity) - lookBack)
    for (const id of await engine.knownIds(site, [...new Set(group.map((event) => event.id))], since)) known.add(idKey(site, id))
  }
  return known
}

export const idKey = (site: number, id: string): string => `${site} ${id}`

/** Fetches visits that events of this batch may join and the memory may have forgotten. One question a site. */
export async function recallVisits(events: readonly Event[], memory: VisitMemory, engine: Pick<Engine, 'visits'>): Promise<void> {
  for (const [site, group] of bySite(events.filter((event) => memory.mayMiss(event.at)))) {
    const visitors = new Set<string>()
    let from = Infinity
    let to = -Infinity
    for (const event of group) {
      visitors.add(event.visitor)
      if (event.visitorBefore !== undefined) visitors.add(event.visitorBefore)
      if (event.anonymous !== undefined) visitors.add(event.anonymous)
      from = Math.min(from, event.at - REACH)
      to = Math.max(to, event.at + REACH)
    }
    memory.learn(await engine.visits({ site, visitors: [...visitors], from, to }))
  }
}
