import assert from 'node:assert/strict'
import { test } from 'node:test'
import { propertyTab, shownProperty } from './properties.ts'
import { listQuestion, namesQuestion } from './questions.ts'
import { readView } from './view.ts'

const SITE = { domain: 'example.com', timezone: 'Europe/Berlin' }
const TODAY = '2025-03-14'

test('the values of a property leave out events without it, whatever else is filtered', () => {
  const view = readView({ f: ['is,visit:country,DE', 'is,event:page,/a'], match: 'any' })
  const { filters, dimensions } = listQuestion(SITE, view, TODAY, propertyTab('plan.name'), 10)
  assert.deepEqual(dimensions, ['event:props:plan.name'])
  const asked = [
    ['is', 'visit:country', ['DE']],
    ['is', 'event:page', ['/a']],
  ]
  assert.deepEqual(filters, [
    ['or', asked],
    ['is_not', 'event:props:plan.name', ['(none)']],
  ])
})

test('names are asked for the same events, but for those that measure pages', () => {
  const view = readView({ f: 'is,visit:country,DE', period: '7d' })
  assert.deepEqual(namesQuestion(SITE, view, TODAY, 20), {
    site_id: 'example.com',
    date_range: '7d',
    filters: [
      ['is', 'visit:country', ['DE']],
      ['is_not', 'event:name', ['web-vitals']],
    ],
    limit: 20,
  })
})

test('the property in the address is shown where it is there, else the first', () => {
  const names = ['plan', 'author'].map((name) => ({ name, events: 1, visitors: 1 }))
  assert.equal(shownProperty(names, 'author'), 'author')
  assert.equal(shownProperty(names, 'gone'), 'plan')
  assert.equal(shownProperty(names, undefined), 'plan')
  assert.equal(shownProperty([], 'author'), null)
})

test('the name of a property may have points in the address', () => {
  assert.deepEqual(readView({ tab: ['properties.plan.name', 'pages.entry'] }).tabs, { properties: 'plan.name', pages: 'entry' })
})
