import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readZoom, writeZoom, zoomFor, zoomLength } from './zoom.ts'

const RANGE = { from: '2025-03-01', to: '2025-03-28' }

test('a stretch holds its first and last bucket whole', () => {
  assert.deepEqual(zoomFor('2025-03-05', '2025-03-07', 'day', RANGE), { from: '2025-03-05', to: '2025-03-07' })
  assert.deepEqual(zoomFor('2025-03-03', '2025-03-24', 'week', RANGE), { from: '2025-03-03', to: '2025-03-28' })
  assert.deepEqual(zoomFor('2025-03-05 09:00:00', '2025-03-05 12:00:00', 'hour', RANGE), {
    from: '2025-03-05T09:00',
    to: '2025-03-05T12:59',
  })
  assert.deepEqual(zoomFor('2025-03-05 09:10:00', '2025-03-05 09:19:00', 'minute', RANGE), {
    from: '2025-03-05T09:10',
    to: '2025-03-05T09:19',
  })
})

test('its length in days, also where it is a part of one', () => {
  assert.equal(zoomLength({ from: '2025-03-05', to: '2025-03-07' }), 3)
  assert.equal(zoomLength({ from: '2025-03-05T06:00', to: '2025-03-05T11:59' }), 0.25)
})

test('the address is read back, and what makes no sense is not', () => {
  for (const zoom of [
    { from: '2025-03-05', to: '2025-03-07' },
    { from: '2025-03-05T09:00', to: '2025-03-06T12:59' },
  ])
    assert.deepEqual(readZoom(writeZoom(zoom)), zoom)
  for (const broken of [
    '',
    'x..y',
    '2025-03-05',
    '2025-03-07..2025-03-05',
    '2025-02-30..2025-03-01',
    '2025-03-05..2025-03-06T10:00',
    'a..b..c',
  ])
    assert.equal(readZoom(broken), null, broken)
})
