import { Type, type Static } from 'typebox'
import { METRICS } from './names.ts'

/** Answers of the Stats API. Shape of Plausible's v2; ours adds, never changes. */
export const RevenueAmount = Type.Object({
  value: Type.Number({ description: 'Amount in units of the currency, three decimals at most' }),
  currency: Type.String(),
  short: Type.String(),
  long: Type.String(),
})
export type RevenueAmount = Static<typeof RevenueAmount>

const MetricValue = Type.Union([Type.Number(), Type.Null(), RevenueAmount])
export type MetricValue = Static<typeof MetricValue>

const Values = Type.Object({
  dimensions: Type.Array(Type.Union([Type.String(), Type.Number(), Type.Null()])),
  metrics: Type.Array(MetricValue),
})
const ResultRow = Type.Object({
  ...Values.properties,
  comparison: Type.Optional(
    Type.Object({ ...Values.properties, change: Type.Array(Type.Union([Type.Number(), Type.Null()]), { description: 'Percent' }) }),
  ),
})
export type ResultRow = Static<typeof ResultRow>

const Meta = Type.Object({
  time_labels: Type.Optional(Type.Array(Type.String())),
  present_index: Type.Optional(
    Type.Union([Type.Integer(), Type.Null()], { description: 'Where in time_labels this moment is; null where it is in none of them' }),
  ),
  partial_time_labels: Type.Optional(Type.Array(Type.String(), { description: 'Those of time_labels whose week or month the range cuts' })),
  total_rows: Type.Optional(Type.Integer()),
  read_from: Type.Optional(
    Type.Enum(['rollups', 'mixed', 'visits', 'raw'], {
      description: 'With include.read_from: sums of days, sums and rows together, rows of visits only, or rows',
    }),
  ),
  metric_warnings: Type.Optional(Type.Record(Type.String(), Type.Object({ code: Type.String(), warning: Type.String() }))),
})

export const QueryResult = Type.Object(
  {
    results: Type.Array(ResultRow),
    meta: Meta,
    query: Type.Object({
      site_id: Type.String(),
      metrics: Type.Array(Type.String()),
      date_range: Type.Tuple([Type.String(), Type.String()]),
      dimensions: Type.Array(Type.String()),
      filters: Type.Array(Type.Unknown()),
      order_by: Type.Array(Type.Tuple([Type.String(), Type.Enum(['asc', 'desc'])])),
      include: Type.Record(Type.String(), Type.Unknown()),
      pagination: Type.Object({ limit: Type.Integer(), offset: Type.Integer() }),
    }),
  },
  { $id: 'QueryResult' },
)
export type QueryResult = Static<typeof QueryResult>

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
