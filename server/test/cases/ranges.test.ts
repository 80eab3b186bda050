import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Bucket } from '../../src/storage/question.ts'
import { dayStart, offsetsBetween } from '../../src/lib/zone.ts'
import { comparisonRange, readComparison } from '../../src/query/comparison.ts'
import { keysOf, labelsOf } from '../../src/query/labels.ts'
import { type RangeContext, readDate, readDateRange, resolveRange } from '../../src/query/ranges.ts'
import { type RangeCase, rangeCases, secondsOf } from './cases.ts'
import { UNMET } from './unmet.ts'

function check(each: RangeCase): void {
  const { timezone, stats_start_date: start } = each.site
  const context: RangeContext = {
    now: secondsOf(each.now),
    timezone,
    today: readDate(each.date),
    firstAt: start === undefined ? null : dayStart(Temporal.PlainDate.from(start), timezone),
  }
  const asked = readDateRange(each.date_range, { internal: true })
  const range = resolveRange(asked, context)
  if (each.kind === 'time_labels') {
    const bucket = each.dimension!.slice('time:'.length) as Bucket
    const offsets = offsetsBetween(timezone, range.from, range.to)
    const labels = labelsOf(bucket, keysOf(bucket, range, offsets, asked), offsets)
    assert.deepEqual(
      labels.map(({ text }) => text),
      each.expect_labels,
    )
    return
  }
  const told = each.kind === 'comparison' ? comparisonRange(readComparison(each.comparisons), range, asked, context) : range
  const text = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
  assert.deepEqual([text(told.from), text(told.to)], each.expect_utc)
}

const reasonOf = new Map(UNMET.map(({ id, reason }) => [id, reason]))

describe('shared range cases', () => {
  for (const each of rangeCases()) {
    const reason = reasonOf.get(each.id)
    it(`${each.id}: ${each.what}${reason === undefined ? '' : ` (differs: ${reason})`}`, () => {
      if (reason === undefined) check(each)
      else assert.throws(() => check(each), Error, 'this case is met now: take it off the list')
    })
  }
})
