import assert from 'node:assert/strict'
import { test } from 'node:test'
import site from '../i18n/en/site.ts'
import { sayer } from '../i18n/say.ts'
import { drawsFlags, flag } from './flags.ts'
import { dimensionName, valueName } from './values.ts'

const english = sayer(
  'site',
  () => site,
  () => 'en',
)

test('countries and languages have names, everything else keeps its own', () => {
  assert.equal(valueName('visit:country', 'DE'), 'Germany')
  assert.equal(valueName('visit:country', 'no code'), 'no code')
  assert.equal(valueName('visit:language', 'ja'), 'Japanese')
  assert.equal(valueName('visit:region', 'DE-BE'), 'Germany, BE')
  const regions = (code: string) => ({ 'DE-BE': 'Berlin' })[code]
  assert.equal(valueName('visit:region', 'DE-BE', 'en', regions), 'Berlin, Germany')
  assert.equal(valueName('visit:region', 'DE-BY', 'en', regions), 'Germany, BY')
  assert.equal(valueName('visit:region', 'Berlin', 'en', regions), 'Berlin')
  assert.equal(valueName('visit:city', '2950159'), 'GeoNames 2950159')
  assert.equal(
    valueName('visit:city', '2950159', 'en', () => 'Berlin'),
    'Berlin',
  )
  assert.equal(valueName('visit:city', 'Berlin'), 'Berlin')
  assert.equal(valueName('visit:source', 'Direct / None'), 'Direct / None')
  assert.equal(valueName('visit:country', 'DE', 'fr'), 'Allemagne')
  assert.equal(dimensionName('event:props:plan', english), 'plan')
  assert.equal(dimensionName('visit:os', english), 'Operating system')
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
