import fc from 'fast-check'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Attributes, Event } from '../src/lib/event.ts'

/** Random journeys for the tests of sums: around midnights, over several days, late, and of visitors who come back. */

export interface Journey {
  user: number
  /** Comes back under the same name on any day, as imported visitors do. */
  lasting: boolean
  day: number
  /** Seconds after the day's midnight. */
  second: number
  steps: { wait: number; event: Pick<Event, 'name' | 'pathname' | 'hostname' | 'engagement' | 'scroll' | 'interactive'> }[]
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

/** The events of a journey, whose day begins at `midnight`. */
export function eventsOf({ user, lasting, day, second, steps, attributes }: Journey, site: number, midnight: number): Event[] {
  let at = midnight + second
  return steps.map(({ wait, event }) => ({
    site,
    at: (at += wait),
    id: '0',
    // As the collector names them, by the day on which they came; a visit that crosses midnight keeps its name.
    visitor: String(lasting ? user + 1 : 1000 + day * 10 + user),
    ...event,
    attributes,
    props: {},
    revenue: null,
  }))
}
