import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allOf, numberIn, oneOf } from './address.ts'

test('a parameter once, twice, without a value, not at all', () => {
  assert.deepEqual([oneOf('a'), oneOf(['a', 'b']), oneOf(null), oneOf(undefined)], ['a', 'a', undefined, undefined])
  assert.deepEqual([allOf('a'), allOf(['a', null, 'b']), allOf(null), allOf(undefined)], [['a'], ['a', 'b'], [], []])
})

test('a number out of bounds, or none, is the default', () => {
  assert.deepEqual(
    ['3', '0', '9', '2.5', 'x', '', undefined].map((text) => numberIn(text, 1, 5, 4)),
    [3, 4, 4, 4, 4, 4, 4],
  )
})
