import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ListedVisit, VisitEvent } from '@footfall/contract/visits.ts'
import { byDay, knownOf, moments, siteClock } from './visits.ts'

const event = (at: string, name: string, page: string, more: Partial<VisitEvent> = {}): VisitEvent => ({
  time: `2026-01-31T${at}+01:00`,
  name,
  hostname: 'example.com',
  page,
  props: {},
  revenue: null,
  engagement_ms: 0,
  scroll_depth: null,
  ...more,
})

test('pings tell of the page view before them: their time adds up, the deepest look counts', () => {
  const told = moments([
    event('12:00:00', 'pageview', '/'),
    event('12:00:10', 'engagement', '/', { engagement_ms: 9000, scroll_depth: 70 }),
    event('12:00:11', 'pageview', '/a'),
    event('12:00:15', 'Signup', '/a', { props: { plan: 'pro' } }),
    event('12:00:20', 'engagement', '/', { engagement_ms: 1000, scroll_depth: 30 }),
  ])
  assert.deepEqual(
    told.map(({ kind, name, page, engaged, depth, props }) => [kind, name, page, engaged, depth, props]),
    [
      ['page', 'pageview', '/', 10_000, 70, []],
      ['page', 'pageview', '/a', 0, null, []],
      ['event', 'Signup', '/a', 0, null, [['plan', 'pro']]],
    ],
  )
})

test('a ping of a page that was not viewed is left out, one without a depth measures none', () => {
  assert.deepEqual(moments([event('12:00:00', 'engagement', '/x', { engagement_ms: 500 })]), [])
  const [view] = moments([event('12:00:00', 'pageview', '/'), event('12:00:05', 'engagement', '/', { engagement_ms: 500 })])
  assert.deepEqual([view?.engaged, view?.depth], [500, null])
})

test('the list is cut where the day of the site changes', () => {
  const visit = (start: string) => ({ start }) as ListedVisit
  const days = byDay([visit('2026-02-01T00:10:00+01:00'), visit('2026-01-31T23:50:00+01:00'), visit('2026-01-31T09:00:00+01:00')])
  assert.deepEqual(
    days.map(({ day, visits }) => [day, visits.length]),
    [
      ['2026-02-01', 1],
      ['2026-01-31', 2],
    ],
  )
})

test('only what is known of a visit is told', () => {
  const visit = {
    source: 'Google',
    channel: 'Organic Search',
    country: '',
    device: 'Mobile',
    utm_campaign: '',
    city: '',
    browser: '',
    os: '',
    language: '',
  }
  assert.deepEqual(
    knownOf(visit as ListedVisit).map(({ dimension }) => dimension),
    ['visit:source', 'visit:channel', 'visit:device'],
  )
})

test('a time stays what the clocks of the site showed', () => {
  assert.equal(siteClock('2026-01-31T23:59:07+05:45').toISOString(), '2026-01-31T23:59:07.000Z')
})
