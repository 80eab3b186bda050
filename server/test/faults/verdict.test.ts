import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLedger } from './ledger.ts'
import { judge, type StoredEvent, type StoredVisit } from './verdict.ts'

/** The judge must see what the other tests of this folder look for. */

const pages = ['/p0/v0/e0', '/p0/v0/e1', '/p1/v0/e0']
const ledger = createLedger()
for (const page of pages) {
  const act = { page, name: 'pageview', at: 0, interactive: true, once: false, from: { ip: '', agent: '' } }
  ledger.sent(act)
  ledger.acknowledged(act, new Headers())
}
const event = (page: string, time: number, given: Partial<StoredEvent> = {}): StoredEvent => {
  const visitor = page.slice(2, 3)
  return { page, name: 'pageview', time, visitor, visit: `visit${visitor}`, interactive: true, ...given }
}
const visit = (visitor: string, given: Partial<StoredVisit>): StoredVisit => ({
  id: `visit${visitor}`,
  visitor,
  start: 1000,
  end: 1000,
  active: 1000,
  duration: 0,
  bounce: true,
  pageviews: 1,
  events: 1,
  entryPage: `/p${visitor}/v0/e0`,
  exitPage: `/p${visitor}/v0/e0`,
  ...given,
})
const events = [event(pages[0]!, 1000), event(pages[1]!, 1060), event(pages[2]!, 1000)]
const two = visit('0', { end: 1060, active: 1060, duration: 60, bounce: false, pageviews: 2, events: 2, exitPage: pages[1]! })
const visits = [two, visit('1', {})]

test('nothing is wrong where nothing is', () => {
  assert.deepEqual(judge(ledger, events, visits), {
    acknowledged: 3,
    stored: 3,
    doubled: 0,
    lost: 0,
    strangers: 0,
    visits: 2,
    wrongVisits: 0,
    problems: [],
  })
})

const WRONG: Record<string, [StoredEvent[], StoredVisit[], Partial<Record<'doubled' | 'lost' | 'strangers' | 'wrongVisits', number>>]> = {
  'an event twice': [[...events, events[2]!], visits, { doubled: 1, wrongVisits: 1 }],
  'an event lost': [events.slice(1), visits, { lost: 1, wrongVisits: 1 }],
  'an event of nobody': [[...events, event('/p9/v0/e0', 1)], visits, { strangers: 1, wrongVisits: 1 }],
  'a visit that counts an event twice': [events, [{ ...two, pageviews: 3 }, visits[1]!], { wrongVisits: 1 }],
  'a visit lost': [events, visits.slice(1), { wrongVisits: 1 }],
  'a visit without events': [events, [...visits, visit('2', {})], { wrongVisits: 1 }],
  'a visit with two rows': [events, [...visits, two], { wrongVisits: 1 }],
  'one visit made two': [[events[0]!, { ...events[1]!, visit: 'other' }, events[2]!], visits, { wrongVisits: 3 }],
}

for (const [what, [storedEvents, storedVisits, expected]] of Object.entries(WRONG)) {
  test(`sees ${what}`, () => {
    const { doubled, lost, strangers, wrongVisits, problems } = judge(ledger, storedEvents, storedVisits)
    assert.deepEqual({ doubled, lost, strangers, wrongVisits }, { doubled: 0, lost: 0, strangers: 0, wrongVisits: 0, ...expected })
    assert.ok(problems.length > 0)
  })
}

test('complains about answers that must not be', () => {
  const own = createLedger()
  const act = { page: '/p0/v0/e0', name: 'pageview', at: 0, interactive: true, once: false, from: { ip: '', agent: '' } }
  own.sent(act)
  own.refused(act, 500, new Headers())
  own.refused(act, 503, new Headers())
  own.refused(act, 503, new Headers({ 'retry-after': '5' }))
  own.acknowledged(act, new Headers({ 'x-footfall-dropped': 'bot' }))
  assert.deepEqual([own.complaints.length, own.refusals()], [3, 1])
})
