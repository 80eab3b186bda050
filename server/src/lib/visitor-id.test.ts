import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { IDENTIFIED, identifiedVisitor, isIdentified, unidentified } from './visitor-id.ts'

const KEY = new Uint8Array(32).fill(7)
const number = fc.oneof(
  fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
  // Numbers around both ends of the range, which chance alone would never try.
  fc.integer({ min: -3, max: 3 }).map((step) => BigInt(IDENTIFIED.from) + BigInt(step)),
  fc.integer({ min: -3, max: 3 }).map((step) => BigInt(IDENTIFIED.to) + BigInt(step)),
)

test('a number has the mark exactly where its upper 16 bits are it', () => {
  fc.assert(fc.property(number, (value) => isIdentified(String(value)) === (value >> 48n === 0xf007n)))
})

test('what is taken off the mark is another number, and everything else stays as it is', () => {
  fc.assert(
    fc.property(number, (value) => {
      const text = String(value)
      assert.equal(isIdentified(unidentified(text)), false)
      if (!isIdentified(text)) assert.equal(unidentified(text), text)
    }),
  )
})

test('an id has one number a site and key, and it says that it is one', () => {
  fc.assert(fc.property(fc.string(), (id) => isIdentified(identifiedVisitor(KEY, 1, id))))
  const [anna, ben] = ['anna', 'ben'].map((id) => identifiedVisitor(KEY, 1, id))
  assert.notEqual(anna, ben)
  assert.equal(identifiedVisitor(KEY, 1, 'anna'), anna)
  assert.notEqual(identifiedVisitor(KEY, 2, 'anna'), anna, 'another site')
  assert.notEqual(identifiedVisitor(new Uint8Array(32).fill(8), 1, 'anna'), anna, 'another installation')
})
