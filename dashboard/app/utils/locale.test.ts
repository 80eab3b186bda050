import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateLocale } from './locale.ts'

test('dates are written as the browser’s country does where it speaks the language', () => {
  assert.equal(dateLocale('en', ['de-AT', 'en-US']), 'en-US')
  assert.equal(dateLocale('de', ['de-AT', 'en-US']), 'de-AT')
  assert.equal(dateLocale('fr', ['de-AT']), 'fr')
  assert.equal(dateLocale('en', ['en']), 'en-GB')
})
