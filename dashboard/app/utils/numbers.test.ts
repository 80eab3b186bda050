import assert from 'node:assert/strict'
import { test } from 'node:test'
import { display, duration, exact, short } from './numbers.ts'

test('short numbers never claim more than there was', () => {
  assert.deepEqual([0, 999, 1000, 1234, 12_345, 123_456, 999_999, 1_250_000, 3e9].map(short), [
    '0',
    '999',
    '1k',
    '1.2k',
    '12.3k',
    '123k',
    '999k',
    '1.2M',
    '3B',
  ])
})

test('durations', () => {
  assert.deepEqual([0, 59.6, 83, 3600, 3725].map(duration), ['0s', '1m 00s', '1m 23s', '1h 0m', '1h 2m'])
})

test('what was not measured is not zero', () => {
  assert.equal(display(null, 'count'), '–')
  assert.equal(exact(null, 'duration'), 'Not measured')
  assert.equal(exact(1_234_567, 'count'), '1,234,567')
  assert.equal(display(41.25, 'percent'), '41.3%')
})
