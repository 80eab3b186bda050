import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rateVital, VITALS } from './vitals.ts'

test('a value is good up to its limit, poor beyond the other, and nothing where it was not measured', () => {
  const lcp = VITALS[0]
  assert.deepEqual(
    [2500, 2501, 4000, 4001, null].map((value) => rateVital(lcp, value)),
    ['good', 'needsWork', 'needsWork', 'poor', null],
  )
})
