import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateRangeOf, daysOf, neighbour, parsePeriod, periodFor, PERIODS, type Period } from './period.ts'

const TODAY = '2025-03-14'
const days = (key: Period['key']) => daysOf({ key } as Period, TODAY)

test('named periods as the Stats API means them: full days before today', () => {
  assert.deepEqual(days('7d'), { from: '2025-03-07', to: '2025-03-13' })
  assert.deepEqual(days('yesterday'), { from: '2025-03-13', to: '2025-03-13' })
  assert.deepEqual(days('month'), { from: '2025-03-01', to: '2025-03-14' })
  assert.deepEqual(days('last_month'), { from: '2025-02-01', to: '2025-02-28' })
  assert.deepEqual(days('12mo'), { from: '2024-03-01', to: '2025-02-28' })
  assert.deepEqual(days('year'), { from: '2025-01-01', to: '2025-03-14' })
  assert.equal(days('all'), null)
  assert.equal(days('24h'), null)
})

test('every period becomes a date range', () => {
  const asked = Object.fromEntries(PERIODS.map(({ key }) => [key, dateRangeOf({ key }, TODAY)]))
  assert.deepEqual(asked, {
    today: 'day',
    yesterday: ['2025-03-13', '2025-03-13'],
    '24h': '24h',
    '7d': '7d',
    '28d': '28d',
    '30d': '30d',
    '91d': '91d',
    month: ['2025-03-01', '2025-03-14'],
    last_month: ['2025-02-01', '2025-02-28'],
    '12mo': '12mo',
    year: ['2025-01-01', '2025-03-14'],
    all: 'all',
  })
})

test('arrows move by the length of the period', () => {
  assert.deepEqual(neighbour({ key: '7d' }, -1, TODAY), { key: 'custom', from: '2025-02-28', to: '2025-03-06' })
  assert.deepEqual(neighbour({ key: 'today' }, -1, TODAY), { key: 'yesterday' })
  assert.deepEqual(neighbour({ key: 'yesterday' }, 1, TODAY), { key: 'today' })
  assert.equal(neighbour({ key: 'today' }, 1, TODAY), null)
  assert.equal(neighbour({ key: 'all' }, -1, TODAY), null)
})

test('whole months move by months, years by years, and never into the future', () => {
  assert.deepEqual(neighbour({ key: 'month' }, -1, TODAY), { key: 'last_month' })
  assert.deepEqual(neighbour({ key: 'last_month' }, -1, TODAY), { key: 'custom', from: '2025-01-01', to: '2025-01-31' })
  assert.deepEqual(neighbour({ key: 'last_month' }, 1, TODAY), { key: 'month' })
  assert.deepEqual(neighbour({ key: 'year' }, -1, TODAY), { key: 'custom', from: '2024-01-01', to: '2024-12-31' })
  assert.deepEqual(neighbour({ key: 'custom', from: '2024-01-01', to: '2024-12-31' }, 1, TODAY), { key: 'year' })
  assert.equal(neighbour({ key: 'month' }, 1, TODAY), null)
})

test('chosen days go by their name where they have one', () => {
  assert.deepEqual(periodFor('2025-03-14', '2025-03-14', TODAY), { key: 'today' })
  assert.deepEqual(periodFor('2025-03-02', '2025-03-04', TODAY), { key: 'custom', from: '2025-03-02', to: '2025-03-04' })
})

test('addresses: what makes no sense is refused, a reversed range is turned', () => {
  assert.deepEqual(parsePeriod('7d', undefined, undefined), { key: '7d' })
  assert.deepEqual(parsePeriod('custom', '2025-03-04', '2025-03-02'), { key: 'custom', from: '2025-03-02', to: '2025-03-04' })
  assert.equal(parsePeriod('custom', '2025-02-30', '2025-03-02'), null)
  assert.equal(parsePeriod('toString', undefined, undefined), null)
})
