import type { Metric } from '@footfall/contract/names.ts'
import type { Field } from '../storage/question.ts'
import { placeOfGrouping } from './checks.ts'
import { type Grouping, placeOf } from './dimensions.ts'
import { type Filter, leavesOf } from './filters.ts'
import { placeOfMetric } from './metrics.ts'

export type Half = 'events' | 'visits'

/** Which halves a question has, and which of them counts what both could count: visitors, visits and the rates of visitors. */
export interface Halves {
  events: boolean
  visits: boolean
  either: Half
  /** Whether rows of visits stand on their own beside those of events. */
  bothMakeRows: boolean
}

/** Grouping by these under a filter on event:hostname also asks where the visit entered (or left): else other hosts' sources would show. */
const HOST_OF: Record<string, Field> = {
  'visit:source': 'visit:entry_page_hostname',
  'visit:referrer': 'visit:entry_page_hostname',
  'visit:utm_source': 'visit:entry_page_hostname',
  'visit:utm_medium': 'visit:entry_page_hostname',
  'visit:utm_campaign': 'visit:entry_page_hostname',
  'visit:utm_content': 'visit:entry_page_hostname',
  'visit:utm_term': 'visit:entry_page_hostname',
  'visit:entry_page': 'visit:entry_page_hostname',
  'visit:exit_page': 'visit:exit_page_hostname',
}

/** The filters, and those that filters on event:hostname bring along. */
export function withHosts(filters: Filter[], dimensions: Grouping[]): Filter[] {
  const hosts = [...new Set(dimensions.flatMap((grouping) => (grouping.kind === 'field' ? (HOST_OF[grouping.field] ?? []) : [])))]
  const onHostname = filters.filter((filter) => filter.kind === 'leaf' && filter.field === 'event:hostname')
  return [...filters, ...hosts.flatMap((field) => onHostname.map((filter): Filter => ({ ...filter, field, name: field }) as Filter))]
}

/**
 * Where each number comes from. Visitors and visits are counted on visits where nothing asks for events; with filters on events
 * only where something else asks for visits; and by the hour or minute, where a visit counts as long as it lasts, where no event
 * is filtered. Else on events. Rule: shared cases, "Two kinds of metrics".
 */
export function halvesOf(metrics: Metric[], dimensions: Grouping[], filters: Filter[]): Halves {
  const places = metrics.map(placeOfMetric)
  const grouped = dimensions.map(placeOfGrouping)
  const filtered = [...leavesOf(filters)].flatMap(({ leaf, done }) => (done ? [] : [placeOf(leaf.field)]))
  const eventNumber = places.includes('event')
  const visitNumber = places.includes('visit')
  const eventRows = grouped.includes('event')
  const eventFilter = filtered.includes('event')
  const visitElse = visitNumber || grouped.includes('visit') || filtered.includes('visit')
  const lasting = dimensions.some((grouping) => grouping.kind === 'time' && (grouping.bucket === 'hour' || grouping.bucket === 'minute'))

  const onVisits = !eventRows && ((!eventNumber && (!eventFilter || visitElse)) || (lasting && !eventFilter))
  const either: Half = onVisits ? 'visits' : 'events'
  const eithers = places.includes('either')
  return {
    events: eventNumber || eventRows || (eithers && either === 'events'),
    visits: visitNumber || (eithers && either === 'visits'),
    either,
    bothMakeRows: lasting,
  }
}
