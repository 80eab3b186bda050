import type { NamesBody } from '@footfall/contract/names-used.ts'
import type { QueryBody } from '@footfall/contract/query.ts'
import { zonedTime, type Day } from './dates.ts'
import { toFilters } from './filters.ts'
import { defaultInterval, intervalsFor, type Interval } from './interval.ts'
import { dateRangeOf, daysOf, type Period } from './period.ts'
import type { Tab } from './panels.ts'
import { ownProperties } from './properties.ts'
import { topMetricsFor } from './top-metrics.ts'
import type { View } from './view.ts'
import { hasTimes, zoomDays, zoomLength, type Zoom } from './zoom.ts'

/** A site as the questions need it. */
export interface Asked {
  domain: string
  timezone: string
}

/** The period shown: the one chosen, or the days that were opened or zoomed into in the graph. */
export function shownPeriod(view: View): Period {
  if (view.drill) return { key: 'custom', from: view.drill.from, to: view.drill.to }
  return view.zoom ? { key: 'custom', ...zoomDays(view.zoom) } : view.period
}

/** The times inside days that are shown, where they are. */
function shownTimes(view: View): Zoom | null {
  const { drill, zoom } = view
  if (drill?.hour !== null && drill?.hour !== undefined) {
    const hour = String(drill.hour).padStart(2, '0')
    return { from: `${drill.from}T${hour}:00`, to: `${drill.from}T${hour}:59` }
  }
  return !drill && zoom && hasTimes(zoom) ? zoom : null
}

const timestamps = ({ from, to }: Zoom, timezone: string): [string, string] => {
  const at = (minute: string, seconds: string) => zonedTime(minute.slice(0, 10), `${minute.slice(11)}:${seconds}`, timezone)
  return [at(from, '00'), at(to, '59')]
}

/** `date_range` of the numbers and lists: of one hour where one was opened. */
function dateRange(site: Asked, view: View, today: Day): QueryBody['date_range'] {
  const times = shownTimes(view)
  return times ? timestamps(times, site.timezone) : dateRangeOf(shownPeriod(view), today)
}

/** Length in days of what the graph shows; null where only the server knows. An opened hour is shown within its day. */
export function shownLength(view: View, days: { from: Day; to: Day } | null): number | null {
  const times = view.drill ? null : shownTimes(view)
  if (times) return zoomLength(times)
  if (shownPeriod(view).key === '24h') return 1
  return days && zoomLength(days)
}

/** The bucket drawn: the chosen one where it fits the length of the range, else what fits it best. */
export const shownInterval = (view: View, days: number): Interval =>
  view.interval && intervalsFor(days).includes(view.interval) ? view.interval : defaultInterval(days)

/** What is compared with; `all` has nothing before it. */
const comparisons = (view: View) =>
  view.compare === 'off' || shownPeriod(view).key === 'all' ? {} : { comparisons: { mode: view.compare } }

/** The numbers at the top, each with its change. */
export const totalsQuestion = (site: Asked, view: View, today: Day): QueryBody => ({
  site_id: site.domain,
  metrics: topMetricsFor(view.filters, view.any).map(({ key }) => key),
  date_range: dateRange(site, view, today),
  filters: toFilters(view.filters, view.any),
  include: comparisons(view),
})

/** The line of the graph and what it is compared with; when an hour is open, that of its day. */
export const seriesQuestion = (site: Asked, view: View, today: Day, interval: Interval): QueryBody => ({
  site_id: site.domain,
  metrics: [topMetricsFor(view.filters, view.any).some(({ key }) => key === view.metric) ? view.metric : 'visitors'],
  date_range: view.drill ? dateRangeOf(shownPeriod(view), today) : dateRange(site, view, today),
  dimensions: [`time:${interval}`],
  filters: toFilters(view.filters, view.any),
  include: { time_labels: true, ...comparisons(view) },
})

/** Rows of one list. */
export const listQuestion = (
  site: Asked,
  view: View,
  today: Day,
  tab: Pick<Tab, 'dimension' | 'metrics' | 'without'>,
  limit: number,
): QueryBody => ({
  site_id: site.domain,
  metrics: [...tab.metrics],
  date_range: dateRange(site, view, today),
  dimensions: [tab.dimension],
  filters: [...toFilters(view.filters, view.any), ...(tab.without === undefined ? [] : [['is_not', tab.dimension, [tab.without]]])],
  order_by: [
    [tab.metrics[0], 'desc'],
    [tab.dimension, 'asc'],
  ],
  pagination: { limit },
})

/** Names of the site's custom properties and events. */
export const namesQuestion = (site: Asked, view: View, today: Day, limit: number): NamesBody => ({
  site_id: site.domain,
  date_range: dateRange(site, view, today),
  filters: ownProperties(toFilters(view.filters, view.any)),
  limit,
})

/**
 * Values of a dimension that hold a text, for a filter made by hand; those with most visitors first. Other filters stay out of
 * it, since a filter that is to widen what is shown needs values that are not shown yet.
 */
export const valuesQuestion = (site: Asked, view: View, today: Day, dimension: string, text: string, limit: number): QueryBody => ({
  ...listQuestion(site, { ...view, filters: [] }, today, { dimension, metrics: ['visitors'] }, limit),
  ...(text !== '' && { filters: [['contains', dimension, [text], { case_sensitive: false }]] }),
})

export const daysShown = (view: View, today: Day) => daysOf(shownPeriod(view), today)
