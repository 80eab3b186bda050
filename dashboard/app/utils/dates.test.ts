import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addMonths, clockIn, daysIn, endOfMonth, isDay, offsetIn, zonedTime } from './dates.ts'

test('days are checked against the calendar', () => {
  assert.deepEqual(['2024-02-29', '2025-02-29', '2025-13-01', '2025-1-1', '', null].map(isDay), [true, false, false, false, false, false])
})

test('days and months are added across their ends', () => {
  assert.equal(addDays('2025-12-31', 1), '2026-01-01')
  assert.equal(addDays('2024-03-01', -1), '2024-02-29')
  assert.equal(addMonths('2025-01-31', 1), '2025-02-28')
  assert.equal(addMonths('2025-01-15', -12), '2024-01-15')
  assert.equal(endOfMonth('2024-02-10'), '2024-02-29')
  assert.equal(daysIn('2025-03-29', '2025-03-31'), 3)
})

test('a clock shows the site’s day and hour, not the browser’s', () => {
  const instant = new Date('2025-06-30T18:30:00Z')
  assert.deepEqual(clockIn('Asia/Kathmandu', instant), { day: '2025-07-01', hour: 0, minute: 15 })
  assert.deepEqual(clockIn('America/New_York', instant), { day: '2025-06-30', hour: 14, minute: 30 })
})

test('offsets, also where they are no whole hours or zero', () => {
  const instant = new Date('2025-06-30T18:30:00Z')
  assert.deepEqual(
    ['Asia/Kathmandu', 'Etc/UTC', 'America/St_Johns'].map((zone) => offsetIn(zone, instant)),
    ['+05:45', '+00:00', '-02:30'],
  )
})

test('a local time gets the offset of that moment, on both sides of a clock change', () => {
  assert.equal(zonedTime('2025-03-30', '01:00:00', 'Europe/Berlin'), '2025-03-30T01:00:00+01:00')
  assert.equal(zonedTime('2025-03-30', '03:00:00', 'Europe/Berlin'), '2025-03-30T03:00:00+02:00')
  assert.equal(zonedTime('2025-11-02', '12:00:00', 'America/New_York'), '2025-11-02T12:00:00-05:00')
})
