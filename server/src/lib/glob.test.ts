import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { glob } from './glob.ts'

test('stars stand for any text', () => {
  const cases: [string, string, boolean][] = [
    ['/a', '/a', true],
    ['/a', '/a/b', false],
    ['/blocked/**', '/blocked/page', true],
    ['/blocked/**', '/blocked/', true],
    ['/blocked/**', '/blocked', false],
    ['*/draft', '/a/b/draft', true],
    ['/a*b*c', '/axxbyyc', true],
    ['/a*b*c', '/axxcyyb', false],
    ['ab*ba', 'aba', false],
    ['*', '', true],
    ['/a.b', '/axb', false],
  ]
  for (const [pattern, text, wanted] of cases) assert.equal(glob(pattern)(text), wanted, `${pattern} ${text}`)
})

test('it agrees with the regular expression that says the same', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '/'), maxLength: 8 })
  fc.assert(
    fc.property(part, part, (pattern, text) => {
      const expression = new RegExp(`^${pattern.replace(/\*+/g, '.*')}$`)
      assert.equal(glob(pattern)(text), expression.test(text))
    }),
    { numRuns: 2_000 },
  )
})

test('a hostile pattern is no slower than a plain one', () => {
  const matches = glob(`${'*a'.repeat(125)}b`)
  // Processor time: the clock also runs while others have the processor.
  const start = process.threadCpuUsage()
  assert.equal(matches('a'.repeat(2_000)), false)
  assert.ok(process.threadCpuUsage(start).user < 200_000)
})
