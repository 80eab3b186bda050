import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axisText, bucketText, dayText, daysText, periodText } from './date-text.ts'

test('days and ranges as people write them', () => {
  assert.match(dayText('2026-03-05'), /^Thursday,? 5 March 2026$/)
  assert.equal(daysText('2026-02-01', '2026-02-28'), 'February 2026')
  assert.match(daysText('2026-02-02', '2026-02-05'), /^2\s?[–-]\s?5 Feb 2026$/)
  assert.equal(periodText({ key: '28d' }), 'Last 28 days')
})

test('buckets under the axis and in the tooltip', () => {
  assert.equal(axisText('2026-03-05 07:00:00', 'hour'), '07:00')
  assert.equal(axisText('2026-03-05', 'day'), '5 Mar')
  assert.equal(bucketText('2026-03-02', 'week'), 'Week of 2 Mar 2026')
  assert.equal(bucketText('2026-03-01', 'month'), 'March 2026')
})
