import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choicesOf, headsOf, narrowed, openTab, showTab } from './panel-tabs.ts'
import { PANELS } from './panels.ts'

const panel = (key: string) => PANELS.find((each) => each.key === key)!
const sources = panel('sources')

test('lists of one group stand behind one tab', () => {
  assert.deepEqual(
    headsOf(sources).map(({ key }) => key),
    ['sources', 'channels', 'campaigns'],
  )
  assert.equal(choicesOf(sources, openTab(sources, { sources: 'utm-term' })).length, 5)
  assert.deepEqual(choicesOf(sources, openTab(sources, {})), [])
})

test('the address names a list, and nothing where it is the first', () => {
  assert.equal(openTab(sources, { sources: 'utm-medium' }).dimension, 'visit:utm_medium')
  assert.equal(openTab(sources, { sources: '__proto__' }).key, 'sources')
  assert.deepEqual(showTab(sources, 'channels', { pages: 'exit' }), { pages: 'exit', sources: 'channels' })
  assert.deepEqual(showTab(sources, 'sources', { sources: 'channels' }), {})
})

test('a browser that is filtered by shows its versions', () => {
  const browsers = openTab(panel('devices'), {})
  assert.equal(narrowed(browsers, [{ operator: 'is', dimension: 'visit:browser', values: ['Chrome'] }]).dimension, 'visit:browser_version')
  assert.equal(narrowed(browsers, [{ operator: 'is_not', dimension: 'visit:browser', values: ['Chrome'] }]).dimension, 'visit:browser')
})

test('every tab that leads on leads to a tab of its panel, and no two lists have one key', () => {
  for (const each of PANELS) {
    const keys = each.tabs.map(({ key }) => key)
    assert.equal(new Set(keys).size, keys.length)
    for (const { next } of each.tabs) assert.ok(next === undefined || keys.includes(next))
  }
})
