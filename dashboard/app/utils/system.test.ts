import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { System } from '@footfall/contract/system.ts'
import { bytesText, meters, parts, uptimeText } from './system.ts'

const system: System = {
  version: '1.2.3',
  node: 'v26.0.0',
  started_at: '2026-01-01T00:00:00Z',
  uptime_seconds: 90_061,
  memory_bytes: 123_456_789,
  events: { engine: 'clickhouse', version: '26.5' },
  metadata: { kind: 'sqlite', users: 1, sites: 2 },
  cache: { kind: 'redis', ok: false },
  journal: { bytes: 0, limit_bytes: 1e9, segments: 1 },
  disk: { free_bytes: 5e9, total_bytes: 100e9 },
  set_aside: [],
  erasing: [],
}

test('bytes in the unit that reads best, as the language writes it', () => {
  assert.deepEqual(
    [0, 999, 1000, 1_540_000, 123_456_789, 5e15].map((each) => bytesText(each)),
    ['0 kB', '1 kB', '1 kB', '1.5 MB', '123 MB', '5,000 TB'],
  )
  assert.equal(bytesText(1_540_000, 'de'), '1,5 MB')
})

test('the two largest units of a time', () => {
  assert.deepEqual(
    [20, 61, 3600, 90_061].map((each) => uptimeText(each)),
    ['0 minutes', '1 minute', '1 hour 0 minutes', '1 day 1 hour'],
  )
})

test('a part that does not answer has no value; a full disk is worrying, an empty journal is not', () => {
  assert.equal(parts(system, 'en').find(({ text }) => text === 'cache')?.value, null)
  assert.equal(parts(system, 'en').find(({ text }) => text === 'events')?.value, 'clickhouse 26.5')
  assert.deepEqual(
    meters(system).map(({ worrying }) => worrying),
    [false, true],
  )
})
