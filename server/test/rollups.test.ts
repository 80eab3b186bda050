import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { dayStart } from '../src/lib/zone.ts'
import { createVisitMemory } from '../src/write/visit-memory.ts'
import type { Source } from '../src/storage/question.ts'
import { runQuestion } from '../src/storage/mysql/query.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import { DAYS, type Journey, journey, lastingVisitor, questions, storeJourneys } from './rollup-journeys.ts'

let store: Awaited<ReturnType<typeof realMySqlEngine>>
before(async () => {
  store = await realMySqlEngine()
})
after(() => store.close())

/** Zones with a first day: a change of clocks is among the days that follow, at midnight, in the night, by half an hour. */
const PLACES = [
  { zone: 'Etc/UTC', first: '2026-03-01' },
  { zone: 'Asia/Kathmandu', first: '2026-02-25' },
  { zone: 'America/New_York', first: '2026-03-04' },
  { zone: 'Australia/Lord_Howe', first: '2026-04-01' },
  { zone: 'America/Havana', first: '2026-03-05' },
  { zone: 'America/Santiago', first: '2026-04-01' },
  { zone: 'Atlantic/Azores', first: '2026-10-21' },
] as const

interface Story {
  place: (typeof PLACES)[number]
  journeys: Journey[]
  ranges: [number, number][]
  /** Whether days are summed up after the first batch, and after the second; and up to which day. */
  rolls: [boolean, boolean]
  /** Lasting visitor who is forgotten at the end. */
  forgotten: number | null
  /** Day before which everything is erased at the end. */
  erased: number | null
  now: number
}

const story = (lasting: boolean): fc.Arbitrary<Story> =>
  fc.record({
    place: fc.constantFrom(...PLACES),
    journeys: fc.array(journey(lasting), { minLength: 5, maxLength: 40 }),
    ranges: fc.array(
      fc.tuple(fc.nat(DAYS), fc.nat(DAYS)).map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a])),
      { minLength: 1, maxLength: 3 },
    ),
    rolls: fc.constantFrom<[boolean, boolean]>([true, false], [false, true], [true, true]),
    forgotten: lasting ? fc.option(fc.nat(5)) : fc.constant(null),
    erased: fc.option(fc.nat(DAYS)),
    now: fc.integer({ min: DAYS - 3, max: DAYS + 2 }),
  })

let site = 0
const RUNS = Number(process.env['ROLLUP_RUNS'] ?? 10)

/** Plays a story on a site of its own; adds where answers came from. */
async function play({ place, journeys, ranges, rolls, forgotten, erased, now: days }: Story, seen: Map<Source, number>): Promise<void> {
  site += 1
  const { zone } = place
  const first = Temporal.PlainDate.from(place.first)
  const now = dayStart(first.add({ days }), zone) + 100
  const memory = createVisitMemory(-Infinity)
  const roll = () => store.engine.rollups!.roll([{ id: site, timezone: zone }], { now, wait: 10 })
  const at = { site, zone, first }
  const batch = (late: boolean, number: number) =>
    storeJourneys(
      store.engine,
      at,
      journeys.filter((each) => each.late === late),
      { batch: number, memory },
    )
  await batch(false, 1)
  if (rolls[0]) await roll()
  await batch(true, 2)
  if (rolls[1]) await roll()
  if (forgotten !== null) await store.engine.forgetVisitor({ site, visitor: lastingVisitor(forgotten), until: now })
  if (erased !== null) await store.engine.eraseOlder({ site, timezone: zone, before: dayStart(first.add({ days: erased }), zone) })
  for (const [a, b] of ranges) {
    for (const question of questions(site, zone, first, a, b)) {
      const note = (source: Source) => void seen.set(source, (seen.get(source) ?? 0) + 1)
      const [kept, read] = [await runQuestion(store.client, question, { note }), await runQuestion(store.client, question, { rows: true })]
      assert.deepEqual(kept, read, JSON.stringify({ zone, a, b, keys: question.parts[0]!.keys }))
    }
  }
  const check = async () => assert.deepEqual((await store.engine.rollups!.check([{ id: site, timezone: zone }], {})).differences, [])
  await check()
  if (erased !== null) {
    // The days whose visits went over that midnight are summed up again.
    await roll()
    await check()
  }
}

describe('answers from sums are those from rows', () => {
  it('of visitors who live a day, or two where a visit crosses midnight', async () => {
    const seen = new Map<Source, number>()
    await fc.assert(
      fc.asyncProperty(story(false), (each) => play(each, seen)),
      { numRuns: RUNS },
    )
    assert.ok((seen.get('rollups') ?? 0) > 3 * RUNS && (seen.get('mixed') ?? 0) > RUNS, `read from ${JSON.stringify([...seen])}`)
  })

  it('of visitors who come back on any day', async () => {
    const seen = new Map<Source, number>()
    await fc.assert(
      fc.asyncProperty(story(true), (each) => play(each, seen)),
      { numRuns: RUNS },
    )
    assert.ok((seen.get('raw') ?? 0) > 3 * RUNS, `read from ${JSON.stringify([...seen])}`)
  })
})
