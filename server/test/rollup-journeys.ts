import fc from 'fast-check'
import { VISIT_ATTRIBUTES, VISIT_DIMENSIONS } from '@footfall/contract/names.ts'
import type { Attributes, Event } from '../src/lib/event.ts'
import { dayStart, offsetsBetween } from '../src/lib/zone.ts'
import { identifiedVisitor } from '../src/lib/visitor-id.ts'
import type { Engine } from '../src/storage/engine.ts'
import type { Condition, Part, Question } from '../src/storage/question.ts'
import { createVisitMemory, type VisitMemory } from '../src/write/visit-memory.ts'
import { fold } from '../src/write/visits.ts'

/** Random journeys for the tests of sums: around midnights, over several days, late, and of visitors who come back. */

export interface Journey {
  user: number
  /** Comes back under the same name on any day, as identified and imported visitors do. */
  lasting: boolean
  day: number
  /** Seconds after the day's midnight. */
  second: number
  steps: { wait: number; event: Pick<Event, 'name' | 'pathname' | 'title' | 'hostname' | 'engagement' | 'scroll' | 'interactive'> }[]
  attributes: Attributes
  /** Comes with a later batch. */
  late: boolean
}

export const DAYS = 9
const word = fc.constantFrom('', '', 'a', 'b')
/** Two of them stand for blank in the questions. */
const source = fc.constantFrom('', 'a', 'b')

const step = fc.record({
  wait: fc.constantFrom(0, 1, 60, 900, 1500, 1799, 3000),
  event: fc
    .record({
      name: fc.constantFrom('pageview', 'pageview', 'pageview', 'engagement', 'Signup'),
      pathname: fc.constantFrom('/', '/a', '/b', '/c'),
      title: word,
      hostname: fc.constantFrom('example.com', 'www.example.com'),
      engagement: fc.nat(90_000),
      scroll: fc.constantFrom(10, 50, 100, 255),
      interactive: fc.boolean(),
    })
    .map((event) => (event.name === 'engagement' ? event : { ...event, engagement: 0, scroll: 0 })),
})

export const journey = (lasting: boolean): fc.Arbitrary<Journey> =>
  fc.record({
    user: fc.nat(5),
    lasting: lasting ? fc.boolean() : fc.constant(false),
    day: fc.nat(DAYS - 1),
    second: fc.oneof(fc.nat(86_399), fc.integer({ min: 82_000, max: 86_399 }), fc.integer({ min: 0, max: 9000 })),
    steps: fc.array(step, { minLength: 1, maxLength: 6 }),
    attributes: fc.record(
      Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, name === 'source' ? source : word])) as Record<
        keyof Attributes,
        typeof word
      >,
    ),
    late: fc.boolean(),
  })

const daily = (day: number, user: number) => String(1000 + day * 10 + user)
export const lastingVisitor = (user: number) => identifiedVisitor(new Uint8Array(32), 1, String(user))

/** The events of a journey, whose day begins at `midnight`. */
function eventsOf({ user, lasting, day, second, steps, attributes }: Journey, site: number, midnight: number): Event[] {
  let at = midnight + second
  return steps.map(({ wait, event }) => ({
    site,
    at: (at += wait),
    id: '0',
    // As the collector names them, by the day on which they came; a visit that crosses midnight keeps its name.
    // Who is identified comes back under one number, and joins the visit that was begun without it.
    ...(lasting ? { visitor: lastingVisitor(user), anonymous: daily(day, user) } : { visitor: daily(day, user) }),
    ...event,
    attributes,
    props: {},
    revenue: null,
  }))
}

const FIELDS = ['event:name', 'event:page', 'event:page_title', 'event:hostname', ...VISIT_DIMENSIONS] as const
const all: Condition = { kind: 'all', of: [] }

/** Every kind of question that sums can answer, about the days from `a` to `b` after the first. */
export function questions(site: number, zone: string, first: Temporal.PlainDate, a: number, b: number): Question[] {
  const from = dayStart(first.add({ days: a }), zone)
  const to = dayStart(first.add({ days: b + 1 }), zone) - 1
  const offsets = offsetsBetween(zone, from - 7 * 86_400, to)
  const day = (days: number) => Math.floor(Date.UTC(first.year, first.month - 1, first.day) / 86_400_000) + days
  const keys: Question['parts'][number]['keys'][] = [
    [],
    ...FIELDS.map((field) => [{ kind: 'field' as const, field, blank: 'b' }]),
    ...FIELDS.map((field) => [{ kind: 'field' as const, field, blank: '(none)' }]),
    [{ kind: 'time', bucket: 'hour', first: from, last: to }],
    ...(['day', 'week', 'month'] as const).map((bucket) => {
      const least = bucket === 'month' ? day(a) - (first.add({ days: a }).day - 1) : day(a)
      return [{ kind: 'time' as const, bucket, first: least, last: day(b) }]
    }),
  ]
  return keys.flatMap((key) => {
    const [only] = key
    const field = only?.kind === 'field' ? only.field : ''
    const events = ['visitors', 'visits', 'pageviews', 'events', 'engagement', 'engaged'] as const
    const visits = ['visitors', 'visits', 'bounces', 'entries', 'duration', 'views'] as const
    const parts: Part[] = [
      ...(/^visit:(entry|exit)/.test(field)
        ? []
        : [
            { of: 'events' as const, rows: true, where: all, keys: key, measures: [...events] },
            { of: 'depths' as const, rows: false, where: all, keys: key, measures: ['scroll' as const, 'scrolled' as const] },
          ]),
      ...(field.startsWith('event:')
        ? []
        : [{ of: 'visits' as const, rows: true, where: all, entry: all, keys: key, measures: [...visits] }]),
      ...(only ? [{ of: 'visits' as const, rows: false, where: all, entry: all, keys: [], measures: ['visitors' as const] }] : []),
    ]
    const formulas = parts.flatMap(({ measures }, part) =>
      measures.map((measure) => ({ metric: 'visitors' as const, over: { part, measure }, factor: 1, divisor: 1, empty: 0 as const })),
    )
    const times = only?.kind === 'time' ? [0] : []
    return {
      site,
      from,
      to,
      offsets,
      dimensions: key.length,
      times,
      parts,
      goals: [],
      currency: '',
      formulas,
      order: [],
      limit: 10_000,
      offset: 0,
      count: true,
    }
  })
}

/** Stores journeys as one batch of a site whose first day is `first`. */
export async function storeJourneys(
  engine: Engine,
  { site, zone, first }: { site: number; zone: string; first: Temporal.PlainDate },
  journeys: Journey[],
  { batch = 1, memory = createVisitMemory(-Infinity) }: { batch?: number; memory?: VisitMemory } = {},
): Promise<void> {
  const events = journeys.flatMap((each) => eventsOf(each, site, dayStart(first.add({ days: each.day }), zone)))
  const sorted = events.toSorted((a, b) => a.at - b.at).map((event, position) => [position, event] as const)
  const folded = fold(sorted, `rollup ${site} ${batch}`, batch, memory)
  await engine.write({ token: `rollup/${site}/${batch}`, events: folded.events, visits: folded.visits })
}
