import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { bucketDays, bucketState, defaultInterval, intervalsFor } from './interval.ts'

test('what fits a range includes what it starts with, for any length', () => {
  fc.assert(fc.property(fc.double({ min: 0.001, max: 20_000, noNaN: true }), (days) => intervalsFor(days).includes(defaultInterval(days))))
})

test('buckets end with their week and month, cut to the range', () => {
  assert.deepEqual(bucketDays('2025-03-12', 'week'), { from: '2025-03-12', to: '2025-03-16' })
  assert.deepEqual(bucketDays('2025-02-01', 'month'), { from: '2025-02-01', to: '2025-02-28' })
  assert.deepEqual(bucketDays('2025-02-01', 'month', { from: '2025-02-10', to: '2025-02-20' }), { from: '2025-02-10', to: '2025-02-20' })
  assert.deepEqual(bucketDays('2025-03-12 13:00:00', 'hour'), { from: '2025-03-12', to: '2025-03-12' })
})

test('a bucket is over, open or to come by the clock of the site', () => {
  const clock = { day: '2025-03-12', hour: 13, minute: 30 }
  assert.deepEqual(
    ['2025-03-12 12:00:00', '2025-03-12 13:00:00', '2025-03-12 14:00:00'].map((label) => bucketState(label, 'hour', clock)),
    ['past', 'now', 'future'],
  )
  assert.deepEqual(
    ['2025-03-12 13:29:00', '2025-03-12 13:30:00', '2025-03-12 13:31:00'].map((label) => bucketState(label, 'minute', clock)),
    ['past', 'now', 'future'],
  )
  assert.deepEqual(
    ['2025-03-03', '2025-03-10', '2025-03-17'].map((label) => bucketState(label, 'week', clock)),
    ['past', 'now', 'future'],
  )
  assert.equal(bucketState('2025-03-01', 'month', clock), 'now')
})
