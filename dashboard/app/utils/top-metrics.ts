import type { Metric } from '@footfall/contract/names.ts'
import { filtersPage, type Condition } from './filters.ts'
import type { NumberFormat } from './numbers.ts'

/** The numbers at the top of a site's page; each can be drawn as the main graph. */
export const TOP_METRICS = [
  { key: 'visitors', label: 'Visitors', format: 'count', better: 'up' },
  { key: 'visits', label: 'Visits', format: 'count', better: 'up' },
  { key: 'pageviews', label: 'Pageviews', format: 'count', better: 'up' },
  { key: 'views_per_visit', label: 'Views per visit', format: 'ratio', better: 'up' },
  { key: 'bounce_rate', label: 'Bounce rate', format: 'percent', better: 'down' },
  { key: 'visit_duration', label: 'Visit duration', format: 'duration', better: 'up' },
] as const satisfies readonly { key: Metric; label: string; format: NumberFormat; better: 'up' | 'down' }[]

export type TopMetric = (typeof TOP_METRICS)[number]
export const isTopMetric = (text: unknown): text is TopMetric['key'] => TOP_METRICS.some((metric) => metric.key === text)
export const topMetric = (key: TopMetric['key']): TopMetric => TOP_METRICS.find((metric) => metric.key === key) ?? TOP_METRICS[0]

/** Those that can be asked under these filters: views per visit has no meaning for part of a visit, and the API refuses it. */
export const topMetricsFor = (conditions: Condition[]): readonly TopMetric[] =>
  filtersPage(conditions) ? TOP_METRICS.filter((metric) => metric.key !== 'views_per_visit') : TOP_METRICS
