import assert from 'node:assert/strict'
import { test } from 'node:test'
import settings from '../i18n/en/settings.ts'
import { sayer } from '../i18n/say.ts'
import { eventNames, goalText, newGoal, sameGoal } from './goals.ts'

const t = sayer(
  'settings',
  () => settings,
  () => 'en',
)
const form = { kind: 'event', value: ' Signup ', depth: 75, name: '' } as const

test('the form becomes the goal that the API knows', () => {
  assert.deepEqual(newGoal('a.example', form), { site_id: 'a.example', goal_type: 'event', event_name: 'Signup' })
  assert.deepEqual(newGoal('a.example', { ...form, kind: 'page', value: 'thanks', name: ' Thanked ' }), {
    site_id: 'a.example',
    display_name: 'Thanked',
    goal_type: 'page',
    page_path: '/thanks',
  })
  assert.deepEqual(newGoal('a.example', { ...form, kind: 'scroll', value: '**/post' }), {
    site_id: 'a.example',
    goal_type: 'page',
    page_path: '**/post',
    scroll_threshold: 75,
  })
})

test('a goal says what reaches it, and undo asks for the same one', () => {
  const sale = {
    id: 3,
    goal_type: 'event',
    event_name: 'Sale',
    currency: 'EUR',
    display_name: 'Sales',
    custom_props: { plan: 'pro' },
  } as const
  assert.equal(goalText(sale, t), 'Event Sale with plan “pro”, in EUR')
  assert.equal(goalText({ id: 1, goal_type: 'page', page_path: '/a', scroll_threshold: 0, display_name: '' }, t), '0% of /a')
  assert.equal(goalText({ id: 1, goal_type: 'page', page_path: '/a', display_name: '' }, t), 'Page /a')
  const { id: _id, ...rest } = sale
  assert.deepEqual(sameGoal('a.example', sale), { site_id: 'a.example', ...rest })
})

test('events that were sent are offered, but for those that no goal is made of', () => {
  const events = ['pageview', 'Signup', 'web-vitals', 'Sale'].map((name) => ({ name, events: 1, visitors: 1 }))
  assert.deepEqual(eventNames({ events }), ['Signup', 'Sale'])
})
