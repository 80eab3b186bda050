import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKept } from './kept.ts'

test('the answer that was not used for longest makes room', () => {
  const kept = createKept<number>(2)
  kept.put('a', 1)
  kept.put('b', 2)
  assert.equal(kept.get('a'), 1)
  kept.put('c', 3)
  assert.deepEqual(
    ['a', 'b', 'c'].map((question) => kept.get(question)),
    [1, undefined, 3],
  )
  kept.put('a', 4)
  assert.equal(kept.get('a'), 4)
})
