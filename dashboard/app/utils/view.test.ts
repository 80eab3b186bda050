import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { readCondition, toggle, writeCondition, OPERATORS, type Operator } from './filters.ts'
import { besideView, readView, stepBack, writeView, type View } from './view.ts'

test('an empty address is the default view, and the default view an empty address', () => {
  const view = readView({})
  assert.deepEqual(view, {
    period: { key: '28d' },
    metric: 'visitors',
    interval: null,
    filters: [],
    any: false,
    compare: 'previous_period',
    zoom: null,
    drill: null,
    tabs: {},
  })
  assert.deepEqual(writeView(view), {})
})

test('a view survives the address', () => {
  const view: View = {
    period: { key: 'custom', from: '2025-01-01', to: '2025-01-31' },
    metric: 'bounce_rate',
    interval: 'week',
    filters: [
      { operator: 'is', dimension: 'visit:source', values: ['Google', 'a,b%2C'] },
      { operator: 'contains', dimension: 'event:page', values: ['/blog'] },
    ],
    any: true,
    compare: 'year_over_year',
    zoom: { from: '2025-01-05', to: '2025-01-20' },
    drill: { from: '2025-01-06', to: '2025-01-12', hour: null },
    tabs: { pages: 'entry' },
  }
  assert.deepEqual(readView(writeView(view)), view)
  assert.deepEqual(besideView(writeView(view)), {}, 'nothing of the view is taken for the state of something else')
  const hour: View = { ...view, drill: { from: '2025-01-06', to: '2025-01-06', hour: 7 } }
  assert.deepEqual(readView(writeView(hour)), hour)
})

test('addresses that people broke fall back to the defaults', () => {
  const view = readView({
    period: 'custom',
    from: 'x',
    metric: '__proto__',
    interval: 'second',
    compare: 'constructor',
    zoom: '2025-01-05..',
    f: ['is', 'nonsense,a,b', 'is,,x'],
    on: '2025-02-31',
    tab: 'pages',
  })
  assert.deepEqual(view, readView({}))
  assert.equal(readView({ on: '2025-02-03T24' }).drill, null)
  assert.equal(readView({ on: '2025-02-03..2025-02-01' }).drill, null)
})

test('any value survives as a filter in the address', () => {
  const condition = fc.record({
    operator: fc.constantFrom(...(Object.keys(OPERATORS) as Operator[])),
    dimension: fc.constant('event:page'),
    values: fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 }),
  })
  fc.assert(fc.property(condition, (each) => assert.deepEqual(readCondition(writeCondition(each)), { ...each })))
})

test('a click on a row filters, another row replaces it, the same one takes it away', () => {
  const is = (value: string) => ({ operator: 'is' as const, dimension: 'visit:source', values: [value] })
  const first = toggle([], is('Google'))
  assert.deepEqual(toggle(first, is('Bing')), [is('Bing')])
  assert.deepEqual(toggle(first, is('Google')), [])
})

test('what a page keeps in the address beside the view is told apart from it', () => {
  assert.deepEqual(besideView({ period: '7d', f: ['is,visit:source,Google'], step: ['A', 'B'], visit: '12' }), {
    step: ['A', 'B'],
    visit: '12',
  })
})

test('Escape leaves an opened date, then a zoom, then the filters, then nothing', () => {
  let view = readView({
    f: ['is,visit:source,Google', 'is,visit:country,DE'],
    match: 'any',
    on: '2026-01-05',
    zoom: '2026-01-01..2026-01-09',
  })
  const steps: string[][] = []
  for (let patch = stepBack(view); patch !== null; patch = stepBack(view)) {
    steps.push(Object.keys(patch))
    view = { ...view, ...patch }
  }
  assert.deepEqual(steps, [
    ['drill', 'interval'],
    ['zoom', 'interval'],
    ['filters', 'any'],
  ])
  assert.deepEqual(writeView(view), {})
})
