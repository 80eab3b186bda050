import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { ListedVisit, VisitEvent } from '@footfall/contract/visits.ts'
import type { Visit } from '../lib/event.ts'
import { isIdentified } from '../lib/visitor-id.ts'
import { zonedText } from '../lib/zone.ts'
import type { ListedEvent, VisitKey } from '../storage/reports.ts'
import { refuse, shown } from './refuse.ts'

/** The public id of a visit holds when it was opened, so that finding it reads one day of the store. */
export const idOf = ({ opened, id }: VisitKey): string => `${opened}-${id}`

/**
 * Reads a public id.
 *
 * @throws AppError invalid_query
 */
export function readVisitKey(text: string, field: string): VisitKey {
  const [, opened, id] = /^(\d{1,10})-(\d{1,20})$/.exec(text) ?? []
  if (opened === undefined || id === undefined || BigInt(id) >= 2n ** 64n - 1n)
    throw refuse(field, `${field} ${shown(text)} is not the id of a visit; ids come from the list of visits`)
  return { opened: Number(opened), id }
}

/** A visit for people, in the time of its site. */
export function showVisit(visit: Visit, timezone: string): ListedVisit {
  return {
    id: idOf(visit),
    visitor: visit.visitor,
    identified: isIdentified(visit.visitor),
    start: zonedText(visit.start, timezone),
    end: zonedText(visit.end, timezone),
    duration: visit.duration,
    bounce: visit.bounce,
    pageviews: visit.pageviews,
    events: visit.events,
    entry_page: visit.entryPage,
    exit_page: visit.exitPage,
    hostname: visit.entryHostname,
    ...(Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, visit.attributes[name]])) as Visit['attributes']),
  }
}

const UNKNOWN_DEPTH = 255

/** An event for people. Only pings know a scroll depth. */
export function showEvent(event: ListedEvent, timezone: string): VisitEvent {
  const { at, name, hostname, pathname: page, props, revenue, engagement, scroll } = event
  return {
    time: zonedText(at, timezone),
    name,
    hostname,
    page,
    props,
    revenue: revenue && { value: revenue.amount / 1000, currency: revenue.currency },
    engagement_ms: engagement,
    scroll_depth: name === 'engagement' && scroll < UNKNOWN_DEPTH ? scroll : null,
  }
}
