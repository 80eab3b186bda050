import type { MetricValue, QueryResult } from '@footfall/contract/query.ts'
import { readPeriod } from './v1-period.ts'
import { readV1Filters } from './v1-filters.ts'
import { refuse, shown } from './refuse.ts'

/** Parameters of the v1 endpoints, as they come in the address. */
export interface V1Params {
  site_id: string
  period?: string
  date?: string
  metrics?: string
  filters?: string
  property?: string
  interval?: string
  limit?: string
  page?: string
  compare?: string
}

type Body = Record<string, unknown>
type Row = Record<string, MetricValue | string>

/** What all three endpoints read alike. */
function common(params: V1Params, today: Temporal.PlainDate): Body & { metrics: string[]; filters: unknown[] } {
  return {
    site_id: params.site_id,
    metrics: (params.metrics ?? 'visitors').split(',').map((name) => name.trim()),
    date_range: readPeriod(params, today).map(String),
    filters: readV1Filters(params.filters),
  }
}

/** By something else than goals, v1's conversion_rate is that of the row. */
const byRow = (metrics: string[]) => metrics.map((metric) => (metric === 'conversion_rate' ? 'group_conversion_rate' : metric))

const COMPARISONS = ['previous_period', 'year_over_year']

export function aggregateBody(params: V1Params, today: Temporal.PlainDate): Body {
  const { compare } = params
  if (compare !== undefined && !COMPARISONS.includes(compare))
    throw refuse('compare', `compare must be one of ${COMPARISONS.join(', ')}, not ${shown(compare)}`)
  return { ...common(params, today), ...(compare !== undefined && { include: { comparisons: { mode: compare } } }) }
}

/** `{"visitors": {"value": 12, "change": 50}}`; `change` only with a comparison. */
export function showAggregate({ results, query }: QueryResult): Record<string, { value: MetricValue; change?: number | null }> {
  const [row] = results
  return Object.fromEntries(
    query.metrics.map((metric, index) => {
      const value = row?.metrics[index] ?? null
      return [metric, row?.comparison ? { value, change: row.comparison.change[index] ?? null } : { value }]
    }),
  )
}

/** `date` is v1's word for day; hours and weeks are ours. */
const INTERVALS: Record<string, string> = { date: 'day', day: 'day', hour: 'hour', week: 'week', month: 'month' }
const USUAL_INTERVAL: Record<string, string> = { day: 'hour', '6mo': 'month', '12mo': 'month' }

export function timeseriesBody(params: V1Params, today: Temporal.PlainDate): Body {
  const { period = '30d', interval = USUAL_INTERVAL[period] ?? 'day' } = params
  const bucket = Object.hasOwn(INTERVALS, interval) ? INTERVALS[interval] : undefined
  if (!bucket) throw refuse('interval', `interval must be one of ${Object.keys(INTERVALS).join(', ')}, not ${shown(interval)}`)
  const { metrics, ...body } = common(params, today)
  return { ...body, metrics: byRow(metrics), dimensions: [`time:${bucket}`], include: { time_labels: true } }
}

/** The name under which the client asked for the numbers of a column. */
const asked = (metric: string, params: V1Params) =>
  metric === 'group_conversion_rate' && !params.metrics?.includes(metric) ? 'conversion_rate' : metric

function rowOf(
  key: string,
  value: string | number | null,
  values: MetricValue[],
  { metrics }: QueryResult['query'],
  params: V1Params,
): Row {
  return Object.fromEntries([[key, value], ...metrics.map((metric, index) => [asked(metric, params), values[index] ?? null])]) as Row
}

/** A row for every label, `missing` where nothing was. */
export function showTimeseries({ results, meta, query }: QueryResult, params: V1Params, missing: MetricValue[]): Row[] {
  const found = new Map(results.map((row) => [row.dimensions[0], row.metrics]))
  return (meta.time_labels ?? []).map((label) => rowOf('date', label, found.get(label) ?? missing, query, params))
}

/** Rows without these values: v1 does not list what is not known. */
const UNKNOWN: Record<string, string> = {
  'visit:utm_source': '(not set)',
  'visit:utm_medium': '(not set)',
  'visit:utm_campaign': '(not set)',
  'visit:utm_content': '(not set)',
  'visit:utm_term': '(not set)',
  'visit:entry_page': '',
  'visit:exit_page': '',
  'visit:country': '',
  'visit:region': '',
  'visit:city': '',
}
const LIMITS = { limit: { usual: 100, most: 1000 }, page: { usual: 1, most: 1_000_000 } } as const

function readNumber(name: keyof typeof LIMITS, text: string | undefined): number {
  const { usual, most } = LIMITS[name]
  const number = text === undefined ? usual : Number(text)
  if (!/^\d{1,7}$/.test(text ?? String(usual)) || number < 1 || number > most)
    throw refuse(name, `${name} must be a whole number from 1 to ${most}, not ${shown(text)}`)
  return number
}

export function breakdownBody(params: V1Params, today: Temporal.PlainDate): Body {
  const { property } = params
  if (!property) throw refuse('property', 'property must name what to list, as in event:page or visit:source')
  const limit = readNumber('limit', params.limit)
  const page = readNumber('page', params.page)
  const { metrics: named, filters, ...body } = common(params, today)
  const metrics = property === 'event:goal' ? named : byRow(named)
  const unknown = Object.hasOwn(UNKNOWN, property) ? [['is_not', property, [UNKNOWN[property]]]] : []
  return {
    ...body,
    metrics,
    filters: [...filters, ...unknown],
    dimensions: [property],
    order_by: [
      [metrics.includes('visitors') ? 'visitors' : metrics[0], 'desc'],
      [property, 'asc'],
    ],
    pagination: { limit, offset: (page - 1) * limit },
  }
}

/** `{"page": "/", "visitors": 12}`: the property under its own name. */
export function showBreakdown({ results, query }: QueryResult, params: V1Params): Row[] {
  const key = params.property!.replace(/^event:props:|^event:|^visit:/, '')
  return results.map((row) => rowOf(key, row.dimensions[0] ?? null, row.metrics, query, params))
}
