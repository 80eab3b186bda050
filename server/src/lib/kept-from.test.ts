import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptFrom, nextMidnight } from './kept-from.ts'

const seconds = (text: string) => Date.parse(text) / 1000

const CASES: [months: number, timezone: string, now: string, day: string, second: string][] = [
  [1, 'Etc/UTC', '2026-06-17T12:00:00Z', '2026-05-01', '2026-05-01T00:00:00Z'],
  [1, 'Etc/UTC', '2026-03-31T23:59:59Z', '2026-02-01', '2026-02-01T00:00:00Z'],
  [1, 'Etc/UTC', '2026-04-01T00:00:00Z', '2026-03-01', '2026-03-01T00:00:00Z'],
  [14, 'Europe/Berlin', '2026-06-17T12:00:00Z', '2025-04-01', '2025-03-31T22:00:00Z'],
  // There it is July already.
  [1, 'Pacific/Kiritimati', '2026-06-30T10:00:00Z', '2026-06-01', '2026-05-31T10:00:00Z'],
  // That day began at one o'clock: the clocks went forward at midnight.
  [2, 'Africa/Cairo', '2014-10-20T12:00:00Z', '2014-08-01', '2014-07-31T22:00:00Z'],
]
for (const [months, timezone, now, day, second] of CASES) {
  test(`${months} months in ${timezone} at ${now} begin on ${day}`, () => {
    const kept = keptFrom(months, timezone, seconds(now))
    assert.deepEqual([kept.day.toString(), kept.second], [day, seconds(second)])
  })
}

test('the next midnight is that of the zone, on days of 23 hours too', () => {
  assert.equal(nextMidnight('Europe/Berlin', seconds('2026-03-28T23:30:00Z')), seconds('2026-03-29T22:00:00Z'))
  assert.equal(nextMidnight('Asia/Kathmandu', seconds('2026-06-17T18:14:59Z')), seconds('2026-06-17T18:15:00Z'))
  assert.equal(nextMidnight('Asia/Kathmandu', seconds('2026-06-17T18:15:00Z')), seconds('2026-06-18T18:15:00Z'))
})
