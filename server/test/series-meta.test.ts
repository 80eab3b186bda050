import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueryBody, QueryResult } from '@footfall/contract/query.ts'
import { EMBEDDED } from './engines.ts'
import { world } from './world.ts'

const w = world(EMBEDDED)
const INCLUDE = { time_labels: true, present_index: true, partial_time_labels: true }

async function meta(question: Partial<QueryBody>) {
  const { status, body } = await w.api('POST', '/api/v2/query', { metrics: ['visitors'], include: INCLUDE, ...question })
  assert.equal(status, 200, JSON.stringify(body))
  return (body as QueryResult).meta
}

/** Now is Wednesday, 2026-06-17, 12:00 in UTC, 17:45 in Kathmandu. */
test('which label is running, and which the range cuts', async () => {
  const { domain: site_id } = await w.site({ timezone: 'Asia/Kathmandu' })
  const june: [string, string] = ['2026-06-03', '2026-06-30']
  const weeks = await meta({ site_id, date_range: june, dimensions: ['time:week'] })
  assert.deepEqual(weeks, {
    time_labels: ['2026-06-03', '2026-06-08', '2026-06-15', '2026-06-22', '2026-06-29'],
    present_index: 2,
    partial_time_labels: ['2026-06-03', '2026-06-29'],
  })
  const months = await meta({ site_id, date_range: ['2026-05-01', '2026-06-29'], dimensions: ['time:month'] })
  assert.deepEqual([months.present_index, months.partial_time_labels], [1, ['2026-06-01']])
  const whole = await meta({ site_id, date_range: ['2026-05-01', '2026-06-30'], dimensions: ['time:month'] })
  assert.deepEqual(whole.partial_time_labels, [])
  const days = await meta({ site_id, date_range: june, dimensions: ['time:day'] })
  assert.deepEqual([days.present_index, days.partial_time_labels], [14, []])
  assert.equal((await meta({ site_id, date_range: 'day', dimensions: ['time:hour'] })).present_index, 17)
  assert.equal((await meta({ site_id, date_range: '7d', dimensions: ['time:day'] })).present_index, null)
})

test('a kept answer moves on with the clock', async () => {
  const { domain: site_id } = await w.site({ timezone: 'Etc/UTC' })
  const question = { site_id, date_range: ['2026-06-17', '2026-06-17'] as [string, string], dimensions: ['time:hour'] }
  assert.equal((await meta(question)).present_index, 12)
  w.now += 3_600_000
  assert.equal((await meta(question)).present_index, 13)
  w.now -= 3_600_000
})

test('both need a time dimension', async () => {
  const { domain: site_id } = await w.site()
  for (const flag of ['present_index', 'partial_time_labels']) {
    const asked = { site_id, metrics: ['visitors'], date_range: 'all', include: { [flag]: true } }
    const { status, body } = await w.api('POST', '/api/v2/query', asked)
    assert.equal(status, 400)
    assert.match(JSON.stringify(body), new RegExp(`include.${flag} needs a time dimension`))
  }
})
