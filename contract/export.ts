import { Type, type Static } from 'typebox'

/** Forms in which an answer of `POST /api/v2/query` is written. */
export const REPORT_FORMATS = ['json', 'csv', 'ndjson'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]
export const ReportQuery = Type.Object({
  format: Type.Optional(
    Type.Enum(REPORT_FORMATS, { description: 'Instead of an Accept header: application/json, text/csv, application/x-ndjson' }),
  ),
})

/** Forms in which single events are exported. */
export const EXPORT_FORMATS = ['ndjson', 'csv', 'parquet'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** `GET /api/v1/sites/DOMAIN/export`. */
export const ExportQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum(EXPORT_FORMATS, { default: 'ndjson', description: 'ndjson is the form that the import takes' })),
    date_range: Type.Optional(
      Type.String({ maxLength: 100, default: 'all', description: '28d, month, all …, or two dates with a comma: 2026-01-01,2026-01-31' }),
    ),
  },
  { additionalProperties: false },
)
export type ExportQuery = Static<typeof ExportQuery>
