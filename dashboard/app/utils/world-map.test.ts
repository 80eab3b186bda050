import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { shades, stepTo } from './world-map.ts'

const row = (value: string, visitors: number) => ({ value, numbers: [visitors], share: 0 })

test('more visitors are a stronger colour, and few are still seen', () => {
  const found = shades([row('US', 10_000), row('DE', 2500), row('NP', 1)])
  assert.deepEqual([...found.values()], [100, 57, 15])
  assert.equal(shades([]).size, 0)
})

test('arrows walk from the most visitors to the fewest and stop at the ends', () => {
  assert.equal(stepTo(['US', 'DE'], null, 1), 'US')
  assert.equal(stepTo(['US', 'DE'], 'US', 1), 'DE')
  assert.equal(stepTo(['US', 'DE'], 'DE', 1), 'DE')
  assert.equal(stepTo(['US', 'DE'], null, -1), 'US')
  assert.equal(stepTo([], null, 1), null)
})

test('the map knows every country of the atlas by its code, once', () => {
  const world = JSON.parse(readFileSync(new URL('../assets/world.json', import.meta.url), 'utf8')) as { countries: Record<string, string> }
  const codes = Object.keys(world.countries)
  assert.ok(codes.length > 170)
  assert.ok(codes.every((code) => /^[A-Z]{2}$/.test(code) && world.countries[code]?.startsWith('M')))
  for (const code of ['US', 'RU', 'CN', 'GB', 'FR', 'DE', 'JP', 'CI', 'CD', 'TR', 'MK']) assert.ok(codes.includes(code), code)
})
