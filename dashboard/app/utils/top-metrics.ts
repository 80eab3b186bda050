import type { Metric } from '@footfall/contract/names.ts'
import type { TextKey } from '../i18n/areas.ts'
import { mayFilterPage, type Condition } from './filters.ts'
import type { NumberFormat } from './numbers.ts'

/** The numbers at the top of a site's page; each can be drawn as the main graph. */
export const TOP_METRICS = [
  { key: 'visitors', text: 'visitors', format: 'count', better: 'up' },
  { key: 'visits', text: 'visits', format: 'count', better: 'up' },
  { key: 'pageviews', text: 'pageviews', format: 'count', better: 'up' },
  { key: 'views_per_visit', text: 'viewsPerVisit', format: 'ratio', better: 'up' },
  { key: 'bounce_rate', text: 'bounceRate', format: 'percent', better: 'down' },
  { key: 'visit_duration', text: 'visitDuration', format: 'duration', better: 'up' },
  { key: 'time_on_page', text: 'timeOnPage', format: 'duration', better: 'up' },
  { key: 'scroll_depth', text: 'scrollDepth', format: 'percent', better: 'up' },
  { key: 'events', text: 'conversions', format: 'count', better: 'up' },
  { key: 'conversion_rate', text: 'conversionRate', format: 'percent', better: 'up' },
] as const satisfies readonly { key: Metric; text: TextKey<'site'>; format: NumberFormat; better: 'up' | 'down' }[]

export type TopMetric = (typeof TOP_METRICS)[number]
export const isTopMetric = (text: unknown): text is TopMetric['key'] => TOP_METRICS.some((metric) => metric.key === text)
export const topMetric = (key: TopMetric['key']): TopMetric => TOP_METRICS.find((metric) => metric.key === key) ?? TOP_METRICS[0]

type Keys = readonly TopMetric['key'][]
const VISITS: Keys = ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'visit_duration']
const GOAL: Keys = ['visitors', 'visits', 'events', 'conversion_rate']
const PAGE: Keys = ['visitors', 'visits', 'pageviews', 'bounce_rate', 'time_on_page', 'scroll_depth']

/**
 * Those that mean something, and can be asked, under these filters: a goal has conversions, a page is read for a time and to a depth,
 * and views per visit has no meaning for part of a visit.
 * @param any one of the filters is enough: then a page is not sure to be filtered by
 */
export function topMetricsFor(conditions: Condition[], any = false): readonly TopMetric[] {
  const filtered = (dimension: string) => !any && conditions.some((each) => each.dimension === dimension && each.operator === 'is')
  const plain = mayFilterPage(conditions) ? VISITS.filter((key) => key !== 'views_per_visit') : VISITS
  const keys = filtered('event:goal') ? GOAL : filtered('event:page') ? PAGE : plain
  return keys.map(topMetric)
}
