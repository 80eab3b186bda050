import assert from 'node:assert/strict'
import { test } from 'node:test'
import { display, duration, exact, short } from './numbers.ts'

test('short numbers never claim more than there was', () => {
  assert.deepEqual(
    [0, 999, 1000, 1234, 12_345, 123_456, 999_999, 1_250_000, 3e9].map((value) => short(value)),
    ['0', '999', '1K', '1.2K', '12.3K', '123K', '999K', '1.2M', '3B'],
  )
})

test('every language shortens its own way', () => {
  assert.equal(short(1234, 'de'), '1234')
  assert.equal(short(1_250_000, 'de').replaceAll(/\s/g, ' '), '1,2 Mio.')
  assert.equal(short(12_345, 'ja'), '1.2万')
})

test('durations', () => {
  assert.deepEqual(
    [0, 59.6, 83, 3600, 3725].map((seconds) => duration(seconds)),
    ['0s', '1m 00s', '1m 23s', '1h 0m', '1h 2m'],
  )
  assert.equal(duration(83, 'de'), '1m 23s')
  assert.equal(duration(83, 'fr').replaceAll(/\s/g, ' '), '1min 23s')
})

test('how fast a page is', () => {
  assert.deepEqual(
    [120.4, 999, 1840].map((value) => display(value, 'milliseconds')),
    ['120ms', '999ms', '1.8s'],
  )
})

test('what was not measured is not zero', () => {
  assert.equal(display(null, 'count'), '–')
  assert.equal(exact(1_234_567, 'count'), '1,234,567')
  assert.equal(exact(1234, 'duration', 'de'), '1.234 Sekunden')
  assert.equal(display(41.25, 'percent'), '41.3%')
  assert.equal(display(41.25, 'percent', 'de').replaceAll(/\s/g, ' '), '41,3 %')
})
