import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dateOf, dayEnd, dayStart, localSeconds, offsetsBetween } from '../lib/zone.ts'
import type { Bucket } from '../storage/question.ts'
import { keyOf, keysOf, labelsOf } from './labels.ts'

/** Zones with something odd: three-quarter hours, midnight clock changes, half-hour changes, a whole day left out. */
const ZONES = [
  'Etc/UTC',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'America/Havana',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Pacific/Chatham',
  'Africa/Casablanca',
]
const BUCKETS: Bucket[] = ['hour', 'day', 'week', 'month']
const zone = fc.constantFrom(...ZONES)
const start = fc.integer({ min: Date.UTC(2012, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 })

function labels(timezone: string, bucket: Bucket, from: number, to: number) {
  const offsets = offsetsBetween(timezone, from, to)
  return { offsets, list: labelsOf(bucket, keysOf(bucket, { from, to }, offsets, { kind: 'instants', from, to }), offsets) }
}

const hours = (timezone: string, date: string) => {
  const day = Temporal.PlainDate.from(date)
  return labels(timezone, 'hour', dayStart(day, timezone), dayEnd(day, timezone)).list.map(({ text }) => text.slice(11, 16))
}

describe('time labels', () => {
  it('cover the range: the bucket of every moment is there', () => {
    fc.assert(
      fc.property(
        zone,
        fc.constantFrom(...BUCKETS),
        start,
        fc.integer({ min: 0, max: 60 * 86_400 }),
        fc.nat(),
        (timezone, bucket, from, length, within) => {
          const { offsets, list } = labels(timezone, bucket, from, from + length)
          const key = keyOf(bucket, from + (within % (length + 1)), offsets, list[0]!.key)
          assert.ok(
            list.some((label) => label.key === key),
            `${timezone} ${bucket} ${key}`,
          )
        },
      ),
    )
  })

  it('are in order, each once', () => {
    fc.assert(
      fc.property(zone, fc.constantFrom(...BUCKETS), start, fc.integer({ min: 0, max: 60 * 86_400 }), (timezone, bucket, from, length) => {
        const keys = labels(timezone, bucket, from, from + length).list.map(({ key }) => key)
        assert.deepEqual(
          keys,
          [...new Set(keys)].toSorted((a, b) => a - b),
        )
      }),
    )
  })

  it('have the hours that the clocks of a zone show', () => {
    assert.equal(hours('Asia/Kathmandu', '2024-05-01').length, 24)
    assert.deepEqual(hours('Europe/Berlin', '2024-03-31').slice(0, 4), ['00:00', '01:00', '03:00', '04:00'])
    assert.deepEqual(hours('Europe/Berlin', '2024-10-27').slice(1, 5), ['01:00', '02:00', '02:00', '03:00'])
    // Midnight comes twice: the day begins with the second one.
    assert.deepEqual(hours('America/Havana', '2023-11-05').slice(0, 2), ['00:00', '01:00'])
    // Midnight does not exist.
    assert.equal(hours('Africa/Cairo', '2024-04-26')[0], '01:00')
    // Half an hour is repeated: from 01:30 to 02:00.
    assert.deepEqual(hours('Australia/Lord_Howe', '2024-04-07').slice(0, 4), ['00:00', '01:00', '01:00', '02:00'])
  })

  it('agree with the date that the zone itself gives', () => {
    fc.assert(
      fc.property(zone, start, (timezone, instant) => {
        const offsets = offsetsBetween(timezone, instant - 86_400, instant)
        const date = new Date(localSeconds(instant, offsets) * 1000).toISOString().slice(0, 10)
        assert.equal(date, dateOf(instant, timezone).toString())
      }),
    )
  })
})
