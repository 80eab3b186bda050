import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { areaPath, labelled, linePath, nearest, planGraph, spotsFor, ticksFor } from './graph.ts'

const FRAME = { width: 120, height: 60, left: 10, right: 10, top: 5, bottom: 5 }

test('the axis ends in round numbers', () => {
  assert.deepEqual(ticksFor(899, 'count'), [0, 250, 500, 750, 1000])
  assert.deepEqual(ticksFor(3, 'count'), [0, 1, 2, 3])
  assert.deepEqual(ticksFor(0, 'count'), [0, 1])
  assert.deepEqual(ticksFor(250, 'duration'), [0, 120, 240, 360])
  assert.deepEqual(ticksFor(2.4, 'other'), [0, 1, 2, 3])
})

test('the axis reaches above every value with at most five lines', () => {
  for (const kind of ['count', 'duration', 'other'] as const)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (largest) => {
        const ticks = ticksFor(largest, kind)
        assert.ok((ticks.at(-1) ?? 0) >= largest * (1 - 1e-9) && ticks.length <= 6 && ticks.length >= 2, `${largest}: ${ticks.join()}`)
      }),
    )
})

test('values stand on a line that breaks where nothing was measured', () => {
  const spots = spotsFor([0, 10, null, 5], 10, FRAME)
  assert.deepEqual(spots, [
    { x: 10, y: 55 },
    { x: 43.33, y: 5 },
    { x: 76.67, y: null },
    { x: 110, y: 30 },
  ])
  assert.equal(linePath(spots), 'M10,55L43.33,5M110,30')
  assert.equal(areaPath(spots.slice(0, 2), 55), 'M10,55L43.33,5L43.33,55L10,55Z')
  assert.deepEqual(spotsFor([4], 4, FRAME), [{ x: 60, y: 5 }])
  assert.equal(nearest(spots, 90), 2)
})

test('labels have room and include the last', () => {
  assert.deepEqual(labelled(7, 200, 50), [0, 2, 4, 6])
  assert.deepEqual(labelled(3, 1000, 50), [0, 1, 2])
})

test('both lines stand on one axis that reaches above the higher, and the open bucket hangs on its neighbour', () => {
  const plan = planGraph({ values: [5, 10, 2], before: [40, null, 20], open: true }, { width: 200, height: 100 }, 'count', String)
  assert.deepEqual(
    plan.ticks.map(({ value }) => value),
    [0, 10, 20, 30, 40],
  )
  assert.equal(plan.before[0]?.y, plan.frame.top)
  assert.equal(plan.before[1]?.y, null)
  assert.deepEqual([plan.solid.length, plan.dashed.length], [2, 2])
  const wide = planGraph({ values: [1], before: [], open: false }, { width: 200, height: 100 }, 'count', () => '1.000.000')
  assert.ok(wide.frame.left > plan.frame.left)
})
