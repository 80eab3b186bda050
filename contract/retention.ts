import { Type, type Static } from 'typebox'
import { DateRange, Filters } from './query.ts'

export const RETENTION_PERIODS = ['day', 'week', 'month'] as const
export const RETENTION_VISITORS = ['all', 'identified'] as const
/** A table of more periods has more cells than anybody reads; they grow with the square. */
export const MOST_RETENTION_PERIODS = 100

/** `POST /api/v2/retention`: who was there for the first time in each period, and how many of them came again in the later ones. */
export const RetentionBody = Type.Object(
  {
    site_id: Type.String({ description: 'Domain of the site' }),
    date_range: DateRange,
    period: Type.Enum(RETENTION_PERIODS, { description: 'Weeks begin on Monday' }),
    visitors: Type.Optional(
      Type.Enum(RETENTION_VISITORS, { description: '`identified`: only those whom the site identified (`uid`). Default: all' }),
    ),
    filters: Type.Optional(Filters),
  },
  { additionalProperties: false, $id: 'RetentionBody' },
)
export type RetentionBody = Static<typeof RetentionBody>

export const Cohort = Type.Object({
  cohort: Type.String({ description: 'First day of the period' }),
  visitors: Type.Integer({ description: 'Visitors whose first visit ever began in the period, and within date_range' }),
  returned: Type.Array(Type.Integer(), {
    description: 'How many of them began a visit in the same period (all of them), the next one, the one after, … up to now',
  }),
  rates: Type.Array(Type.Number(), { description: 'The same as percent of visitors, two decimals' }),
})
export type Cohort = Static<typeof Cohort>

export const RetentionResult = Type.Object(
  {
    cohorts: Type.Array(Cohort),
    meta: Type.Object({
      identifies: Type.Boolean({ description: 'Whether the site has the option `identify` now' }),
      note: Type.String({ description: 'What the numbers can say about anonymous visitors' }),
      partial_period: Type.Union([Type.String(), Type.Null()], {
        description: 'The last period, where it is not over or cut by date_range',
      }),
    }),
    query: Type.Object({
      site_id: Type.String(),
      date_range: Type.Tuple([Type.String(), Type.String()]),
      period: Type.Enum(RETENTION_PERIODS),
      visitors: Type.Enum(RETENTION_VISITORS),
      filters: Type.Array(Type.Unknown()),
    }),
  },
  { $id: 'RetentionResult' },
)
export type RetentionResult = Static<typeof RetentionResult>
