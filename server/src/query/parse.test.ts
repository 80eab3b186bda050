import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { METRICS } from '@footfall/contract/names.ts'
import type { Goal } from '@footfall/contract/sites.ts'
import fc from 'fast-check'
import { AppError } from '../errors.ts'
import { type ParseContext, parseQuery } from './parse.ts'

const GOALS: Goal[] = [
  { id: 1, goal_type: 'event', event_name: 'Signup', display_name: 'Signup' },
  { id: 2, goal_type: 'page', page_path: '/blog**', display_name: 'Visit /blog**' },
]
const context: ParseContext = {
  site: { id: 1, domain: 'example.com', timezone: 'Europe/Berlin' },
  goals: GOALS,
  segments: [
    { id: 7, name: 'Broken', filters: [['is', 'segment', [7]]] },
    { id: 9, name: 'Sound', filters: [['is', 'visit:os', ['Mac']]] },
  ],
  now: Date.parse('2026-06-17T12:00:00Z') / 1000,
  firstAt: null,
  internal: false,
}
const base = { site_id: 'example.com', metrics: ['visitors'], date_range: '7d' }

/** The sentence that a query is refused with. */
function refusal(body: object, internal = false): string {
  try {
    parseQuery({ ...base, ...body }, { ...context, internal })
  } catch (error) {
    assert.ok(error instanceof AppError)
    assert.equal(error.code, 'invalid_query')
    return error.message
  }
  return assert.fail('was accepted')
}

describe('parseQuery', () => {
  it('throws nothing but AppError, whatever JSON comes', () => {
    const word = fc.constantFrom(
      'is',
      'and',
      'not',
      'has_done',
      'event:page',
      'event:goal',
      'segment',
      'Signup',
      'visit:city',
      'time',
      'desc',
      '2024-02-30',
      '9mo',
    )
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(word, tie('json'), { maxKeys: 3 }),
      ),
    }))
    const keys = ['site_id', 'metrics', 'date_range', 'dimensions', 'filters', 'order_by', 'include', 'pagination', 'date']
    const body = fc.dictionary(fc.constantFrom(...keys), json, { maxKeys: 9 })
    const likely = body.map((given) => ({ ...base, ...given }))
    fc.assert(
      fc.property(fc.oneof(json, body, likely), fc.boolean(), (value, internal) => {
        try {
          parseQuery(value, { ...context, internal })
        } catch (error) {
          assert.ok(error instanceof AppError, String(error))
          assert.equal(error.status, 400)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('says what would work', () => {
    assert.match(refusal({ metrics: ['visitor'] }), /no metric "visitor".*visitors, visits/)
    assert.match(refusal({ date_range: 'yesterday' }), /"yesterday" is not understood.*7d/)
    assert.match(refusal({ dimensions: ['page'] }), /no dimension "page".*event:page/)
    assert.match(refusal({ filter: [] }), /no key "filter".*filters/)
    assert.match(refusal({ filters: [['is', 'event:goal', ['Sign']]] }), /no goal "Sign"/)
    assert.match(refusal({ metrics: ['bounce_rate'], dimensions: ['event:name'] }), /bounce_rate is a number of visits/)
    assert.match(refusal({ filters: [['is', 'segment', [7]]] }), /cannot hold another segment/)
    assert.match(refusal({ filters: [['is', 'segment', [8]]] }), /no segment 8; GET .*example.com.segments lists/)
  })

  const wrong: [object, RegExp][] = [
    [{ metrics: 'visitors' }, /a list, as in \["visitors"/],
    [{ dimensions: 'visit:source' }, /a list, as in \["visit:source"\]/],
    [{ order_by: ['visitors', 'desc'] }, /as in \[\["visitors", "desc"\]\]/],
    [{ include: ['total_rows'] }, /as in {"total_rows": true}/],
    [{ pagination: 10 }, /as in {"limit": 100/],
    [{ filters: { is: '/' } }, /as in \[\["is", "event:page"/],
    [{ filters: [['is', 'page', ['/']]] }, /no dimension "page" to filter by; there are event:name, event:page.*event:props:NAME$/],
    [{ filters: [['is', 'time:day', ['2026-06-01']]] }, /"time:day" cannot.*date_range/],
    [{ filters: [['is_not', 'segment', [7]]] }, /\["not", \["is", "segment"/],
    [{ filters: [['is', 'visit:country', ['Germany']]] }, /"DE"; visit:country_name takes names/],
    [{ date_range: ['2026-02-30', '2026-03-01'] }, /: 2026-02-30 is no day.*as in \["2026-01-01"/],
    [{ date_range: ['2026-02-03', '2026-03-01T00:00:00Z'] }, /: both ends must be of the same kind/],
    [{ date_range: ['2026-02-03T00:00:00', '2026-03-01T00:00:00'] }, /understood; a pair is.*timestamps with an offset, as in/],
    [{ include: { comparisons: 'previous_period' } }, /{"mode": "previous_period"}/],
    [{ include: { comparisons: { mode: 'custom' } } }, /pair of dates, as in/],
    [{ include: { comparisons: { mode: 'custom', date_range: '7d' } } }, /pair of dates, as in/],
    [{ metrics: ['pageviews'], dimensions: ['visit:exit_page'] }, /visitors and visits have one/],
    [{ dimensions: ['event:page', 'visit:exit_page'] }, /in two queries/],
    [{ metrics: ['views_per_visit'], filters: [['is', 'event:page', ['/']]] }, /visit:entry_page goes with it/],
  ]
  for (const [body, sentence] of wrong)
    it(`says what would work: ${JSON.stringify(body)}`, () => {
      assert.match(refusal(body), sentence)
    })

  it('advises only what it takes itself', () => {
    for (const body of [
      { filters: [['not', ['is', 'segment', [9]]]] },
      { filters: [['is', 'visit:country_name', ['Germany']]] },
      { metrics: ['views_per_visit'], filters: [['is', 'visit:entry_page', ['/']]] },
      { metrics: ['visitors', 'visits'], dimensions: ['visit:exit_page'] },
      { date_range: ['2026-01-01T06:00:00Z', '2026-01-01T18:00:00+01:00'] },
    ])
      assert.ok(parseQuery({ ...base, ...body }, context))
  })

  it('a month or year ends with today where that is asked for', () => {
    const ends = (date_range: string, trim: boolean) => {
      const { range } = parseQuery({ ...base, date_range, include: { trim_relative_date_range: trim } }, context)
      return new Date(range.to * 1000).toISOString()
    }
    // Today in Berlin is 17 June until 22:00 UTC.
    assert.deepEqual(
      ['month', 'year', '7d'].map((range) => ends(range, true)),
      ['2026-06-17T21:59:59.000Z', '2026-06-17T21:59:59.000Z', '2026-06-16T21:59:59.000Z'],
    )
    assert.deepEqual(
      ['month', 'year'].map((range) => ends(range, false)),
      ['2026-06-30T21:59:59.000Z', '2026-12-31T22:59:59.000Z'],
    )
  })

  it('keeps what only the dashboard uses from keys', () => {
    for (const body of [
      { dimensions: ['time:minute'] },
      { date_range: 'realtime' },
      { date: '2026-01-01' },
      { filters: [['matches_wildcard', 'event:page', ['/a*']]] },
    ]) {
      assert.ok(refusal(body))
      assert.ok(parseQuery({ ...base, ...body }, { ...context, internal: true }))
    }
  })

  it('bounds what one query may ask', () => {
    const nest = (depth: number): unknown => (depth === 0 ? ['is', 'event:page', ['/']] : ['not', nest(depth - 1)])
    assert.match(refusal({ filters: [nest(40)] }), /nested/)
    assert.match(refusal({ filters: [['is', 'event:page', Array.from({ length: 1001 }, () => '/')]] }), /1000 values/)
    assert.match(refusal({ filters: Array.from({ length: 201 }, () => ['is', 'event:page', ['/']]) }), /200 times/)
    assert.match(refusal({ dimensions: Array.from({ length: 11 }, (_, index) => `event:props:p${index}`) }), /10 dimensions/)
    assert.match(refusal({ filters: [['is', 'event:props:__proto__', ['x'], { case_sensitive: 'no' }]] }), /true or false/)
  })

  it('resolves time, order and pages', () => {
    const query = parseQuery({ ...base, dimensions: ['time', 'visit:source'] }, context)
    assert.deepEqual(
      query.dimensions.map(({ name }) => name),
      ['time:day', 'visit:source'],
    )
    assert.deepEqual(query.order, [
      { by: 'time:day', direction: 'asc' },
      { by: 'visitors', direction: 'desc' },
    ])
    assert.deepEqual([query.limit, query.offset], [10_000, 0])
    assert.equal(new Date(query.range.from * 1000).toISOString(), '2026-06-09T22:00:00.000Z')
  })

  it('takes every metric somewhere', () => {
    const fitting: Record<string, object> = {
      conversion_rate: { dimensions: ['event:goal'] },
      group_conversion_rate: { filters: [['is', 'event:goal', ['Signup']]] },
      exit_rate: { dimensions: ['visit:exit_page'] },
      scroll_depth: { dimensions: ['event:page'] },
      time_on_page: { dimensions: ['event:page'] },
    }
    for (const metric of METRICS)
      assert.deepEqual(parseQuery({ ...base, metrics: [metric], ...fitting[metric] }, context).metrics, [metric])
  })
})
