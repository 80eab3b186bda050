import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anyReturned, heat, periodsThatFit, retentionRows, shownPeriodWidth, together } from './retention.ts'

const cohort = (name: string, returned: number[]) => ({
  cohort: name,
  visitors: returned[0] ?? 0,
  returned,
  rates: returned.map((number) => (returned[0] ? (number / returned[0]) * 100 : 0)),
})
const result = (partial: string | null) => ({
  cohorts: [cohort('2026-01-05', [0, 0, 0, 0]), cohort('2026-01-12', [10, 4, 1]), cohort('2026-01-19', [20, 2]), cohort('2026-01-26', [5])],
  meta: { identifies: false, note: '', partial_period: partial },
})

test('rows begin with the first visit of all; the cells of the running period are marked', () => {
  assert.deepEqual(retentionRows(result('2026-01-26')), [
    {
      cohort: '2026-01-12',
      visitors: 10,
      cells: [
        { returned: 4, rate: 40, partial: false },
        { returned: 1, rate: 10, partial: true },
      ],
    },
    { cohort: '2026-01-19', visitors: 20, cells: [{ returned: 2, rate: 10, partial: true }] },
    { cohort: '2026-01-26', visitors: 5, cells: [] },
  ])
  assert.deepEqual(retentionRows({ cohorts: [cohort('2026-01-05', [0])], meta: { identifies: false, note: '', partial_period: null } }), [])
})

test('together, cohorts weigh as much as they have visitors, and running periods do not count', () => {
  const [first, second] = together(retentionRows(result(null)))
  assert.deepEqual([first?.returned, first?.of, first?.rate], [6, 30, 20])
  assert.deepEqual([second?.returned, second?.of, second?.rate], [1, 10, 10])
  const running = together(retentionRows(result('2026-01-26')))
  assert.deepEqual(
    running.map(({ of, partial }) => [of, partial]),
    [
      [10, false],
      [0, true],
    ],
  )
})

test('the width of a period is what was asked where it fits, else what reads well', () => {
  assert.deepEqual(periodsThatFit(28), ['day', 'week', 'month'])
  assert.deepEqual(periodsThatFit(365), ['week', 'month'])
  assert.deepEqual(
    [
      shownPeriodWidth('day', 28),
      shownPeriodWidth('day', 365),
      shownPeriodWidth(undefined, 7),
      shownPeriodWidth('x', 28),
      shownPeriodWidth(undefined, null),
    ],
    ['day', 'month', 'day', 'week', 'month'],
  )
})

test('who came back decides between a table of colours and words', () => {
  assert.equal(anyReturned([cohort('2026-01-05', [7, 0, 0])]), false)
  assert.equal(anyReturned(result(null).cohorts), true)
})

test('nobody is no colour, the highest rate the strongest', () => {
  assert.deepEqual([heat(0, 40), heat(0.1, 40), heat(20, 40), heat(40, 40), heat(0, 0)], [0, 8, 32, 55, 0])
})
