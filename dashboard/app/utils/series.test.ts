import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueryResult } from '@footfall/contract/query.ts'
import { toPoints } from './series.ts'

function result(metrics: string[], rows: [string, ...(number | null)[]][], labels?: string[]): QueryResult {
  return {
    results: rows.map(([label, ...values]) => ({ dimensions: [label], metrics: values })),
    meta: labels ? { time_labels: labels } : {},
    query: {
      site_id: 'example.com',
      metrics,
      date_range: ['', ''],
      dimensions: [],
      filters: [],
      order_by: [],
      include: {},
      pagination: { limit: 1, offset: 0 },
    },
  }
}
const LATER = { day: '2030-01-01', hour: 0, minute: 0 }

test('buckets without data are filled: counts with 0, what was not measured with null', () => {
  const labels = ['2025-03-01', '2025-03-02', '2025-03-03']
  const answer = result(['visitors', 'visit_duration'], [['2025-03-02', 5, 60]], labels)
  const values = (metric: string) => toPoints(answer, metric, 'day', LATER).map(({ value }) => value)
  assert.deepEqual(values('visitors'), [0, 5, 0])
  assert.deepEqual(values('visit_duration'), [null, 60, null])
})

test('the hour that a clock change repeats pairs up in order', () => {
  const labels = ['2025-10-26 01:00:00', '2025-10-26 02:00:00', '2025-10-26 02:00:00', '2025-10-26 03:00:00']
  const answer = result(
    ['visitors'],
    [
      ['2025-10-26 02:00:00', 3],
      ['2025-10-26 02:00:00', 4],
    ],
    labels,
  )
  assert.deepEqual(
    toPoints(answer, 'visitors', 'hour', LATER).map(({ value }) => value),
    [0, 3, 4, 0],
  )
})

test('the open bucket is partial, those to come are left out, rows outside the range too', () => {
  const labels = ['2025-03-13', '2025-03-14', '2025-03-15']
  const answer = result(
    ['visitors'],
    [
      ['2025-03-12', 9],
      ['2025-03-13', 1],
      ['2025-03-14', 2],
    ],
    labels,
  )
  assert.deepEqual(toPoints(answer, 'visitors', 'day', { day: '2025-03-14', hour: 9, minute: 0 }), [
    { label: '2025-03-13', value: 1, partial: false, before: null },
    { label: '2025-03-14', value: 2, partial: true, before: null },
  ])
})

test('an answer without labels keeps its rows, money its value', () => {
  const answer = result(['total_revenue'], [['2025-03-01', null]])
  const [row] = answer.results
  assert.ok(row)
  row.metrics = [{ value: 12.5, currency: 'EUR', short: '€12.5', long: '€12.50' }]
  assert.deepEqual(toPoints(answer, 'total_revenue', 'day', LATER), [{ label: '2025-03-01', value: 12.5, partial: false, before: null }])
})

test('a point knows what it is compared with', () => {
  const answer = result(['visitors'], [['2025-03-01', 4]], ['2025-03-01', '2025-03-02'])
  answer.results[0]!.comparison = { dimensions: ['2025-02-27'], metrics: [9], change: [-56] }
  const [first, second] = toPoints(answer, 'visitors', 'day', LATER)
  assert.deepEqual(first?.before, { label: '2025-02-27', value: 9, change: -56 })
  assert.equal(second?.before, null)
})
