import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImportProgress } from '@footfall/contract/import.ts'
import { importShare, isUnderWay, linesToStore, storedNothing, unlisted } from './imports.ts'

const progress = (given: Partial<ImportProgress> = {}): ImportProgress => ({
  id: 'x',
  state: 'storing',
  started_at: '2026-06-17T12:00:00Z',
  finished_at: null,
  read_bytes: 1000,
  read_lines: 12,
  stored_lines: 5,
  accepted: 4,
  duplicates: 1,
  rejected: [{ line: 3, errors: ['is not valid JSON'] }],
  rejected_total: 2,
  error: null,
  ...given,
})

test('how much is stored, of the lines that were not refused', () => {
  assert.equal(linesToStore(progress()), 10)
  assert.equal(importShare(progress()), 0.5)
  assert.equal(importShare(progress({ state: 'reading', stored_lines: 0 })), null)
  assert.equal(importShare(progress({ read_lines: 2, stored_lines: 0 })), 1)
})

test('what is listed, what is over, and what left nothing behind', () => {
  assert.equal(unlisted(progress()), 1)
  assert.deepEqual([isUnderWay(progress()), isUnderWay(progress({ finished_at: '2026-06-17T12:00:01Z' }))], [true, false])
  assert.equal(storedNothing(progress({ state: 'failed' })), false)
  assert.equal(storedNothing(progress({ state: 'failed', accepted: 0, duplicates: 0, stored_lines: 0 })), true)
})
