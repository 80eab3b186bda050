import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { changeOf } from './change.ts'

describe('changeOf', () => {
  const cases: [Parameters<typeof changeOf>, number | null][] = [
    [['visitors', 3, 1], 200],
    [['visitors', 1, 3], -67],
    [['visitors', 9, 8], 13],
    [['visitors', 7, 8], -13],
    [['visitors', 1, 0], 100],
    [['visitors', 0, 0], 0],
    [['visitors', 0, 4], -100],
    [['visit_duration', 5, null], null],
    [['bounce_rate', 60, 50], 10],
    [['bounce_rate', 60, 0], null],
    [['conversion_rate', 33.33, 0], 33.3],
    [['conversion_rate', 10.25, 10.2], 0.1],
    [['exit_rate', 10, 33.3], -23.3],
    [['total_revenue', { value: 15, currency: 'EUR', short: '', long: '' }, { value: 10, currency: 'EUR', short: '', long: '' }], 50],
    [['total_revenue', null, { value: 10, currency: 'EUR', short: '', long: '' }], null],
  ]
  for (const [given, expected] of cases) {
    it(`${given[0]}: ${JSON.stringify(given[2])} to ${JSON.stringify(given[1])}`, () => assert.equal(changeOf(...given), expected))
  }
})
