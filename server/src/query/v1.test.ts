import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { AppError } from '../errors.ts'
import { readV1Filters } from './v1-filters.ts'
import { readPeriod } from './v1-period.ts'
import { aggregateBody, breakdownBody, timeseriesBody } from './v1.ts'

const TODAY = Temporal.PlainDate.from('2026-03-15')

describe('filters of v1', () => {
  const read: [string, unknown[]][] = [
    ['', []],
    ['visit:source==Google', [['is', 'visit:source', ['Google']]]],
    ['visit:country!=FR', [['is_not', 'visit:country', ['FR']]]],
    ['visit:source==Github|Twitter', [['is', 'visit:source', ['Github', 'Twitter']]]],
    [
      ' event:goal==Signup ; visit:country==DE ',
      [
        ['is', 'event:goal', ['Signup']],
        ['is', 'visit:country', ['DE']],
      ],
    ],
    ['event:page==/blog/*', [['matches_wildcard', 'event:page', ['/blog/*']]]],
    ['event:page!=/x|/y**', [['matches_wildcard_not', 'event:page', ['/x', '/y**']]]],
    ['event:goal==Visit /blog**', [['is', 'event:goal', ['Visit /blog**']]]],
    ['visit:utm_campaign==one\\|two', [['is', 'visit:utm_campaign', ['one|two']]]],
    [
      'visit:utm_campaign==a\\;b;visit:os==Mac',
      [
        ['is', 'visit:utm_campaign', ['a;b']],
        ['is', 'visit:os', ['Mac']],
      ],
    ],
    ['event:page~blog', [['contains', 'event:page', ['blog']]]],
    ['event:page!~blog|docs', [['contains_not', 'event:page', ['blog', 'docs']]]],
    ['event:page==/~user?a==b', [['is', 'event:page', ['/~user?a==b']]]],
    ['event:props:tier==small', [['is', 'event:props:tier', ['small']]]],
    ['[["contains","event:page",["x"]]]', [['contains', 'event:page', ['x']]]],
  ]
  for (const [text, filters] of read) it(JSON.stringify(text), () => assert.deepEqual(readV1Filters(text), filters))

  for (const text of ['source==Google', 'visit:source=Google', 'event:page', '[nonsense', 'visit:os==Mac;'.repeat(101)]) {
    it(`${text.slice(0, 30)} is refused in words`, () =>
      assert.throws(
        () => readV1Filters(text),
        (error) => error instanceof AppError && error.code === 'invalid_query',
      ))
  }
})

describe('periods of v1', () => {
  const read: [string | undefined, string | undefined, string, string][] = [
    [undefined, undefined, '2026-02-13', '2026-03-15'],
    ['day', undefined, '2026-03-15', '2026-03-15'],
    ['7d', '2026-01-03', '2025-12-28', '2026-01-03'],
    ['month', '2024-02-10', '2024-02-01', '2024-02-29'],
    ['6mo', '2021-01-31', '2020-08-01', '2021-01-31'],
    ['12mo', undefined, '2025-04-01', '2026-03-31'],
    ['custom', '2021-01-01,2021-01-31', '2021-01-01', '2021-01-31'],
    ['custom', '2021-01-31, 2021-01-01', '2021-01-01', '2021-01-31'],
  ]
  for (const [period, date, from, to] of read) {
    it(`${period} of ${date} is ${from} to ${to}`, () => {
      const dates = readPeriod({ ...(period && { period }), ...(date && { date }) }, TODAY)
      assert.deepEqual(dates.map(String), [from, to])
    })
  }
})

it('whatever comes in, the answer is a question or a refusal', () => {
  const text = fc.option(
    fc.oneof(fc.string(), fc.constantFrom('day', 'custom', 'visit:source', '2026-01-01,2026-13-01', '__proto__', '["', '0', '-1')),
    { nil: undefined },
  )
  const names = ['period', 'date', 'metrics', 'filters', 'property', 'interval', 'limit', 'page', 'compare'] as const
  const params = fc.record(Object.fromEntries(names.map((name) => [name, text])) as Record<(typeof names)[number], typeof text>)
  const readers = fc.constantFrom(aggregateBody, timeseriesBody, breakdownBody)
  fc.assert(
    fc.property(params, readers, (given, reader) => {
      const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
      try {
        assert.equal(reader({ site_id: 'example.com', ...set }, TODAY)['site_id'], 'example.com')
      } catch (error) {
        assert.ok(error instanceof AppError && error.status === 400, String(error))
      }
    }),
    { numRuns: 1000 },
  )
})
