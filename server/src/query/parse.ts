import { METRICS, type Metric } from '@footfall/contract/names.ts'
import type { Goal, Segment } from '@footfall/contract/sites.ts'
import { type Combination, checkCombination } from './checks.ts'
import { comparisonRange, readComparison } from './comparison.ts'
import { DIMENSION_LIST, type Grouping, readDimension } from './dimensions.ts'
import { type FilterContext, readFilters } from './filters.ts'
import { bucketFor, presentKey } from './labels.ts'
import type { Include, Query } from './query.ts'
import { type Range, type RangeContext, readDate, readDateRange, resolveRange, trimToToday } from './ranges.ts'
import { type Filters, limit } from './within.ts'
import { isObject, onlyKeys, refuse, shown } from './refuse.ts'

/** What a query is resolved against. `internal`: the dashboard asks, which knows a few things more than the public API. */
export interface ParseContext {
  site: Query['site']
  goals: Goal[]
  segments: Segment[]
  /** Unix seconds. */
  now: number
  /** First event of the site, Unix seconds; needed for `date_range: "all"`. */
  firstAt: number | null
  internal: boolean
  /** Filters of the part of the site that may be seen, as they are stored; none where all may. */
  within?: unknown[]
}

const KEYS = ['site_id', 'metrics', 'date_range', 'dimensions', 'filters', 'order_by', 'include', 'pagination']
const FLAGS = [
  'imports',
  'time_labels',
  'present_index',
  'partial_time_labels',
  'total_rows',
  'read_from',
  'trim_relative_date_range',
] as const
const OF_TIME = ['time_labels', 'present_index', 'partial_time_labels'] as const
const EXAMPLES = {
  metrics: '["visitors", "pageviews"]',
  dimensions: '["visit:source"]',
  order_by: '[["visitors", "desc"]]',
  include: '{"total_rows": true}',
  pagination: '{"limit": 100, "offset": 200}',
} as const
const MOST = { dimensions: 10, limit: 10_000, offset: 1_000_000_000 }

/** The site a body asks about, before anything else is known. */
export function readSiteId(body: unknown): string {
  if (!isObject(body)) throw refuse('body', 'The body must be a JSON object with site_id, metrics and date_range')
  const missing = ['site_id', 'metrics', 'date_range'].filter((key) => body[key] === undefined)
  if (missing.length > 0) throw refuse(missing[0]!, `A query needs site_id, metrics and date_range; ${missing.join(' and ')} is missing`)
  if (typeof body['site_id'] !== 'string' || body['site_id'] === '') throw refuse('site_id', 'site_id must be the domain of a site')
  return body['site_id']
}

function uniqueList(value: unknown, field: 'metrics' | 'dimensions'): unknown[] {
  if (!Array.isArray(value)) throw refuse(field, `${field} must be a list, as in ${EXAMPLES[field]}`)
  const twice: unknown = value.find((item, index) => value.indexOf(item) !== index)
  if (twice !== undefined) throw refuse(field, `${field} names ${shown(twice)} twice`)
  return value
}

function readMetrics(value: unknown): Metric[] {
  const list = uniqueList(value, 'metrics')
  if (list.length === 0) throw refuse('metrics', `metrics must name at least one metric, as in ${EXAMPLES.metrics}`)
  const unknown = list.find((metric) => !(METRICS as readonly unknown[]).includes(metric))
  if (unknown !== undefined) throw refuse('metrics', `There is no metric ${shown(unknown)}; there are ${METRICS.join(', ')}`)
  return list as Metric[]
}

function readDimensions(value: unknown, range: Range, internal: boolean): Grouping[] {
  if (value === undefined) return []
  const list = uniqueList(value, 'dimensions')
  if (list.length > MOST.dimensions) throw refuse('dimensions', `A query may have ${MOST.dimensions} dimensions`)
  const groupings = list.map((name): Grouping => {
    const found = readDimension(name, internal)
    if (!found) throw refuse('dimensions', `There is no dimension ${shown(name)}; there are ${DIMENSION_LIST}`)
    if (found.kind !== 'time' || found.bucket !== null) return found
    const bucket = bucketFor(range)
    return { kind: 'time', name: `time:${bucket}`, bucket }
  })
  uniqueList(
    groupings.map(({ name }) => name),
    'dimensions',
  )
  return groupings
}

function readOrder(value: unknown, metrics: Metric[], dimensions: Grouping[]): Query['order'] {
  const time = dimensions.find(({ kind }) => kind === 'time')
  if (value === undefined) {
    const first = { by: metrics[0]!, direction: 'desc' } as const
    return time ? [{ by: time.name, direction: 'asc' }, first] : [first]
  }
  if (!Array.isArray(value)) throw refuse('order_by', `order_by must be a list of pairs, as in ${EXAMPLES.order_by}`)
  const known = [...metrics, ...dimensions.map(({ name }) => name)]
  return value.map((pair: unknown) => {
    const [asked, direction]: unknown[] = Array.isArray(pair) && pair.length === 2 ? pair : []
    if (typeof asked !== 'string' || (direction !== 'asc' && direction !== 'desc')) {
      throw refuse(
        'order_by',
        `order_by ${shown(pair)} must be a pair of a metric or dimension and "asc" or "desc", as in ${EXAMPLES.order_by}`,
      )
    }
    const by = asked === 'time' && time ? time.name : asked
    if (!known.includes(by))
      throw refuse('order_by', `order_by ${shown(asked)} is neither a metric nor a dimension of this query; those are ${known.join(', ')}`)
    return { by, direction }
  })
}

function readInclude(value: unknown, dimensions: Grouping[]): Include {
  if (value === undefined) return {}
  if (!isObject(value)) throw refuse('include', `include must be an object, as in ${EXAMPLES.include}`)
  onlyKeys(value, [...FLAGS, 'comparisons'], 'include')
  for (const flag of FLAGS) {
    if (value[flag] !== undefined && typeof value[flag] !== 'boolean')
      throw refuse(`include.${flag}`, `include.${flag} must be true or false`)
  }
  const ofTime = OF_TIME.find((flag) => value[flag] === true)
  if (ofTime && !dimensions.some(({ kind }) => kind === 'time')) {
    throw refuse(`include.${ofTime}`, `include.${ofTime} needs a time dimension, as in "time:day"`)
  }
  return value
}

function readPagination(value: unknown): { limit: number; offset: number } {
  if (value === undefined) return { limit: MOST.limit, offset: 0 }
  if (!isObject(value)) throw refuse('pagination', `pagination must be an object, as in ${EXAMPLES.pagination}`)
  onlyKeys(value, ['limit', 'offset'], 'pagination')
  const { limit = MOST.limit, offset = 0 } = value
  const between = (number: unknown, least: number, most: number): number | undefined =>
    Number.isSafeInteger(number) && (number as number) >= least && (number as number) <= most ? (number as number) : undefined
  const rows = between(limit, 1, MOST.limit)
  const start = between(offset, 0, MOST.offset)
  if (rows === undefined) throw refuse('pagination.limit', `pagination.limit must be a whole number from 1 to ${MOST.limit}`)
  if (start === undefined) throw refuse('pagination.offset', 'pagination.offset must be a whole number from 0 on')
  return { limit: rows, offset: start }
}

/** What filters are read with: the segments of the site. */
export function filterContext({ internal, segments, site }: Pick<ParseContext, 'internal' | 'segments' | 'site'>): FilterContext {
  return {
    internal,
    segment(id) {
      const segment = segments.find((each) => each.id === id)
      if (!segment)
        throw refuse('filters', `The site has no segment ${id}; GET /api/v1/sites/${site.domain}/segments lists those there are`)
      return segment.filters
    },
  }
}

/**
 * Filters of a body, checked together with those of the part of the site that may be seen.
 *
 * @throws AppError invalid_query
 */
export function readAll(value: unknown, context: ParseContext, rest: Pick<Combination, 'metrics' | 'dimensions'>): Filters {
  const asked = readFilters(value, filterContext(context))
  const within = readFilters(context.within ?? [], { ...filterContext(context), internal: true })
  checkCombination({ ...rest, filters: [...asked, ...within], goals: context.goals })
  return limit(asked, within)
}

/** Whether the answer depends on when the site's first event was. */
export const asksForAll = (body: unknown): boolean => isObject(body) && body['date_range'] === 'all'

/**
 * Checks a body of `POST /api/v2/query` and resolves everything in it: dates against the clock, names against the site.
 *
 * @throws AppError invalid_query; nothing else, whatever JSON comes in
 */
export function parseQuery(body: unknown, context: ParseContext): Query {
  readSiteId(body)
  if (!isObject(body)) throw refuse('body', 'The body must be a JSON object')
  onlyKeys(body, context.internal ? [...KEYS, 'date'] : KEYS, '')
  const metrics = readMetrics(body['metrics'])
  const asked = readDateRange(body['date_range'], { internal: context.internal })
  const today = body['date'] === undefined ? undefined : readDate(body['date'])
  if (body['date'] !== undefined && !today) throw refuse('date', `date ${shown(body['date'])} must be a day, as in "2026-01-31"`)
  const when: RangeContext = { now: context.now, timezone: context.site.timezone, today, firstAt: context.firstAt }

  const full = resolveRange(asked, when)
  const include = isObject(body['include']) ? body['include'] : {}
  const range = include['trim_relative_date_range'] === true ? trimToToday(full, asked, when) : full
  const dimensions = readDimensions(body['dimensions'], range, context.internal)
  const filters = readAll(body['filters'], context, { metrics, dimensions })
  const checked = readInclude(body['include'], dimensions)
  const time = dimensions.find((grouping) => grouping.kind === 'time')
  const wish = checked.comparisons === undefined ? null : readComparison(checked.comparisons)
  return {
    site: context.site,
    metrics,
    dimensions,
    ...filters,
    asked,
    range,
    order: readOrder(body['order_by'], metrics, dimensions),
    include: checked,
    ...readPagination(body['pagination']),
    goals: context.goals,
    present: checked.present_index && time ? presentKey(time.bucket, context.now, range, asked, context.site.timezone) : null,
    comparison: wish && { wish, range: comparisonRange(wish, range, asked, when) },
  }
}
