import type { MetricValue, QueryResult, ResultRow } from '@footfall/contract/query.ts'
import type { Metric } from '@footfall/contract/names.ts'
import type { Offsets } from '../lib/zone.ts'
import { zonedText } from '../lib/zone.ts'
import type { Bucket, NoteSource, Question, Row, Source } from '../storage/question.ts'
import { changeOf } from './change.ts'
import { countryName } from './countries.ts'
import type { Grouping } from './dimensions.ts'
import { writeFilter } from './filters.ts'
import { type Label, keysOf, labelText, labelsOf, partialLabels } from './labels.ts'
import { factsOf, isRevenue } from './metrics.ts'
import type { Lookup } from './parts.ts'
import { offsetsOf, planQuestion } from './plan.ts'
import type { Query } from './query.ts'
import { revenueAmount, revenueCurrency, revenueWarnings } from './revenue.ts'

/** Puts a question to the engine. */
export type Ask = (question: Question, note?: NoteSource) => Promise<Row[]>

type Shown = ResultRow['dimensions'][number]

function showDimension(grouping: Grouping, value: string | number, offsets: Offsets): Shown {
  if (grouping.kind === 'time') return labelText(grouping.bucket, Number(value), offsets)
  if (grouping.kind === 'goal') return value
  if (grouping.show === 'number') return /^\d{1,15}$/.test(String(value)) ? Number(value) : value
  return grouping.show === 'country' ? countryName(String(value)) : value
}

function currencyOf(query: Query, dimensions: (string | number)[]): string | null {
  const found = revenueCurrency(query)
  if ('warning' in found) return null
  if (found.currency !== '') return found.currency
  const name = dimensions[query.dimensions.findIndex(({ kind }) => kind === 'goal')]
  return query.goals.find((goal) => goal.display_name === name)?.currency ?? null
}

function showMetric(query: Query, metric: Metric, value: number | null, dimensions: (string | number)[]): MetricValue {
  if (value === null) return null
  const told = value / 10 ** factsOf(metric).digits
  if (!isRevenue(metric)) return told
  const currency = currencyOf(query, dimensions)
  return currency === null ? null : revenueAmount(told, currency)
}

const metricsOf = (query: Query, row: Row): MetricValue[] =>
  query.metrics.map((metric, index) => showMetric(query, metric, row.values[index] ?? null, row.dimensions))

/** The values of a row that the engine did not have. */
const missingRow = (query: Query, dimensions: (string | number)[]): Row => ({
  dimensions,
  values: query.metrics.map((metric) => (isRevenue(metric) && currencyOf(query, dimensions) !== null ? 0 : factsOf(metric).missing)),
  total: 0,
})

/** Labels of the time dimension of a query, if it has one. */
function timeLabels(query: Query, offsets: Offsets): { index: number; bucket: Bucket; labels: Label[] } | null {
  const index = query.dimensions.findIndex(({ kind }) => kind === 'time')
  const time = query.dimensions[index]
  if (time?.kind !== 'time') return null
  return { index, bucket: time.bucket, labels: labelsOf(time.bucket, keysOf(time.bucket, query.range, offsets, query.asked), offsets) }
}

function indexOf(labels: Label[], key: number | null): number | null {
  const index = labels.findIndex((label) => label.key === key)
  return index < 0 ? null : index
}

/** One row for every label: those of the engine where it has them. In the order of the labels unless something else is sorted by. */
function fillLabels(query: Query, rows: Row[], labels: Label[]): Row[] {
  const byKey = new Map(rows.map((row) => [row.dimensions[0], row]))
  const [first] = query.order
  if (first?.by !== query.dimensions[0]?.name)
    return [...rows, ...labels.filter(({ key }) => !byKey.has(key)).map(({ key }) => missingRow(query, [key]))]
  const filled = labels.map(({ key }) => byKey.get(key) ?? missingRow(query, [key]))
  return first?.direction === 'desc' ? filled.toReversed() : filled
}

/** The values on the page, by dimension: the comparison is asked for these only. Times pair by position and are left out. */
function lookupOf(query: Query, rows: Row[]): Lookup {
  const groupings = query.dimensions.map((grouping, index) => ({ grouping, index })).filter(({ grouping }) => grouping.kind !== 'time')
  return new Map(groupings.map(({ index }) => [index, [...new Set(rows.map((row) => String(row.dimensions[index])))]]))
}

interface Compared {
  rows: Row[]
  others: Map<Row, Row>
  earlier: Query
}

async function compare(query: Query, rows: Row[], ask: Ask): Promise<Compared> {
  const earlier: Query = { ...query, range: query.comparison!.range, include: {} }
  const found = await ask(planQuestion(earlier, { lookup: lookupOf(query, rows), page: { limit: 10_000, offset: 0 } }))
  const now = timeLabels(query, offsetsOf(query))
  const then = timeLabels(earlier, offsetsOf(earlier))
  const name = (dimensions: (string | number)[]) => JSON.stringify(dimensions)
  const byName = new Map(found.map((row) => [name(row.dimensions), row]))
  const positions = new Map(now?.labels.map(({ key }, position) => [key, position]))
  const others = rows.flatMap((row): [Row, Row][] => {
    if (!now || !then) return [[row, byName.get(name(row.dimensions)) ?? missingRow(query, row.dimensions)]]
    const label = then.labels[positions.get(Number(row.dimensions[now.index])) ?? -1]
    if (!label) return []
    const dimensions = row.dimensions.with(now.index, label.key)
    return [[row, byName.get(name(dimensions)) ?? missingRow(query, dimensions)]]
  })
  return { rows, others: new Map(others), earlier }
}

function resultRow(query: Query, row: Row, offsets: Offsets): ResultRow {
  return {
    dimensions: query.dimensions.map((grouping, index) => showDimension(grouping, row.dimensions[index]!, offsets)),
    metrics: metricsOf(query, row),
  }
}

/** Rows of the query: its page, or with a comparison over time the page of all labels. */
async function rowsOf(query: Query, labels: Label[] | undefined, ask: Ask): Promise<Row[]> {
  if (!labels) return ask(planQuestion(query))
  const rows = await ask(planQuestion(query, { page: { limit: Math.max(labels.length, 1), offset: 0 } }))
  return fillLabels(query, rows, labels).slice(query.offset, query.offset + query.limit)
}

async function totalRows(query: Query, rows: Row[], labels: Label[] | undefined, ask: Ask): Promise<number> {
  if (labels) return labels.length
  if (rows[0]) return rows[0].total
  // Beyond the last page no row is left to say how many there are.
  const first = query.offset > 0 ? await ask(planQuestion(query, { page: { limit: 1, offset: 0 } })) : []
  return first[0]?.total ?? 0
}

/** What an answer of one or two questions was read from. */
function readFrom(sources: ReadonlySet<Source>): Source {
  const [first] = sources
  if (first && sources.size === 1) return first
  return sources.has('rollups') || sources.has('mixed') ? 'mixed' : 'raw'
}

/** Answers a query: asks the engine, once or (with a comparison) twice, and writes what came in the form of the Stats API. */
export async function answerQuery(query: Query, engine: Ask): Promise<QueryResult> {
  const sources = new Set<Source>()
  const ask: Ask = (question) => engine(question, (source) => void sources.add(source))
  const offsets = offsetsOf(query)
  const { time_labels, present_index, partial_time_labels } = query.include
  const time = time_labels || present_index || partial_time_labels || query.comparison ? timeLabels(query, offsets) : null
  const filled = query.comparison && query.dimensions.length === 1 ? time?.labels : undefined
  const rows = await rowsOf(query, filled, ask)
  const compared = query.comparison ? await compare(query, rows, ask) : null
  const before = compared && offsetsOf(compared.earlier)

  const results = rows.map((row): ResultRow => {
    const result = resultRow(query, row, offsets)
    const other = compared?.others.get(row)
    if (!compared || !before || !other) return result
    const comparison = resultRow(compared.earlier, other, before)
    const change = query.metrics.map((metric, index) => changeOf(metric, result.metrics[index]!, comparison.metrics[index]!))
    return { ...result, comparison: { ...comparison, change } }
  })
  const warnings = revenueWarnings(query)
  return {
    results,
    meta: {
      ...(time_labels && time && { time_labels: time.labels.map(({ text }) => text) }),
      ...(present_index && time && { present_index: indexOf(time.labels, query.present) }),
      ...(partial_time_labels && time && { partial_time_labels: partialLabels(time.bucket, time.labels, query.range, offsets) }),
      ...(query.include.total_rows === true ? { total_rows: await totalRows(query, rows, filled, ask) } : {}),
      ...(query.include.read_from === true ? { read_from: readFrom(sources) } : {}),
      ...(warnings ? { metric_warnings: warnings } : {}),
    },
    query: echo(query),
  }
}

/** The query as it was understood; it can be sent again and gives the same answer. */
function echo(query: Query): QueryResult['query'] {
  const { site, metrics, range, dimensions, written, order, include, limit, offset } = query
  return {
    site_id: site.domain,
    metrics,
    date_range: [zonedText(range.from, site.timezone), zonedText(range.to, site.timezone)],
    dimensions: dimensions.map(({ name }) => name),
    filters: written.map(writeFilter),
    order_by: order.map(({ by, direction }) => [by, direction]),
    include: { ...include },
    pagination: { limit, offset },
  }
}
