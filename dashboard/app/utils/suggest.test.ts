import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggest } from './suggest.ts'
import { valueName } from './values.ts'

const countries = (typed: string) =>
  suggest(['US', 'DE', 'FR', 'AE'], typed, (code) => valueName('visit:country', code)).map(({ value }) => value)

test('what was typed is found in names and codes, beginnings first', () => {
  assert.deepEqual(countries(''), ['US', 'DE', 'FR', 'AE'])
  assert.deepEqual(countries('united'), ['US', 'AE'])
  assert.deepEqual(countries(' de'), ['DE'])
  assert.deepEqual(
    suggest(['/my-blog', '/blog'], '/blog', String).map(({ value }) => value),
    ['/blog'],
  )
  assert.deepEqual(
    suggest(['our blog', 'blog'], 'blog', String).map(({ value }) => value),
    ['blog', 'our blog'],
  )
})
