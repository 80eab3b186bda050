import assert from 'node:assert/strict'
import type { QueryResult, ResultRow } from '@footfall/contract/query.ts'
import { factsOf, isRevenue } from '../../src/query/metrics.ts'
import type { Query } from '../../src/query/query.ts'
import { zonedText } from '../../src/lib/zone.ts'
import { writeFilter } from '../../src/query/filters.ts'
import { type Expected, secondsOf } from './cases.ts'

type Json = unknown

const isRecord = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Makes an answer comparable: texts of amounts are for people, and `*` is not pinned. */
function alike(actual: Json, expected: Json): boolean {
  if (expected === '*') return true
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((item, index) => alike(actual[index], item))
  }
  if (!isRecord(expected)) return actual === expected
  if (!isRecord(actual)) return false
  const keys = Object.keys(expected).filter((key) => key !== 'short' && key !== 'long')
  return keys.every((key) => alike(actual[key], expected[key]))
}

function same(actual: Json, expected: Json, what: string): void {
  if (!alike(actual, expected)) assert.deepEqual(actual, expected, what)
}

/** Rows that are equal in every order key may come in any order. */
function sameRows(actual: ResultRow[], expected: Json[], query: Query): void {
  assert.equal(actual.length, expected.length, `rows: ${JSON.stringify(actual.map(({ dimensions, metrics }) => [dimensions, metrics]))}`)
  const keyOf = (row: ResultRow) =>
    JSON.stringify(
      query.order.map(({ by }) => {
        const metric = query.metrics.findIndex((name) => name === by)
        return metric >= 0 ? row.metrics[metric] : row.dimensions[query.dimensions.findIndex(({ name }) => name === by)]
      }),
    )
  const left = [...actual]
  for (const [index, row] of expected.entries()) {
    const found = left.findIndex((candidate) => keyOf(candidate) === keyOf(actual[index]!) && alike(candidate, row))
    if (found < 0) assert.deepEqual(actual, expected, `row ${index}`)
    left.splice(found, 1)
  }
}

/** Every bucket of a time series, made up where the answer has none. */
function filledRows(result: QueryResult, query: Query): ResultRow[] {
  const rows = new Map(result.results.map((row) => [row.dimensions[0], row]))
  const metrics = query.metrics.map((metric) =>
    isRevenue(metric) ? { value: 0, currency: query.goals.find((goal) => goal.currency)?.currency } : factsOf(metric).missing,
  )
  return (result.meta.time_labels ?? []).map((label) => rows.get(label) ?? ({ dimensions: [label], metrics } as ResultRow))
}

function compareFilled(result: QueryResult, expected: NonNullable<Expected['filled']>, query: Query): void {
  const rows = filledRows(result, query)
  if (expected.length !== undefined) assert.equal(rows.length, expected.length, 'number of buckets')
  if (expected.complete) same(rows, expected.rows, 'every bucket')
  else
    for (const row of expected.rows)
      assert.ok(
        rows.some((each) => alike(each, row)),
        `no ${JSON.stringify(row)} in ${JSON.stringify(result.results)}`,
      )
  if (expected.sum !== undefined)
    assert.equal(
      rows.reduce((sum, row) => sum + Number(row.metrics[0]), 0),
      expected.sum,
      'sum',
    )
}

const at = <Item>(list: Item[], index: string): Item | undefined => list.at(Number(index))
const path = (value: Json, keys: string): Json =>
  keys.split('.').reduce<Json>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value)

/** Compares an answer with everything that a case pins. */
export function compareAnswer(result: QueryResult, query: Query, expected: Expected): void {
  const labels = result.meta.time_labels ?? []
  if (expected.results) sameRows(result.results, expected.results, query)
  for (const row of expected.contains ?? [])
    assert.ok(
      result.results.some((each) => alike(each, row)),
      `no ${JSON.stringify(row)}`,
    )
  if (expected.length !== undefined) assert.equal(result.results.length, expected.length)
  for (const [index, values] of Object.entries(expected.results_at ?? {})) {
    for (const [keys, value] of Object.entries(values)) same(path(at(result.results, index), keys), value, `row ${index} ${keys}`)
  }
  if (expected.filled) compareFilled(result, expected.filled, query)
  if (expected.time_labels_len !== undefined) assert.equal(labels.length, expected.time_labels_len, 'number of labels')
  for (const [index, label] of Object.entries(expected.time_labels_at ?? {})) assert.equal(at(labels, index), label, `label ${index}`)
  if (expected.meta) same(result.meta, expected.meta, 'meta')
  if (expected.query) same(result.query, expected.query, 'query')
  for (const key of expected.meta_absent ?? []) assert.ok(!(key in result.meta), `meta has ${key}`)
  if (expected.parsed) compareParsed(query, expected.parsed)
}

function compareParsed(query: Query, { date_range_utc: range, ...rest }: Record<string, Json>): void {
  if (Array.isArray(range))
    assert.deepEqual(
      [query.range.from, query.range.to],
      range.map((time) => secondsOf(String(time))),
      zonedText(query.range.from, 'UTC'),
    )
  const parsed = {
    pagination: { limit: query.limit, offset: query.offset },
    filters: query.filters.map(writeFilter),
    order_by: query.order.map(({ by, direction }) => [by, direction]),
  }
  same(parsed, rest, 'parsed')
}
