import type { MetricValue, QueryResult, ResultRow } from '@footfall/contract/query.ts'
import { REPORT_FORMATS, type ReportFormat } from '@footfall/contract/export.ts'
import type { FastifyRequest } from 'fastify'
import { refuse, shown } from '../refuse.ts'
import { type Cell, csvLine } from './csv.ts'

/** Media types by format; the charset is part of what spreadsheets look at. */
export const MEDIA_TYPES = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const satisfies Record<ReportFormat, string>

/**
 * The format that a request asks for: `?format=`, or the first type of `Accept` that there is. JSON otherwise.
 *
 * @throws AppError invalid_query where `format` is another one
 */
export function formatOf({ query, headers }: Pick<FastifyRequest, 'query' | 'headers'>): ReportFormat {
  const asked = (query as { format?: unknown } | undefined)?.format
  if (asked !== undefined) {
    const found = REPORT_FORMATS.find((format) => format === asked)
    if (!found) throw refuse('format', `There is no format ${shown(asked)}; there are ${REPORT_FORMATS.join(', ')}`)
    return found
  }
  const types = (headers.accept ?? '').split(',').map((part) => part.split(';')[0]!.trim().toLowerCase())
  const wanted = types.flatMap((type) => REPORT_FORMATS.find((format) => MEDIA_TYPES[format].startsWith(`${type};`)) ?? [])
  return wanted[0] ?? 'json'
}

/** A value for a table: of a sum of money its number; the currency has a column of its own. */
const plain = (value: MetricValue): number | null => (typeof value === 'object' && value !== null ? value.value : value)
const currency = (values: MetricValue[]): string | null =>
  values.flatMap((value) => (typeof value === 'object' && value !== null ? value.currency : []))[0] ?? null

/** One row as names and values, in the order of the columns. */
function columnsOf({ query, results }: QueryResult): (row: ResultRow) => [string, Cell][] {
  const { metrics, dimensions } = query
  const money = metrics.some((metric) => metric.endsWith('_revenue'))
  const compared = results.some((row) => row.comparison)
  const named = (names: string[], values: Cell[], prefix = '') => names.map((name, index): [string, Cell] => [prefix + name, values[index]])
  return (row) => [
    ...named(dimensions, row.dimensions),
    ...named(metrics, row.metrics.map(plain)),
    ...(money ? [['currency', currency(row.metrics)] as [string, Cell]] : []),
    ...(compared ? named(metrics, row.comparison?.metrics.map(plain) ?? [], 'comparison_') : []),
    ...(compared ? named(metrics, row.comparison?.change ?? [], 'change_') : []),
  ]
}

/** The rows of an answer as CSV with a heading, or as one JSON object a line. */
export function reportText(result: QueryResult, format: Exclude<ReportFormat, 'json'>): string {
  const columns = columnsOf(result)
  if (format === 'ndjson') return result.results.map((row) => `${JSON.stringify(Object.fromEntries(columns(row)))}\n`).join('')
  const heading = columns({ dimensions: [], metrics: [] }).map(([name]) => name)
  return csvLine(heading) + result.results.map((row) => csvLine(columns(row).map(([, value]) => value))).join('')
}
