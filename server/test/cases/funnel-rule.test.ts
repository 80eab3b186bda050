import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { Condition } from '../../src/storage/question.ts'
import { NOON, event } from '../../src/write/test-support.ts'
import { onEveryStore } from '../stores.ts'

interface Seen {
  visitor: number
  /** Seconds after noon. */
  at: number
  /** Steps are met by pages that contain their letter: `/ab` meets two. */
  page: string
}
const LETTERS = ['a', 'b', 'c', 'd']

/** The rule of storage/reports.ts word for word: whether events t1 ≤ … ≤ tk exist, tk within the window of t1. */
function reaches(events: Seen[], step: number, window: number): boolean {
  const from = (index: number, since: number, until: number): boolean =>
    index === step ||
    events.some(({ at, page }) => at >= since && at <= until && page.includes(LETTERS[index]!) && from(index + 1, at, until))
  return events.some(({ at, page }) => page.includes(LETTERS[0]!) && from(1, at, at + window))
}

const contains = (letter: string): Condition => ({
  kind: 'match',
  field: 'event:page',
  operator: 'contains',
  values: [letter],
  anyCase: false,
})

const nothing = () => Promise.resolve()

onEveryStore('the rule of funnels', nothing, (engine) => {
  it('is what the engine does, whatever people do in whatever order', async () => {
    const seen = fc.record({
      visitor: fc.integer({ min: 1, max: 4 }),
      at: fc.integer({ min: 0, max: 8 }),
      page: fc.subarray([...LETTERS, 'x']).map((letters) => `/${letters.join('')}`),
    })
    let site = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(seen, { minLength: 1, maxLength: 24 }),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async (events, steps, window) => {
          site++
          const stored = events.map(({ visitor, at, page }) => ({
            ...event({ site, visitor: String(visitor), at: NOON + at, pathname: page }),
            visit: String(visitor),
          }))
          await engine().write({ token: `site-${site}`, events: stored, visits: [] })
          const [row] = await engine().report('funnel', {
            site,
            from: NOON,
            to: NOON + 10,
            where: { kind: 'all', of: [] },
            steps: LETTERS.slice(0, steps).map(contains),
            window,
            by: null,
            limit: 1,
          })
          const people = [...new Set(events.map(({ visitor }) => visitor))].map((visitor) =>
            events.filter((each) => each.visitor === visitor),
          )
          const reached = LETTERS.slice(0, steps).map((_, index) => people.filter((own) => reaches(own, index + 1, window)).length)
          assert.deepEqual(row, { value: '', visitors: people.length, reached })
        },
      ),
      { numRuns: 100 },
    )
  })
})
