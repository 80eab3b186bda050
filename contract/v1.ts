import { Type, type Static } from 'typebox'

/** Plausible's Stats API v1. Parameters that are not here (`with_imported`) are let pass, as there. */
export const V1Query = Type.Object(
  {
    site_id: Type.Optional(Type.String({ maxLength: 300, description: 'Domain of the site' })),
    period: Type.Optional(Type.String({ maxLength: 20, description: 'day, 7d, 30d (the default), month, 6mo, 12mo or custom' })),
    date: Type.Optional(Type.String({ maxLength: 50, description: 'Day that the period goes up to; with custom: from,to' })),
    metrics: Type.Optional(Type.String({ maxLength: 500, description: 'With commas between. Default: visitors' })),
    filters: Type.Optional(
      Type.String({
        maxLength: 8000,
        description: 'visit:source==Google;event:page!=/x*;visit:country==DE|FR (also ~ and !~ for contains), or filters of v2 as JSON',
      }),
    ),
    property: Type.Optional(Type.String({ maxLength: 320, description: 'breakdown: what to list, as in event:page' })),
    interval: Type.Optional(Type.String({ maxLength: 20, description: 'timeseries: date, month, hour or week' })),
    limit: Type.Optional(Type.String({ maxLength: 20, description: 'breakdown: 1 to 1000, by default 100' })),
    page: Type.Optional(Type.String({ maxLength: 20, description: 'breakdown: from 1 on' })),
    compare: Type.Optional(Type.String({ maxLength: 30, description: 'aggregate: previous_period or year_over_year' })),
  },
  { $id: 'V1Query' },
)
export type V1Query = Static<typeof V1Query>

/** `{"results": {"visitors": {"value": 12, "change": 50}}}` */
export const V1Aggregate = Type.Object(
  {
    results: Type.Record(
      Type.String(),
      Type.Object({ value: Type.Unknown(), change: Type.Optional(Type.Union([Type.Number(), Type.Null()])) }),
    ),
  },
  { $id: 'V1Aggregate' },
)

/** `{"results": [{"date": "2026-01-01", "visitors": 12}]}`, or with the property in place of the date. */
export const V1Rows = Type.Object({ results: Type.Array(Type.Record(Type.String(), Type.Unknown())) }, { $id: 'V1Rows' })
