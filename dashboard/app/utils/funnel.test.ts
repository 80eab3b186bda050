import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FunnelNumbers } from '@footfall/contract/funnels.ts'
import { funnelAsked, funnelColumns, goalOfStep, readFunnelView, windowText, writeFunnelView } from './funnel.ts'

test('a funnel survives the address, stored or being put together', () => {
  const views = [
    { stored: 3, steps: null, window: 86_400, by: 'visit:source' },
    { stored: null, steps: ['Visit /a', 'Signup'], window: 3600, by: null },
    { stored: null, steps: [], window: 86_400, by: null },
    { stored: 3, steps: ['Visit /a', 'Signup'], window: 86_400, by: null },
  ]
  for (const view of views) assert.deepEqual(readFunnelView(writeFunnelView(view)), view)
})

test('what people write into an address: twice the same step, too many of them, nonsense', () => {
  assert.deepEqual(readFunnelView({ step: ['A', 'A', 'B'], within: 'x', by: 'event:page', funnel: '-1' }), {
    stored: null,
    steps: ['A', 'B'],
    window: 86_400,
    by: null,
  })
  assert.equal(readFunnelView({ step: [...'abcdefghij'] }).steps?.length, 8)
})

test('one step is not a funnel yet; steps being put together come before a stored funnel', () => {
  const view = { stored: 3, steps: ['A'], window: 60, by: null }
  assert.equal(funnelAsked(view), null)
  assert.deepEqual(funnelAsked({ ...view, steps: ['A', 'B'] }), { steps: ['A', 'B'], window_seconds: 60 })
  assert.deepEqual(funnelAsked({ ...view, steps: null }), { funnel: 3 })
})

test('a typed path becomes a page, a word an event', () => {
  assert.deepEqual(goalOfStep('example.com', '/blog/**'), { site_id: 'example.com', goal_type: 'page', page_path: '/blog/**' })
  assert.deepEqual(goalOfStep('example.com', 'Signup'), { site_id: 'example.com', goal_type: 'event', event_name: 'Signup' })
})

test('columns are as high as what is left of those who began; without anybody there is nothing to draw', () => {
  const numbers = (all: number, steps: number[]) =>
    ({ entering_visitors: all, steps: steps.map((visitors) => ({ visitors })) }) as unknown as FunnelNumbers
  assert.deepEqual(funnelColumns(numbers(10, [10, 4, 1])), [
    { height: 1, next: 0.4 },
    { height: 0.4, next: 0.1 },
    { height: 0.1, next: null },
  ])
  assert.deepEqual(funnelColumns(numbers(0, [0, 0])), [
    { height: 0, next: 0 },
    { height: 0, next: null },
  ])
})

test('how long it may take, in the language of the reader', () => {
  assert.deepEqual([windowText(604_800, 'en'), windowText(86_400, 'de'), windowText(90, 'en')], ['7 days', '1 Tag', '90 seconds'])
})
