import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barRows, clockText, minuteBars, named, type LiveEvent } from './realtime.ts'

const event = (time: string, page = '/'): LiveEvent => ({
  time: `2026-01-31T${time}+01:00`,
  name: 'pageview',
  page,
  props: {},
  source: 'Google',
  country: 'DE',
  browser: 'Chrome',
  device: 'Desktop',
})

test('an event keeps its name when newer ones come and when the oldest leave, twins too', () => {
  const before = named([event('12:00:02'), event('12:00:01'), event('12:00:01')]).map(({ key }) => key)
  assert.equal(new Set(before).size, 3)
  const after = named([event('12:00:03'), event('12:00:02'), event('12:00:01'), event('12:00:01')]).map(({ key }) => key)
  assert.deepEqual(after.slice(1), before)
})

test('the last minute is now; its bar is measured against the axis', () => {
  const minutes = [3, 0, 5].map((visitors, at) => ({ time: `2026-01-31 12:0${at}:00`, visitors, pageviews: visitors * 2 }))
  assert.deepEqual(
    minuteBars(minutes, 10).map(({ ago, share, pageviews }) => [ago, share, pageviews]),
    [
      [2, 0.3, 6],
      [1, 0, 0],
      [0, 0.5, 10],
    ],
  )
})

test('bars of a list against its largest row; an empty list has none', () => {
  assert.deepEqual(
    barRows([
      { value: '/', visitors: 4 },
      { value: '/a', visitors: 1 },
    ]).map(({ share }) => share),
    [1, 0.25],
  )
  assert.deepEqual(barRows([]), [])
})

test('a time is that of the site, whatever the clock of the browser', () => {
  assert.equal(clockText('2026-01-31T23:59:07+05:45'), '23:59:07')
})
