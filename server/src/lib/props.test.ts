import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProps } from './props.ts'

test('bytes count, not letters', () => {
  assert.deepEqual(readProps({ ['ü'.repeat(150)]: 'ü'.repeat(1_000) }), { props: { ['ü'.repeat(150)]: 'ü'.repeat(1_000) } })
  assert.ok('error' in readProps({ ['ü'.repeat(151)]: 'x' }))
  assert.ok('error' in readProps({ x: 'ü'.repeat(1_001) }))
})

test('keys that objects have by birth are keys like others', () => {
  const read = readProps(JSON.parse('{"__proto__":"a","constructor":"b"}'))
  assert.deepEqual(JSON.stringify(read), '{"props":{"__proto__":"a","constructor":"b"}}')
})

test('what is not an object of scalars is left out', () => {
  for (const none of [undefined, null, 7, 'x', '[1]', [], '{', { a: [], b: {}, c: null }]) assert.deepEqual(readProps(none), { props: {} })
})
