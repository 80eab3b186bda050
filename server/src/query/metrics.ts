import type { Metric } from '@footfall/contract/names.ts'
import type { Measure, Part } from '../storage/question.ts'
import type { Place } from './dimensions.ts'

/** Denominators that are counted apart from the rows. */
export type Total = 'all rows' | 'all visitors' | 'group visitors' | 'page views'

/** What a metric is made of. Its sentence and formula: docs/definitions.md. */
export interface MetricFacts {
  /** Counted on events (or the scroll depths or values of a property among them), on visits, or on whichever half counts visitors (halves.ts). */
  from: Part['of'] | 'either'
  /** The number, or what is divided; `under` divides, or a `total` does. Where `needs` is 0, the metric is `empty`. */
  over: Measure
  under?: Measure
  total?: Total
  needs?: Measure
  factor: number
  divisor?: number
  cut?: true
  empty: 0 | null
  /** Decimals: the answer of the engine is in units of the last one. */
  digits: number
  /** Its value in a row that had to be made up. */
  missing: 0 | null
  revenue?: true
  /** Property of the event `web-vitals` that it is a percentile of. */
  vital?: string
  /** How a change is told: in percent, or in points. A change in points from 0 may tell nothing. */
  change: 'percent' | { digits: number; fromZero: boolean }
}

const POINTS = { digits: 1, fromZero: true } as const

const percentile = <Vital extends string>(vital: Vital) =>
  ({
    from: 'values',
    vital,
    over: 'p75',
    needs: 'valued',
    factor: 1,
    empty: null,
    digits: 4,
    missing: null,
    change: 'percent',
  }) as const satisfies MetricFacts

export const METRIC_FACTS = {
  visitors: { from: 'either', over: 'visitors', factor: 1, empty: 0, digits: 0, missing: 0, change: 'percent' },
  visits: { from: 'either', over: 'visits', factor: 1, empty: 0, digits: 0, missing: 0, change: 'percent' },
  pageviews: { from: 'events', over: 'pageviews', factor: 1, empty: 0, digits: 0, missing: 0, change: 'percent' },
  events: { from: 'events', over: 'events', factor: 1, empty: 0, digits: 0, missing: 0, change: 'percent' },
  views_per_visit: { from: 'visits', over: 'views', under: 'visits', factor: 100, empty: 0, digits: 2, missing: 0, change: 'percent' },
  bounce_rate: {
    from: 'visits',
    over: 'bounces',
    under: 'entries',
    factor: 100,
    empty: 0,
    digits: 0,
    missing: 0,
    change: { digits: 0, fromZero: false },
  },
  visit_duration: { from: 'visits', over: 'duration', under: 'visits', factor: 1, empty: 0, digits: 0, missing: null, change: 'percent' },
  percentage: { from: 'either', over: 'visitors', total: 'all rows', factor: 1000, empty: null, digits: 1, missing: 0, change: 'percent' },
  conversion_rate: {
    from: 'either',
    over: 'visitors',
    total: 'all visitors',
    factor: 10_000,
    empty: 0,
    digits: 2,
    missing: 0,
    change: POINTS,
  },
  group_conversion_rate: {
    from: 'either',
    over: 'visitors',
    total: 'group visitors',
    factor: 10_000,
    empty: 0,
    digits: 2,
    missing: 0,
    change: POINTS,
  },
  exit_rate: { from: 'visits', over: 'visits', total: 'page views', factor: 1000, empty: null, digits: 1, missing: null, change: POINTS },
  scroll_depth: { from: 'depths', over: 'scroll', under: 'scrolled', factor: 1, empty: null, digits: 0, missing: null, change: 'percent' },
  time_on_page: {
    from: 'events',
    over: 'engagement',
    under: 'engaged',
    factor: 1,
    divisor: 1000,
    empty: null,
    digits: 0,
    missing: null,
    change: 'percent',
  },
  total_revenue: {
    from: 'events',
    over: 'revenue',
    needs: 'sales',
    factor: 1,
    empty: null,
    digits: 3,
    missing: null,
    revenue: true,
    change: 'percent',
  },
  average_revenue: {
    from: 'events',
    over: 'revenue',
    under: 'sales',
    factor: 1,
    cut: true,
    empty: null,
    digits: 3,
    missing: null,
    revenue: true,
    change: 'percent',
  },
  lcp_p75: percentile('LCP'),
  inp_p75: percentile('INP'),
  cls_p75: percentile('CLS'),
  fcp_p75: percentile('FCP'),
  ttfb_p75: percentile('TTFB'),
} as const satisfies Record<Metric, MetricFacts>

export const factsOf = (metric: Metric): MetricFacts => METRIC_FACTS[metric]
/** What a metric is a number of. */
export function placeOfMetric(metric: Metric): Place {
  const { from } = factsOf(metric)
  if (from === 'either') return from
  return from === 'visits' ? 'visit' : 'event'
}
export const isRevenue = (metric: Metric): boolean => factsOf(metric).revenue === true
