import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawsFlags, flag } from './flags.ts'
import { dimensionName, valueName } from './values.ts'

test('countries and languages have names, everything else keeps its own', () => {
  assert.equal(valueName('visit:country', 'DE'), 'Germany')
  assert.equal(valueName('visit:country', 'no code'), 'no code')
  assert.equal(valueName('visit:language', 'ja'), 'Japanese')
  assert.equal(valueName('visit:source', 'Direct / None'), 'Direct / None')
  assert.equal(dimensionName('event:props:plan'), 'plan')
})

test('flags, and systems that cannot draw them', () => {
  assert.equal(flag('DE'), '🇩🇪')
  assert.equal(flag('XX1'), '')
  assert.equal(
    drawsFlags(() => 18),
    true,
  )
  assert.equal(
    drawsFlags((text) => text.length * 9),
    false,
  )
})
