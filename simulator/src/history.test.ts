import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { ImportLine } from '@footfall/contract/import.ts'
import { Compile } from 'typebox/compile'
import { seedLines } from './history.ts'
import { DAY, HOUR } from './rhythm.ts'
import { SITES } from './sites.ts'

const NOW = Date.UTC(2026, 10, 24, 10, 20)
const [NORTHWIND] = SITES
const line = Compile(ImportLine)

for (const profile of SITES) {
  test(`${profile.domain}: lines fit the import format, stand in order of time and inside the window`, () => {
    const options = { days: 30, events: 20_000, now: NOW }
    const ids = new Set<string>()
    let count = 0
    let last = 0
    for (const text of seedLines(profile, options)) {
      const parsed: unknown = JSON.parse(text)
      assert.ok(line.Check(parsed), `${text}: ${JSON.stringify(line.Errors(parsed))}`)
      const at = Date.parse(parsed.timestamp)
      assert.ok(at >= last, 'in order')
      assert.ok(at < NOW && at >= NOW - 30 * DAY - HOUR, 'inside the window')
      assert.ok(parsed.id !== undefined)
      assert.ok(!/[\r\n]/.test(text))
      ids.add(parsed.id)
      last = at
      count++
    }
    assert.equal(ids.size, count, 'every line has an id of its own')
    assert.ok(Math.abs(count / options.events - 1) < 0.06, `expected about ${options.events} lines, got ${count}`)
  })
}

test('the same seed makes the same bytes, another one others', () => {
  const digest = (seedNumber: number) => {
    const hash = createHash('sha256')
    for (const text of seedLines(NORTHWIND!, { days: 7, events: 3000, seedNumber, now: NOW })) hash.update(`${text}\n`)
    return hash.digest('hex')
  }
  assert.equal(digest(1), digest(1))
  assert.notEqual(digest(1), digest(2))
})

test('a day later the shared hours have the same ids, so nothing counts twice', () => {
  const options = { days: 60, events: 30_000 }
  const idsOf = (now: number, from: number, to: number) => {
    const events = new Map<string, string>()
    for (const text of seedLines(NORTHWIND!, { ...options, now })) {
      const { id, timestamp } = JSON.parse(text) as { id: string; timestamp: string }
      if (Date.parse(timestamp) >= from && Date.parse(timestamp) < to) events.set(id, timestamp)
    }
    return events
  }
  const [from, to] = [NOW - 8 * DAY, NOW - HOUR]
  const today = idsOf(NOW, from, to)
  const tomorrow = idsOf(NOW + DAY, from, to)
  // Growth shifts a few visits in or out; who is in both is the same to the millisecond.
  const shared = [...today].filter(([id, timestamp]) => tomorrow.get(id) === timestamp).length
  assert.ok(shared > 0.9 * Math.max(today.size, tomorrow.size), `${shared} of ${today.size} and ${tomorrow.size}`)
  for (const [id, timestamp] of today) if (tomorrow.has(id)) assert.equal(tomorrow.get(id), timestamp)
})

test('visitors come back within a day, and a visitor lasts one day of the site', () => {
  const visits = new Map<string, number[]>()
  for (const text of seedLines(NORTHWIND!, { days: 20, events: 20_000, now: NOW })) {
    const { visitor, timestamp } = JSON.parse(text) as { visitor: string; timestamp: string }
    visits.set(visitor, [...(visits.get(visitor) ?? []), Date.parse(timestamp)])
  }
  const spans = [...visits.values()].map((times) => Math.max(...times) - Math.min(...times))
  const returned = spans.filter((span) => span > 2 * HOUR).length / spans.length
  assert.ok(returned > 0.03 && returned < 0.25, `came back within the day: ${returned}`)
  // A visit that begins before midnight may end after it.
  assert.ok(Math.max(...spans) < DAY + 6 * HOUR)
})
