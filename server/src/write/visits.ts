import { hash } from 'node:crypto'
import type { Event, StoredEvent, Visit } from '../lib/event.ts'
import { REACH, type VisitMemory } from './visit-memory.ts'

/** An event this much older than the one that opened a visit does not join it, so that a store can look for visits by `opened`. */
export const MAX_BEFORE_OPENED = 86_400

export interface Folded {
  events: StoredEvent[]
  /** Of each of these events, the position in the batch. */
  positions: number[]
  /** Visits that changed, as they stand now. */
  visits: Visit[]
  /** Positions of engagement pings without an open visit: dropped. */
  homeless: number[]
}

/**
 * Puts the events of a batch, in order, into visits. Changes the visits in `memory`.
 * Definitions: docs/definitions.md, "Visits" (shared cases, "Sessions").
 *
 * Events that come late or out of order join the nearest visit within 30 minutes of either of its ends, so the spans
 * (`start` to `active`) of a visitor's visits never overlap. Engagement pings join no visit that begins after them.
 *
 * Replay. A batch is stored as visits first, then events (storage/clickhouse/write.ts). After a crash the same segment comes
 * again, under the same number, over visits read from the store:
 *  1. before both inserts: the store is as it was, the same fold gives the same rows.
 *  2. after the visits, or those of some months: such a visit has `batch` of this segment, is *settled*, and is not folded into again.
 *     Its events are those within its span, since spans do not overlap; they are stored with its id. The others find the visits
 *     they found before, since settled ones are no candidates for them. Ids of new visits depend only on token and
 *     position, so rows are the same.
 *  3. after both, before the release: as 2, and the token keeps the events from being stored again.
 *
 * @param events with their positions in the batch, which do not change when duplicates are taken out
 * @param token names the batch among all batches ever
 * @param batch larger than that of any earlier batch that touched these visits
 */
export function fold(
  events: readonly (readonly [position: number, event: Event])[],
  token: string,
  batch: number,
  memory: VisitMemory,
): Folded {
  const changed = new Set<Visit>()
  const folded: Folded = { events: [], positions: [], visits: [], homeless: [] }
  const settled = (visit: Visit) => visit.batch >= batch && !changed.has(visit)
  for (const [position, event] of events) {
    const { at, site } = event
    const ping = event.name === 'engagement'
    const own = memory.of(site, event.visitor)
    // Yesterday's salt gives a visitor another name; a visit that was open at midnight goes on under it.
    const before = event.visitorBefore === undefined ? [] : memory.of(site, event.visitorBefore)
    // Whoever says a name in the middle of a visit goes on with that visit (ADR 13).
    const nameless = event.anonymous === undefined ? before : [...memory.of(site, event.anonymous), ...before]
    const holds = (visit: Visit) => settled(visit) && distance(visit, at) === 0
    const joinable = (visit: Visit) => !settled(visit) && (!ping || visit.start <= at)
    let visit = own.find(holds) ?? nameless.find(holds) ?? nearest(own, at, joinable) ?? nearest(nameless, at, joinable)
    if (!visit) {
      if (ping) {
        folded.homeless.push(position)
        continue
      }
      visit = open(event, visitId(token, position, event), batch)
      changed.add(visit)
    } else if (!settled(visit)) {
      apply(visit, event)
      visit.batch = batch
      changed.add(visit)
    }
    memory.touch(visit)
    folded.positions.push(position)
    folded.events.push({ ...event, visitor: visit.visitor, attributes: visit.attributes, visit: visit.id })
  }
  for (const visit of changed) folded.visits.push({ ...visit })
  return folded
}

/** Seconds between an event and the span of a visit; 0 inside. */
function distance(visit: Visit, at: number): number {
  return Math.max(visit.start - at, at - visit.active, 0)
}

function nearest(visits: readonly Visit[], at: number, joinable: (visit: Visit) => boolean): Visit | undefined {
  let best: Visit | undefined
  for (const visit of visits) {
    if (distance(visit, at) > REACH || visit.opened - at > MAX_BEFORE_OPENED || !joinable(visit)) continue
    const gain = best ? distance(best, at) - distance(visit, at) : 1
    if (gain > 0 || (gain === 0 && best && visit.start > best.start)) best = visit
  }
  return best
}

function open(event: Event, id: string, batch: number): Visit {
  const { site, visitor, at, attributes } = event
  const view = event.name === 'pageview'
  return {
    site,
    id,
    visitor,
    start: at,
    opened: at,
    end: at,
    active: at,
    duration: 0,
    bounce: view || !event.interactive,
    pageviews: view ? 1 : 0,
    events: 1,
    entryPage: view ? event.pathname : '',
    entryHostname: view ? event.hostname : '',
    entryAt: view ? at : 0,
    exitPage: view ? event.pathname : '',
    exitHostname: view ? event.hostname : '',
    exitAt: view ? at : 0,
    attributes,
    batch,
  }
}

function apply(visit: Visit, event: Event): void {
  visit.active = Math.max(visit.active, event.at)
  if (event.name === 'engagement') return
  visit.start = Math.min(visit.start, event.at)
  visit.end = Math.max(visit.end, event.at)
  visit.duration = visit.end - visit.start
  visit.events += 1
  if (event.name !== 'pageview') {
    if (event.interactive) visit.bounce = false
    return
  }
  visit.pageviews += 1
  if (visit.pageviews > 1) visit.bounce = false
  if (visit.entryAt === 0 || event.at < visit.entryAt) {
    visit.entryPage = event.pathname
    visit.entryHostname = event.hostname
    visit.entryAt = event.at
  }
  if (event.at >= visit.exitAt) {
    visit.exitPage = event.pathname
    visit.exitHostname = event.hostname
    visit.exitAt = event.at
  }
}

function visitId(token: string, position: number, event: Event): string {
  const id = hash('sha256', `${token} ${position} ${event.site} ${event.visitor}`, 'buffer').readBigUInt64LE()
  return String(id || 1n)
}
