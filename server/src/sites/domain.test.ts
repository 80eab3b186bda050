import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Domain } from '@footfall/contract/sites.ts'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { cleanDomain, lookupDomain } from './domain.ts'

const cases: [string, string | null][] = [
  ['example.com', 'example.com'],
  ['  https://www.Example.com/  ', 'example.com'],
  ['HTTP://EXAMPLE.com', 'example.com'],
  ['example.com/Blog/', 'example.com/blog'],
  ['example.com?x=1#y', 'example.com'],
  ['localhost:8080', 'localhost:8080'],
  ['www.de', 'de'],
  ['www.', null],
  ['müller.de', 'xn--mller-kva.de'],
  ['my_site.example.com', 'my_site.example.com'],
  ['192.0.2.1', '192.0.2.1'],
  ['', null],
  ['https://', null],
  ['a b.com', null],
  ['example.com/\u0000', null],
  ['a,b.com', null],
  ['user@example.com', null],
  ['example..com', null],
  ['-example.com', null],
  ['example.com:port', null],
  ['example.com:123456', null],
  ['a:1:2', null],
  ['example.com/a b', null],
  ["example.com'><script>", null],
  [`${'a'.repeat(64)}.com`, null],
  [`example.com/${'a'.repeat(250)}`, null],
]
for (const [given, expected] of cases) {
  test(`${JSON.stringify(given.slice(0, 40))} becomes ${JSON.stringify(expected)}`, () => assert.equal(cleanDomain(given), expected))
}

test('whatever comes, a clean domain is one by the contract, stays as it is, and is found again', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.webUrl(),
    fc.domain(),
    fc.string({ unit: fc.constantFrom(...'wW.a/:@?#% 1-,ü\u0000') }),
  )
  fc.assert(
    fc.property(text, (given) => {
      const clean = cleanDomain(given)
      if (clean === null) return
      assert.ok(Value.Check(Domain, clean), clean)
      assert.equal(cleanDomain(clean), clean)
      assert.equal(lookupDomain(`WWW.${clean.toUpperCase()}`), clean)
    }),
    { numRuns: 2000 },
  )
})
