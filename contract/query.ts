import { Type, type Static } from 'typebox'
import { METRICS } from './names.ts'

/** Answers of the Stats API. Shape of Plausible's v2; ours adds, never changes. */
export interface RevenueAmount {
  /** Amount in units of the currency, three decimals at most. */
  value: number
  currency: string
  short: string
  long: string
}
export type MetricValue = number | null | RevenueAmount

export interface ResultRow {
  dimensions: (string | number | null)[]
  metrics: MetricValue[]
  comparison?: { dimensions: (string | number | null)[]; metrics: MetricValue[]; change: (number | null)[] }
}

export interface QueryResult {
  results: ResultRow[]
  meta: {
    time_labels?: string[]
    /** Where in `time_labels` this moment is; null where it is in none of them. */
    present_index?: number | null
    /** Those of `time_labels` whose week or month the range cuts. */
    partial_time_labels?: string[]
    total_rows?: number
    /** With `include.read_from`: sums of days, sums and rows together, rows of visits only, or rows. */
    read_from?: 'rollups' | 'mixed' | 'visits' | 'raw'
    metric_warnings?: Record<string, { code: string; warning: string }>
    [key: string]: unknown
  }
  query: {
    site_id: string
    metrics: string[]
    date_range: [string, string]
    dimensions: string[]
    filters: unknown[]
    order_by: [string, 'asc' | 'desc'][]
    include: Record<string, unknown>
    pagination: { limit: number; offset: number }
  }
}

/** `[operator, dimension, [values], {case_sensitive}?]` or `and`, `or`, `not`, `has_done`, `has_not_done` of such. */
export type Filter = [string, ...unknown[]]

export const DateRange = Type.Union([Type.String(), Type.Tuple([Type.String(), Type.String()])], {
  description: 'day, 24h, 7d, 28d, 30d, 91d, Nd, month, Nmo, 12mo, year, all, or [from, to] as dates or timestamps',
})
export const Filters = Type.Array(Type.Unknown(), {
  description: '[operator, dimension, [values], {case_sensitive}?], or and, or, not, has_done, has_not_done of such',
})

/**
 * Body of `POST /api/v2/query`. The schema holds what JSON Schema can say; what depends on the combination
 * (a session metric with an event dimension, a goal the site does not have) is said by `query/parse.ts`.
 */
export const QueryBody = Type.Object(
  {
    site_id: Type.String({ description: 'Domain of the site' }),
    metrics: Type.Array(Type.Enum(METRICS), { minItems: 1, uniqueItems: true }),
    date_range: DateRange,
    dimensions: Type.Optional(
      Type.Array(Type.String({ description: 'event:page, event:goal, event:props:NAME, visit:source, time, time:day …' }), {
        uniqueItems: true,
      }),
    ),
    filters: Type.Optional(Filters),
    order_by: Type.Optional(Type.Array(Type.Tuple([Type.String(), Type.Union([Type.Literal('asc'), Type.Literal('desc')])]))),
    include: Type.Optional(
      Type.Object(
        {
          imports: Type.Optional(Type.Boolean()),
          time_labels: Type.Optional(Type.Boolean()),
          present_index: Type.Optional(Type.Boolean()),
          partial_time_labels: Type.Optional(Type.Boolean()),
          total_rows: Type.Optional(Type.Boolean()),
          read_from: Type.Optional(Type.Boolean({ description: 'Says in meta.read_from what the answer was read from' })),
          trim_relative_date_range: Type.Optional(Type.Boolean()),
          comparisons: Type.Optional(
            Type.Object(
              {
                mode: Type.Enum(['previous_period', 'year_over_year', 'custom']),
                match_day_of_week: Type.Optional(Type.Boolean()),
                date_range: Type.Optional(Type.Tuple([Type.String(), Type.String()], { description: 'With mode custom' })),
              },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    pagination: Type.Optional(
      Type.Object(
        { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), offset: Type.Optional(Type.Integer({ minimum: 0 })) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, $id: 'QueryBody' },
)
export type QueryBody = Static<typeof QueryBody>
