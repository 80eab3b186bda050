import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seriesQuestion, shownLength, totalsQuestion, valuesQuestion } from './questions.ts'
import { readView } from './view.ts'

const SITE = { domain: 'example.com', timezone: 'Europe/Berlin' }
const TODAY = '2025-03-14'
const totals = (query: Record<string, string | string[]>) => totalsQuestion(SITE, readView(query), TODAY)

test('numbers are compared with what the view says, all time with nothing', () => {
  assert.deepEqual(totals({}).include, { comparisons: { mode: 'previous_period' } })
  assert.deepEqual(totals({ compare: 'year_over_year' }).include, { comparisons: { mode: 'year_over_year' } })
  assert.deepEqual(totals({ compare: 'off' }).include, {})
  assert.deepEqual(totals({ period: 'all' }).include, {})
})

test('a zoom into hours asks for times with the offset of the site, a day opened inside it for that day', () => {
  const view = readView({ zoom: '2025-03-05T09:00..2025-03-05T11:59' })
  assert.deepEqual(totalsQuestion(SITE, view, TODAY).date_range, ['2025-03-05T09:00:00+01:00', '2025-03-05T11:59:59+01:00'])
  assert.deepEqual(seriesQuestion(SITE, view, TODAY, 'minute').date_range, ['2025-03-05T09:00:00+01:00', '2025-03-05T11:59:59+01:00'])
  assert.equal(shownLength(view, { from: '2025-03-05', to: '2025-03-05' }), 0.125)
  const opened = readView({ zoom: '2025-03-05..2025-03-09', on: '2025-03-06T07' })
  assert.deepEqual(totalsQuestion(SITE, opened, TODAY).date_range, ['2025-03-06T07:00:00+01:00', '2025-03-06T07:59:59+01:00'])
  assert.deepEqual(seriesQuestion(SITE, opened, TODAY, 'hour').date_range, ['2025-03-06', '2025-03-06'])
})

test('values are looked for in any case and without the other filters', () => {
  const view = readView({ f: 'is,visit:country,DE' })
  assert.deepEqual(valuesQuestion(SITE, view, TODAY, 'event:page', 'blog', 20).filters, [
    ['contains', 'event:page', ['blog'], { case_sensitive: false }],
  ])
  assert.deepEqual(valuesQuestion(SITE, view, TODAY, 'event:page', '', 20).filters, [])
})
