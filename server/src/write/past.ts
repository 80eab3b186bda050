import type { Turn } from '../storage/engine.ts'
import { JITTER_SECONDS, RETRY_SECONDS } from './prepare.ts'
import { createRecentIds, type RecentIds } from './recent-ids.ts'
import { createVisitMemory, type VisitMemory } from './visit-memory.ts'

/** What a writer remembers of events that are stored already. */
export interface Past {
  memory: VisitMemory
  recent: RecentIds
}

/** Visits idle for longer are asked of the store when a late event needs them. */
export const REMEMBER_SECONDS = 3600
/** Ids read at start: 150 ms of it. Older ones are asked of the store. */
const WARM_IDS = 200_000

/**
 * Reads the recent past, once after a start. Not needed for exactness: what is not remembered is asked of the store.
 * @param now Unix seconds
 * @param visitors to remember
 */
export async function recollect(turn: Pick<Turn, 'visits' | 'recentIds'>, now: number, visitors: number): Promise<Past> {
  const memory = createVisitMemory(now - REMEMBER_SECONDS, visitors)
  memory.learn(await turn.visits({ activeSince: now - REMEMBER_SECONDS }))
  const ids = await turn.recentIds(now - RETRY_SECONDS, WARM_IDS)
  const recent = createRecentIds(ids.length < WARM_IDS ? now - RETRY_SECONDS : ids.at(-1)!.at + 1)
  for (const { site, id, at } of ids.toReversed()) recent.add(site, id, at)
  return { memory, recent }
}

/**
 * Nothing is remembered, so that the store is asked about every event: until nobody else has written for as long as a visit stays
 * open (visits) and for five minutes (ids), since from then on this writer has seen what it needs.
 * @param now Unix seconds; the clocks of other processes may be a few minutes ahead
 */
export function unknownPast(now: number, visitors: number): Past {
  return { memory: createVisitMemory(now + JITTER_SECONDS, visitors), recent: createRecentIds(now + JITTER_SECONDS) }
}

/** Another writer had a turn: visits may have changed, and there may be more ids; those that are known stay known. */
export function overtaken({ recent }: Past, now: number, visitors: number): Past {
  recent.missBefore(now + JITTER_SECONDS)
  return { memory: unknownPast(now, visitors).memory, recent }
}
