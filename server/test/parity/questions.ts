import fc from 'fast-check'
import { VISIT_ATTRIBUTES, VISIT_DIMENSIONS } from '@footfall/contract/names.ts'
import type { Goal } from '@footfall/contract/sites.ts'
import type { Attributes } from '../../src/lib/event.ts'

/**
 * Random visitors, random questions: every engine must give the same answer, row by row and in the same order. In site 1 visitors come back
 * after weeks, as imported ones do; in the others, one for each time zone, they live a day, so that sums of days can answer.
 */

export const TIMEZONES = ['Etc/UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York']
/** Midnight UTC between a Saturday and a Sunday on which the clocks change in New York; those of Lord Howe change four weeks later. */
export const START = Date.UTC(2026, 2, 8) / 1000
export const NOW = START + 40 * 86_400
/** The first site whose visitors live a day. */
export const DAILY = 10

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

const vital = fc.constantFrom('0', '0.1', '0.1000', '0.0999', '12', '012', '1240.5', '9999999.9999', '1e3', '-1', '5\n')

export const event = fc.record({
  user: fc.nat(5),
  // Close together, so that visits have several events, over a fortnight and a clock change.
  at: fc.tuple(fc.nat(4), fc.nat(3), fc.nat(5400)).map(([week, part, second]) => START + week * 7 * 86_400 + part * 21_600 + second),
  name: fc.constantFrom('pageview', 'pageview', 'pageview', 'engagement', 'Signup', 'signup', 'Purchase', 'web-vitals', 'web-vitals'),
  hostname: fc.constantFrom('example.com', 'EXAMPLE.com', 'www.example.com'),
  pathname: path,
  title: text,
  attributes: fc.record(Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, text])) as Record<keyof Attributes, typeof text>),
  props: fc
    .tuple(
      fc.dictionary(fc.constantFrom('plan', 'Plan', 'author'), text, { maxKeys: 2 }),
      fc.dictionary(fc.constantFrom('LCP', 'CLS'), fc.oneof(vital, vital, vital, text), { maxKeys: 2 }),
    )
    .map(([own, vitals]) => ({ ...own, ...vitals })),
  revenue: fc.option(
    fc.record({ amount: fc.constantFrom('10', '0.005', '-3.333', '999999.999'), currency: fc.constantFrom('EUR', 'USD') }),
  ),
  engagement: fc.nat(90_000),
  scroll: fc.constantFrom(0, 10, 50, 100, 255),
  interactive: fc.boolean(),
})

export const GOALS: Goal[] = [
  { id: 1, goal_type: 'event', event_name: 'Signup', display_name: 'Signup' },
  { id: 2, goal_type: 'event', event_name: 'Purchase', display_name: 'Purchase', currency: 'EUR' },
  { id: 3, goal_type: 'page', page_path: '/blog/*', display_name: 'Visit /blog' },
  { id: 4, goal_type: 'page', page_path: '/a', scroll_threshold: 50, display_name: 'Scroll /a' },
]

const EVENT_FIELDS = ['event:name', 'event:page', 'event:page_title', 'event:hostname', 'event:props:plan', 'event:props:author']
const FIELDS = [...EVENT_FIELDS, ...VISIT_DIMENSIONS]
const TIMES = ['time:minute', 'time:hour', 'time:day', 'time:week', 'time:month']
const values = fc.array(fc.oneof(text, path, fc.constantFrom('Signup', 'signup', 'pageview')), { minLength: 1, maxLength: 3 })
const patterns = fc.constantFrom('^/a', 'B$', 'a.b', '(?i)^ä', '^$', '[[:upper:]]', '\\pL', 'log/(1|2)', '\\bb')
const leafOf = (fields: string[]) =>
  fc.oneof(
    fc.tuple(fc.constantFrom('is', 'is_not', 'contains', 'contains_not'), fc.constantFrom(...fields), values),
    fc.tuple(fc.constantFrom('is', 'contains'), fc.constantFrom(...fields), values, fc.constant({ case_sensitive: false })),
    fc.tuple(fc.constantFrom('matches', 'matches_not'), fc.constantFrom(...fields), fc.array(patterns, { minLength: 1, maxLength: 2 })),
    fc.tuple(
      fc.constantFrom('matches_wildcard', 'matches_wildcard_not'),
      fc.constant('event:page'),
      fc.constantFrom(['/blog/*'], ['**b*', '/']),
    ),
  )
const goalNames = fc.subarray(
  GOALS.map((goal) => goal.display_name),
  { minLength: 1 },
)
/** As the API takes them: goals only at the top, has_done only about events and not in each other. */
const filter: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: leafOf(FIELDS) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('is'), fc.constant('event:goal'), goalNames) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('and', 'or'), fc.array(leafOf(FIELDS), { minLength: 1, maxLength: 3 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('not'), leafOf(FIELDS)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('has_done', 'has_not_done'), leafOf(EVENT_FIELDS)) },
)

/** Metrics with the dimensions that they go with. */
const shape = fc.oneof(
  fc.record({
    metrics: fc.subarray(['visitors', 'visits', 'pageviews', 'events', 'percentage'], { minLength: 1 }),
    dimensions: fc.uniqueArray(fc.constantFrom(...FIELDS, ...TIMES), { maxLength: 2 }),
  }),
  fc.record({
    metrics: fc.subarray(['visitors', 'bounce_rate', 'visit_duration', 'views_per_visit', 'time_on_page', 'total_revenue'], {
      minLength: 1,
    }),
    dimensions: fc.constantFrom([], ...TIMES.map((time) => [time])),
  }),
  fc.record({
    metrics: fc.subarray(['visitors', 'pageviews', 'bounce_rate', 'scroll_depth', 'time_on_page'], { minLength: 1 }),
    dimensions: fc.constantFrom(['event:page'], ['event:page', 'event:hostname']),
  }),
  fc.record({
    metrics: fc.subarray(['visitors', 'visits', 'bounce_rate', 'visit_duration', 'percentage'], { minLength: 1 }),
    dimensions: fc.uniqueArray(fc.constantFrom(...VISIT_DIMENSIONS, ...TIMES), { maxLength: 2 }),
  }),
  fc.record({
    metrics: fc.subarray(['visitors', 'events', 'conversion_rate', 'total_revenue', 'average_revenue'], { minLength: 1 }),
    dimensions: fc.constantFrom(['event:goal'], ['event:goal', 'time:day'], ['event:goal', 'visit:source'], ['event:goal', 'event:page']),
  }),
  fc.record({
    metrics: fc.subarray(['visitors', 'pageviews', 'lcp_p75', 'cls_p75', 'inp_p75', 'scroll_depth'], { minLength: 1 }),
    dimensions: fc.constantFrom(['event:page'], ['event:page', 'event:page_title'], ['event:page', 'visit:screen']),
  }),
  fc.record({
    metrics: fc.subarray(['visits', 'lcp_p75', 'cls_p75', 'events'], { minLength: 1 }),
    dimensions: fc.uniqueArray(fc.constantFrom('visit:screen', 'visit:country', 'event:goal', 'event:props:plan', ...TIMES), {
      maxLength: 2,
    }),
  }),
  fc.record({ metrics: fc.constant(['visits', 'exit_rate']), dimensions: fc.constant(['visit:exit_page']) }),
)

export const question = fc
  .record({
    timezone: fc.constantFrom(...TIMEZONES),
    shape,
    range: fc.constantFrom<unknown>(
      'all',
      ['2026-03-07', '2026-03-09'],
      ['2026-03-08', '2026-04-06'],
      ['2026-04-04T15:00:00Z', '2026-04-05T03:30:00Z'],
    ),
    filters: fc.oneof(fc.constant([]), fc.array(filter, { maxLength: 2 })),
    daily: fc.boolean(),
    roll: fc.constantFrom(true, false, false, false),
    pagination: fc.record({ limit: fc.constantFrom(3, 10_000), offset: fc.constantFrom(0, 1) }),
  })
  .map(({ timezone, shape: { metrics, dimensions }, range, filters, daily, roll, pagination }) => ({
    timezone,
    site: daily ? DAILY + TIMEZONES.indexOf(timezone) : 1,
    roll,
    body: { site_id: 's.example', metrics, dimensions, date_range: range, filters, pagination, include: { total_rows: true } },
  }))

export type Asked = typeof question extends fc.Arbitrary<infer Value> ? Value : never

/** What engines once answered differently, asked every time. */
const about = { site_id: 's.example', date_range: 'all', pagination: { limit: 10_000, offset: 0 }, include: { total_rows: true } } as const
export const ONCE: [Asked][] = [
  { metrics: ['visitors', 'bounce_rate'], dimensions: ['time:minute', 'time:hour'], roll: false },
  { metrics: ['visitors', 'bounce_rate'], dimensions: ['time:hour', 'time:minute'], roll: false },
  // MySQL 9 had no rows for it.
  { metrics: ['visits', 'exit_rate'], dimensions: ['visit:exit_page'], roll: true },
].map(({ roll, ...asked }): [Asked] => [{ timezone: 'Etc/UTC', site: DAILY, roll, body: { ...about, ...asked, filters: [] } }])
