import type { QueryBody } from '@footfall/contract/query.ts'
import { zonedTime, type Day } from './dates.ts'
import { toFilters } from './filters.ts'
import { defaultInterval, intervalsFor, type Interval } from './interval.ts'
import { dateRangeOf, type Period } from './period.ts'
import type { Tab } from './panels.ts'
import { topMetricsFor } from './top-metrics.ts'
import type { View } from './view.ts'

/** A site as the questions need it. */
export interface Asked {
  domain: string
  timezone: string
}

/** The period shown: the one chosen, or the days that were opened in the graph. */
export const shownPeriod = (view: View): Period => (view.drill ? { key: 'custom', from: view.drill.from, to: view.drill.to } : view.period)

/** `date_range` of the numbers and lists: of one hour where one was opened. */
function dateRange(site: Asked, view: View, today: Day): QueryBody['date_range'] {
  const { drill } = view
  if (drill?.hour !== null && drill?.hour !== undefined) {
    const hour = String(drill.hour).padStart(2, '0')
    return [zonedTime(drill.from, `${hour}:00:00`, site.timezone), zonedTime(drill.from, `${hour}:59:59`, site.timezone)]
  }
  return dateRangeOf(shownPeriod(view), today)
}

/** The bucket drawn: the chosen one where it fits the length of the range, else what fits it best. */
export const shownInterval = (view: View, days: number): Interval =>
  view.interval && intervalsFor(days).includes(view.interval) ? view.interval : defaultInterval(days)

/** The numbers at the top, each with its change against the period before (`all` has none). */
export const totalsQuestion = (site: Asked, view: View, today: Day): QueryBody => ({
  site_id: site.domain,
  metrics: topMetricsFor(view.filters).map(({ key }) => key),
  date_range: dateRange(site, view, today),
  filters: toFilters(view.filters),
  ...(shownPeriod(view).key !== 'all' && { include: { comparisons: { mode: 'previous_period' } } }),
})

/** The line of the graph; when an hour is open, that of its day. */
export const seriesQuestion = (site: Asked, view: View, today: Day, interval: Interval): QueryBody => ({
  site_id: site.domain,
  metrics: [topMetricsFor(view.filters).some(({ key }) => key === view.metric) ? view.metric : 'visitors'],
  date_range: dateRangeOf(shownPeriod(view), today),
  dimensions: [`time:${interval}`],
  filters: toFilters(view.filters),
  include: { time_labels: true },
})

/** Rows of one list. */
export const listQuestion = (site: Asked, view: View, today: Day, tab: Tab, limit: number): QueryBody => ({
  site_id: site.domain,
  metrics: [...tab.metrics],
  date_range: dateRange(site, view, today),
  dimensions: [tab.dimension],
  filters: toFilters(view.filters),
  order_by: [
    [tab.metrics[0], 'desc'],
    [tab.dimension, 'asc'],
  ],
  pagination: { limit },
})
