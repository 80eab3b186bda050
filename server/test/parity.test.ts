import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { METRICS, VISIT_ATTRIBUTES, VISIT_DIMENSIONS } from '@footfall/contract/names.ts'
import type { Goal } from '@footfall/contract/sites.ts'
import { AppError } from '../src/errors.ts'
import type { Attributes, Event } from '../src/lib/event.ts'
import { answerQuery } from '../src/query/answer.ts'
import { parseQuery } from '../src/query/parse.ts'
import type { Engine } from '../src/storage/engine.ts'
import { createVisitMemory } from '../src/write/visit-memory.ts'
import { fold } from '../src/write/visits.ts'
import { type TestStore, openStores } from './stores.ts'

/** Random visitors, random questions: every engine must give the same answer, row by row and in the same order. */

const TIMEZONES = ['Etc/UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York']
/** Midnight UTC between a Saturday and a Sunday on which the clocks change in New York; those of Lord Howe change four weeks later. */
const START = Date.UTC(2026, 2, 8) / 1000
const NOW = START + 40 * 86_400

/** Texts that engines like to confuse: case, accents, spaces at the end, letters whose lower case is two, words for blank. */
const TEXTS = [
  '',
  'a',
  'A',
  'a ',
  'á',
  'ä',
  'Ä',
  'ß',
  'ẞ',
  'İ',
  'i',
  'Σ',
  'ΟΣ',
  'ος',
  '😀',
  '😁',
  'a\nb',
  '50%_\\',
  "'; --",
  '(none)',
  '(not set)',
  'Direct / None',
  'x'.repeat(1100),
]
const text = fc.constantFrom(...TEXTS)
const path = fc.constantFrom('/', '/a', '/A', '/a/b', '/a b', '/ä', '/blog/1', '/blog/2', '/blog/', `/${'long'.repeat(400)}`)

const event = fc.record({
  user: fc.nat(5),
  // Close together, so that visits have several events, over a fortnight and a clock change.
  at: fc.tuple(fc.nat(4), fc.nat(3), fc.nat(5400)).map(([week, part, second]) => START + week * 7 * 86_400 + part * 21_600 + second),
  name: fc.constantFrom('pageview', 'pageview', 'pageview', 'engagement', 'Signup', 'signup', 'Purchase'),
  hostname: fc.constantFrom('example.com', 'EXAMPLE.com', 'www.example.com'),
  pathname: path,
  attributes: fc.record(Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, text])) as Record<keyof Attributes, typeof text>),
  props: fc.dictionary(fc.constantFrom('plan', 'Plan', 'author'), text, { maxKeys: 2 }),
  revenue: fc.option(
    fc.record({ amount: fc.constantFrom('10', '0.005', '-3.333', '999999.999'), currency: fc.constantFrom('EUR', 'USD') }),
  ),
  engagement: fc.nat(90_000),
  scroll: fc.constantFrom(0, 10, 50, 100, 255),
  interactive: fc.boolean(),
})

const GOALS: Goal[] = [
  { id: 1, goal_type: 'event', event_name: 'Signup', display_name: 'Signup' },
  { id: 2, goal_type: 'event', event_name: 'Purchase', display_name: 'Purchase', currency: 'EUR' },
  { id: 3, goal_type: 'page', page_path: '/blog/*', display_name: 'Visit /blog' },
  { id: 4, goal_type: 'page', page_path: '/a', scroll_threshold: 50, display_name: 'Scroll /a' },
]

const FIELDS = ['event:name', 'event:page', 'event:hostname', 'event:props:plan', 'event:props:author', ...VISIT_DIMENSIONS]
const dimension = fc.constantFrom(...FIELDS, 'event:goal', 'time:minute', 'time:hour', 'time:day', 'time:week', 'time:month')
const values = fc.array(fc.oneof(text, path, fc.constantFrom('Signup', 'signup', 'pageview')), { minLength: 1, maxLength: 3 })
const leaf = fc.oneof(
  fc.tuple(fc.constantFrom('is', 'is_not', 'contains', 'contains_not'), fc.constantFrom(...FIELDS), values),
  fc.tuple(fc.constantFrom('is', 'contains'), fc.constantFrom(...FIELDS), values, fc.constant({ case_sensitive: false })),
  fc.tuple(
    fc.constantFrom('matches', 'matches_not'),
    fc.constantFrom(...FIELDS),
    fc.array(fc.constantFrom('^/a', 'B$', 'a.b', '(?i)^ä', '^$', '[[:upper:]]', '\\pL', 'log/(1|2)', '\\bb'), {
      minLength: 1,
      maxLength: 2,
    }),
  ),
  fc.tuple(
    fc.constantFrom('is', 'is_not'),
    fc.constant('event:goal'),
    fc.subarray(
      GOALS.map((goal) => goal.display_name),
      { minLength: 1 },
    ),
  ),
)
const { filter } = fc.letrec((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('filter'), { minLength: 1, maxLength: 2 })),
    fc.tuple(fc.constantFrom('not', 'has_done', 'has_not_done'), tie('filter')),
  ),
}))

const question = fc.record({
  timezone: fc.constantFrom(...TIMEZONES),
  body: fc.record({
    site_id: fc.constant('s.example'),
    metrics: fc.subarray([...METRICS], { minLength: 1, maxLength: 5 }),
    date_range: fc.constantFrom<unknown>(
      'all',
      ['2026-03-07', '2026-03-09'],
      ['2026-03-08', '2026-04-06'],
      ['2026-04-04T15:00:00Z', '2026-04-05T03:30:00Z'],
    ),
    dimensions: fc.uniqueArray(dimension, { maxLength: 2 }),
    filters: fc.array(filter, { maxLength: 2 }),
    include: fc.record({ total_rows: fc.constant(true) }),
    pagination: fc.record({ limit: fc.constantFrom(3, 10_000), offset: fc.constantFrom(0, 1) }),
  }),
})

/** The answer, or the code of the refusal; null where the question itself is refused before an engine sees it. */
async function answer(
  engine: Engine,
  { body, timezone }: typeof question extends fc.Arbitrary<infer Value> ? Value : never,
): Promise<unknown> {
  const site = { id: 1, domain: 's.example', timezone }
  try {
    const query = parseQuery(body, { site, goals: GOALS, segments: [], now: NOW, firstAt: START, internal: true })
    const { results, meta } = await answerQuery(query, (each) => engine.run(each))
    return { results, meta }
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('the same questions to every engine', () => {
  let stores: TestStore[]
  before(async () => {
    stores = await openStores()
    const events = fc.sample(event, { numRuns: 600, seed: 20_260_617 }).map(({ user, ...given }): Event => ({
      ...given,
      site: 1,
      id: '0',
      visitor: String(user + 1),
      revenue: given.name === 'Purchase' ? given.revenue : null,
      engagement: given.name === 'engagement' ? given.engagement : 0,
      scroll: given.name === 'engagement' ? given.scroll : 0,
    }))
    const { events: stored, visits } = fold([...events.toSorted((a, b) => a.at - b.at).entries()], 'parity', 1, createVisitMemory(0))
    for (const { engine } of stores) await engine.write({ token: 'parity', events: stored, visits })
  })
  after(() => Promise.all(stores.map((store) => store.close())))

  it('have the same answers', async () => {
    let answered = 0
    await fc.assert(
      fc.asyncProperty(question, async (asked) => {
        const [first, ...others] = await Promise.all(stores.map(({ engine }) => answer(engine, asked)))
        if (typeof first === 'object') answered += 1
        for (const other of others) assert.deepEqual(other, first)
      }),
      { numRuns: Number(process.env['PARITY_RUNS'] ?? 300) },
    )
    // Were most questions refused, the suite would prove nothing.
    assert.ok(answered >= 50, `only ${answered} questions were answered`)
  })
})
