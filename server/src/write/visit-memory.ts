import type { Visit } from '../lib/event.ts'

/** An event joins a visit while the idle minutes, cut toward zero, are at most this: 30 min 59 s still joins. */
const IDLE_MINUTES = 30
/** The same in seconds: how far from a visit an event can be and still join it. */
export const REACH = IDLE_MINUTES * 60 + 59
/** Of a visitor with more visits than this the oldest are forgotten between two batches; a late event asks the store for them. */
const PER_VISITOR = 8

/**
 * The visits that new events may join, bounded. It knows what it may have forgotten: every visit active at or after
 * `completeSince` is here, so for an older event the store must be asked first (`mayMiss`, then `learn`).
 */
export interface VisitMemory {
  of(site: number, visitor: string): readonly Visit[]
  /** Remembers a visit that was opened or changed. */
  touch(visit: Visit): void
  /** Adds visits from the store; what is here already is newer and stays. */
  learn(visits: readonly Visit[]): void
  /** Whether a visit that this event would join may be missing here. */
  mayMiss(at: number): boolean
  /**
   * Forgets visits idle since before this Unix second, and the longest idle ones above the limit. Between two batches: nothing
   * is forgotten while one is folded, since what was learned for its late events would be gone before they come.
   */
  forget(idleSince: number): void
  size(): number
}

/**
 * @param completeSince Unix second from which on all visits are known, or will be once `learn` was called
 * @param limit visitors to keep; one takes about 1.5 kB
 */
export function createVisitMemory(completeSince: number, limit = 100_000): VisitMemory {
  /** In order of last use: the first ones are the idle ones. */
  const visitors = new Map<string, Visit[]>()
  /** Those with more visits than they may keep. */
  const crowded = new Set<string>()
  const keyOf = (site: number, visitor: string) => `${site} ${visitor}`

  function put(visit: Visit, replace: boolean): void {
    const key = keyOf(visit.site, visit.visitor)
    const list = visitors.get(key) ?? []
    const index = list.findIndex((known) => known.id === visit.id)
    if (index === -1) list.push(visit)
    else if (replace) list[index] = visit
    if (list.length > PER_VISITOR) crowded.add(key)
    visitors.delete(key)
    visitors.set(key, list)
  }

  function lose(visits: readonly Visit[]): void {
    for (const visit of visits) completeSince = Math.max(completeSince, visit.active + 1)
  }

  function loseOldest(key: string): void {
    const list = visitors.get(key)!.toSorted((a, b) => b.active - a.active)
    lose(list.splice(PER_VISITOR))
    visitors.set(key, list)
  }

  return {
    of: (site, visitor) => visitors.get(keyOf(site, visitor)) ?? [],
    touch: (visit) => put(visit, true),
    learn: (visits) => visits.forEach((visit) => put(visit, false)),
    mayMiss: (at) => at - REACH < completeSince,
    forget(idleSince) {
      for (const key of crowded) loseOldest(key)
      crowded.clear()
      for (const [key, list] of visitors) {
        const idle = list.every((visit) => visit.active < idleSince)
        if (!idle && visitors.size <= limit) break
        lose(list)
        visitors.delete(key)
      }
    },
    size: () => visitors.size,
  }
}
