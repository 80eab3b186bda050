import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { visibleRows } from './visible-rows.ts'

test('a short list is drawn whole', () => {
  assert.deepEqual(visibleRows({ count: 9, height: 33 }, { top: -50, height: 600 }), { first: 0, end: 9, above: 0, below: 0 })
})

test('of a long one what is seen, and a little around it', () => {
  const rows = visibleRows({ count: 5000, height: 30 }, { top: 30_000, height: 600 })
  assert.deepEqual(rows, { first: 985, end: 1035, above: 29_550, below: 118_950 })
})

test('the list is as high as its rows, all that is seen is drawn, and never more than a screen and the spare', () => {
  const list = fc.record({ count: fc.nat(5000), height: fc.integer({ min: 1, max: 100 }) })
  const view = fc.record({ top: fc.integer({ min: -2000, max: 600_000 }), height: fc.nat(3000) })
  fc.assert(
    fc.property(list, view, (of, seen) => {
      const { first, end, above, below } = visibleRows(of, seen)
      assert.equal(above + (end - first) * of.height + below, of.count * of.height)
      assert.ok(end - first <= seen.height / of.height + 32)
      for (const row of [Math.ceil(seen.top / of.height), Math.floor((seen.top + seen.height) / of.height) - 1])
        if (row >= 0 && row < of.count && row * of.height >= seen.top) assert.ok(first <= row && row < end)
    }),
  )
})
