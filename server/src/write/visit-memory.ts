import type { Visit } from '../lib/event.ts'

/** An event joins a visit while the idle minutes, cut toward zero, are at most this: 30 min 59 s still joins. */
const IDLE_MINUTES = 30
/** The same in seconds: how far from a visit an event can be and still join it. */
export const REACH = IDLE_MINUTES * 60 + 59
/** A visitor with more remembered visits than this loses the oldest: nobody has so many within reach. */
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
  /** Forgets visits idle since before this Unix second, and the longest idle ones above the limit. */
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
  const keyOf = (site: number, visitor: string) => `${site} ${visitor}`

  function put(visit: Visit, replace: boolean): void {
    const key = keyOf(visit.site, visit.visitor)
    const list = visitors.get(key) ?? []
    const index = list.findIndex((known) => known.id === visit.id)
    if (index === -1) list.push(visit)
    else if (replace) list[index] = visit
    if (list.length > PER_VISITOR) loseOldest(list)
    visitors.delete(key)
    visitors.set(key, list)
  }

  function loseOldest(list: Visit[]): void {
    const oldest = list.reduce((one, other) => (other.active < one.active ? other : one))
    list.splice(list.indexOf(oldest), 1)
    completeSince = Math.max(completeSince, oldest.active + 1)
  }

  return {
    of: (site, visitor) => visitors.get(keyOf(site, visitor)) ?? [],
    touch: (visit) => put(visit, true),
    learn: (visits) => visits.forEach((visit) => put(visit, false)),
    mayMiss: (at) => at - REACH < completeSince,
    forget(idleSince) {
      for (const [key, list] of visitors) {
        const idle = list.every((visit) => visit.active < idleSince)
        if (!idle && visitors.size <= limit) break
        for (const visit of list) completeSince = Math.max(completeSince, visit.active + 1)
        visitors.delete(key)
      }
    },
    size: () => visitors.size,
  }
}
