import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { StoredEvent, Visit } from '../src/lib/event.ts'
import { dayStart } from '../src/lib/zone.ts'
import type { Engine } from '../src/storage/engine.ts'
import { createVisitMemory } from '../src/write/visit-memory.ts'
import { DAYS, type Journey, journey, storeJourneys } from './rollup-journeys.ts'
import { onEveryStore } from './stores.ts'

const ZONE = 'Asia/Kathmandu'
const FIRST = Temporal.PlainDate.from('2026-02-25')
const midnight = (days: number) => dayStart(FIRST.add({ days }), ZONE)
const WHEN = { from: midnight(-2), to: midnight(DAYS + 3) }

interface Held {
  visits: Visit[]
  events: StoredEvent[]
}

/** All that a store has of a site, in an order of its own. */
async function held(engine: Engine, site: number): Promise<Held> {
  const events = (await Array.fromAsync(engine.export({ site, ...WHEN }))).flat()
  const visits = (await engine.visits({ activeSince: WHEN.from })).filter((visit) => visit.site === site)
  return {
    visits: visits.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    events: events
      .map((event) => JSON.stringify(event))
      .toSorted()
      .map(parsed),
  }
}
const parsed = (text: string) => JSON.parse(text) as StoredEvent

let site = 100

/** The same visit, but over that midnight. */
const crossing = (each: Journey, days: number): Journey => ({
  ...each,
  day: days - 1,
  second: 85_800,
  steps: each.steps.slice(0, 2).flatMap(({ event }) => [
    { wait: 0, event },
    { wait: 900, event },
  ]),
})
const RUNS = Number(process.env['OLDER_RUNS'] ?? 6)

onEveryStore(
  'what is older than a moment',
  async () => {},
  (engine) => {
    it('is erased by whole visits, as many as were counted, and nothing else is', async () => {
      let crossed = 0
      const story = fc.record({
        journeys: fc.array(journey(true), { minLength: 5, maxLength: 30 }),
        days: fc.integer({ min: 1, max: DAYS }),
      })
      await fc.assert(
        fc.asyncProperty(story, async ({ journeys: random, days }) => {
          const journeys = random.map((each, index) => (index < 3 ? crossing(each, days) : each))
          site += 2
          const neighbour = site + 1
          const before = midnight(days)
          const memory = createVisitMemory(-Infinity)
          // Twice: a later batch has earlier events, which move the beginning of visits over the midnight.
          for (const late of [false, true]) {
            const some = journeys.filter((each) => each.late === late)
            await storeJourneys(engine(), { site, zone: ZONE, first: FIRST }, some, { batch: late ? 2 : 1, memory })
          }
          await storeJourneys(engine(), { site: neighbour, zone: ZONE, first: FIRST }, journeys.slice(0, 3))
          const [all, others] = [await held(engine(), site), await held(engine(), neighbour)]
          const old = new Set(all.visits.filter(({ start }) => start < before).map(({ id }) => id))
          crossed += all.visits.filter(({ start, active }) => start < before && active >= before).length
          const kept = { visits: all.visits.filter(({ id }) => !old.has(id)), events: all.events.filter(({ visit }) => !old.has(visit)) }
          const older = { site, timezone: ZONE, before }
          assert.deepEqual(await engine().countOlder(older), { events: all.events.length - kept.events.length, visits: old.size })
          await engine().eraseOlder(older)
          assert.deepEqual(await held(engine(), site), kept)
          assert.deepEqual(await engine().countOlder(older), { events: 0, visits: 0 })
          await engine().eraseOlder(older)
          assert.deepEqual(await held(engine(), site), kept)
          assert.deepEqual(await held(engine(), neighbour), others)
        }),
        { numRuns: RUNS, endOnFailure: true },
      )
      assert.ok(crossed > 0, 'no visit went over a midnight')
    })

    it('may be a visit of which only a later row began before', async () => {
      site += 2
      const memory = createVisitMemory(-Infinity)
      const [one] = fc.sample(journey(false), { numRuns: 1, seed: 7 })
      const at = (second: number) => ({
        ...one!,
        day: 1,
        second,
        steps: [{ wait: 0, event: { ...one!.steps[0]!.event, name: 'pageview', engagement: 0, scroll: 0 } }],
      })
      await storeJourneys(engine(), { site, zone: ZONE, first: FIRST }, [at(300)], { batch: 1, memory })
      await storeJourneys(engine(), { site, zone: ZONE, first: FIRST }, [at(-300)], { batch: 2, memory })
      const { visits, events } = await held(engine(), site)
      assert.deepEqual([visits.map(({ start, opened }) => opened - start), events.length], [[600], 2])
      await engine().eraseOlder({ site, timezone: ZONE, before: midnight(1) })
      assert.deepEqual(await held(engine(), site), { visits: [], events: [] })
    })
  },
)
