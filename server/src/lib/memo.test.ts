import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memo } from './memo.ts'

test('it computes once, forgets what nobody asks for, and keeps what is asked for', () => {
  const computed: string[] = []
  const find = memo(2, (key) => {
    computed.push(key)
    return key.toUpperCase()
  })
  assert.deepEqual([find('a'), find('a')], ['A', 'A'])
  for (const key of ['b', 'c', 'a', 'd', 'a', 'e', 'a']) find(key)
  assert.deepEqual(computed, ['a', 'b', 'c', 'd', 'e'])
  find('b')
  assert.equal(computed.at(-1), 'b')
})
