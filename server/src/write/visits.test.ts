import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import type { Event, Visit } from '../lib/event.ts'
import cases from '../../test/fixtures/cases/sessions/sessions.json' with { type: 'json' }
import { NOON, NO_ATTRIBUTES, event } from './test-support.ts'
import { createVisitMemory } from './visit-memory.ts'
import { fold } from './visits.ts'

const numbered = (events: Event[]) => events.map((one, position) => [position, one] as const)
const foldAll = (events: Event[], memory = createVisitMemory(0), batch = 1) => fold(numbered(events), `t${batch}`, batch, memory)

describe('shared cases of sessions', () => {
  for (const one of cases as unknown as SessionCase[]) {
    it(`${one.id}: ${one.what}`, () => {
      const events = one.events.map((given) => fromCase(given))
      const folded = foldAll(events)
      assert.deepEqual(
        folded.homeless,
        (one.drops ?? []).map((drop) => drop.index),
      )
      const byStart = folded.visits.toSorted((a, b) => Number(a.visitor) - Number(b.visitor) || a.start - b.start)
      assert.equal(byStart.length, one.expect.sessions.length)
      for (const [index, expected] of one.expect.sessions.entries()) {
        const { entry_props: _notKept, ...pinned } = expected
        const is = describeVisit(byStart[index]!)
        assert.deepEqual(Object.fromEntries(Object.keys(pinned).map((key) => [key, is[key]])), pinned)
      }
    })
  }
})

describe('late events', () => {
  it('joins the nearest visit and moves its start, entry and exit page by time', () => {
    const { visits } = foldAll([
      event({ pathname: '/second', at: NOON }),
      event({ pathname: '/third', at: NOON + 60 }),
      event({ pathname: '/first', at: NOON - 60 }),
      event({ pathname: '/between', at: NOON + 30 }),
    ])
    assert.equal(visits.length, 1)
    const { start, opened, end, duration, entryPage, exitPage, pageviews } = visits[0]!
    assert.deepEqual(
      { start, opened, end, duration, entryPage, exitPage, pageviews },
      { start: NOON - 60, opened: NOON, end: NOON + 60, duration: 120, entryPage: '/first', exitPage: '/third', pageviews: 4 },
    )
  })

  it('finds its own visit, not the one that is open now', () => {
    const { events } = foldAll([event({ at: NOON }), event({ at: NOON + 3600 }), event({ at: NOON + 600 })])
    assert.equal(events[2]!.visit, events[0]!.visit)
    assert.notEqual(events[2]!.visit, events[1]!.visit)
  })

  it('joins no visit that was opened more than a day later', () => {
    const steps = Array.from({ length: 50 }, (_, index) => event({ at: NOON - index * 1800 }))
    const { visits } = foldAll(steps)
    assert.equal(visits.length, 2)
    assert.ok(visits.every((visit) => visit.opened - visit.start <= 86_400))
  })
})

describe('many visits of one visitor', () => {
  it('late events find each of them again', () => {
    const memory = createVisitMemory(0)
    const hours = Array.from({ length: 20 }, (_, index) => event({ at: NOON + index * 3600 }))
    const first = foldAll(hours, memory)
    const late = foldAll(
      hours.map((one) => ({ ...one, at: one.at + 60 })),
      memory,
      2,
    )
    assert.deepEqual(
      late.events.map((one) => one.visit),
      first.events.map((one) => one.visit),
    )
  })
})

describe('a visit that crosses midnight', () => {
  it('is told apart in a replay from the next one, which a late event has brought within reach', () => {
    const minutes = (at: number, given: Partial<Event> = {}) => event({ visitor: '8', visitorBefore: '7', at: NOON + at * 60, ...given })
    const store = foldAll([event({ visitor: '7', at: NOON })]).visits
    const batch = [minutes(30), minutes(100), minutes(75), minutes(60)]
    const remember = (visits: Visit[]) => {
      const memory = createVisitMemory(0)
      memory.learn(structuredClone(visits))
      return memory
    }
    const first = foldAll(batch, remember(store), 2)
    const replayed = foldAll(batch, remember(first.visits), 2)
    assert.deepEqual(replayed.visits, [], 'nothing is folded twice')
    assert.deepEqual(replayed.events, first.events)
  })

  it('goes on under the name of the day before', () => {
    const { events, visits } = foldAll([event({ visitor: '7', at: NOON }), event({ visitor: '8', visitorBefore: '7', at: NOON + 60 })])
    assert.equal(visits.length, 1)
    assert.deepEqual(
      events.map(({ visitor, visit }) => [visitor, visit]),
      [
        ['7', visits[0]!.id],
        ['7', visits[0]!.id],
      ],
    )
  })

  it('is a new one where the visitor has an open visit under the new name, or none was open', () => {
    const memory = createVisitMemory(0)
    foldAll([event({ visitor: '7', at: NOON - 7200 }), event({ visitor: '8', visitorBefore: '7', at: NOON })], memory)
    const { events } = foldAll([event({ visitor: '8', visitorBefore: '7', at: NOON + 1 })], memory, 2)
    assert.equal(events[0]!.visitor, '8')
  })
})

const someEvents = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 14_400 }).map((seconds) => NOON + seconds),
    visitor: fc.constantFrom('1', '2'),
    name: fc.constantFrom('pageview', 'engagement', 'Signup'),
    pathname: fc.constantFrom('/a', '/b', '/c'),
    interactive: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
)

describe('properties', () => {
  it('spans of a visitor never overlap, and every event lies in the span of its visit', () => {
    fc.assert(
      fc.property(someEvents, (given) => {
        const { events, visits } = foldAll(given.map((one) => event(one)))
        for (const visit of visits) {
          const others = visits.filter((other) => other !== visit && other.visitor === visit.visitor)
          assert.ok(others.every((other) => other.active < visit.start || other.start > visit.active))
        }
        for (const one of events) {
          if (one.name === 'engagement') continue
          const visit = visits.find(({ id }) => id === one.visit)!
          assert.ok(one.at >= visit.start && one.at <= visit.active)
        }
      }),
    )
  })

  it('a batch that comes again changes nothing, whichever of its visits were stored before the crash', () => {
    fc.assert(
      fc.property(someEvents, someEvents, fc.infiniteStream(fc.boolean()), (earlier, later, stored) => {
        const before = foldAll(earlier.map((one) => event(one))).visits
        const first = foldAll(
          later.map((one) => event(one)),
          memoryOf(before),
          2,
        )
        // What the store has after the crash: the new row of some visits, the old one of others.
        const survived = new Map(before.map((visit) => [visit.id, visit]))
        for (const visit of first.visits) if (stored.next().value) survived.set(visit.id, visit)
        const again = foldAll(
          later.map((one) => event(one)),
          memoryOf([...survived.values()]),
          2,
        )
        for (const visit of again.visits) survived.set(visit.id, visit)
        const whole = new Map(before.map((visit) => [visit.id, visit]))
        for (const visit of first.visits) whole.set(visit.id, visit)
        assert.deepEqual(sorted(survived), sorted(whole))
        const hits = (folded: typeof first) => folded.events.filter(({ name }) => name !== 'engagement').map(({ visit }) => visit)
        assert.deepEqual(hits(again), hits(first))
      }),
      { numRuns: 500 },
    )
  })
})

function memoryOf(visits: Visit[]) {
  const memory = createVisitMemory(0)
  memory.learn(visits.map((visit) => ({ ...visit })))
  return memory
}

const sorted = (visits: Map<string, Visit>) => [...visits.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))

interface SessionCase {
  id: string
  what: string
  events: CaseEvent[]
  drops?: { index: number; reason: string }[]
  expect: { sessions: Record<string, unknown>[] }
}
interface CaseEvent {
  t: string
  user: string
  name: string
  pathname: string
  hostname?: string
  referrer?: string
  referrer_source?: string
  utm?: Record<string, string>
  browser?: string
  browser_version?: string
  os?: string
  os_version?: string
  device?: string
  country?: string
}

function fromCase(given: CaseEvent): Event {
  const attributes = { ...NO_ATTRIBUTES, referrer: given.referrer ?? '', source: given.referrer_source ?? '' }
  for (const key of ['browser', 'browser_version', 'os', 'os_version', 'device', 'country'] as const) attributes[key] = given[key] ?? ''
  for (const key of ['source', 'medium', 'campaign', 'content', 'term'] as const) attributes[`utm_${key}`] = given.utm?.[key] ?? ''
  const visitor = given.user.replace(/\D/g, '')
  return event({
    at: Date.parse(given.t) / 1000,
    visitor,
    name: given.name,
    pathname: given.pathname,
    hostname: given.hostname ?? '',
    attributes,
  })
}

/** A visit in the words of the cases. */
function describeVisit(visit: Visit): Record<string, unknown> {
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '')
  const { attributes } = visit
  const utm = {
    medium: attributes.utm_medium,
    source: attributes.utm_source,
    campaign: attributes.utm_campaign,
    content: attributes.utm_content,
    term: attributes.utm_term,
  }
  const { referrer, source: referrer_source, browser, browser_version, country, device, os, os_version } = attributes
  return {
    user: `u${visit.visitor}`,
    entry_page: visit.entryPage,
    exit_page: visit.exitPage,
    hostname: visit.entryHostname,
    exit_page_hostname: visit.exitHostname,
    is_bounce: visit.bounce,
    duration: visit.duration,
    pageviews: visit.pageviews,
    events: visit.events,
    start: iso(visit.start),
    timestamp: iso(visit.end),
    attributes: { referrer, referrer_source, utm, browser, browser_version, country, device, os, os_version },
  }
}
