import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { dayStart } from '../src/lib/zone.ts'
import { runQuestion } from '../src/storage/mysql/query.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import type { Source } from '../src/storage/question.ts'
import { createVisitMemory } from '../src/write/visit-memory.ts'
import { DAYS, type Journey, journey, questions, storeJourneys } from './rollup-journeys.ts'

const view = (pathname: string, wait = 0): Journey['steps'][number] => ({
  wait,
  event: { name: 'pageview', pathname, title: 'a', hostname: 'example.com', engagement: 0, scroll: 0, interactive: true },
})
const read = (scroll: number): Journey['steps'][number] => ({
  wait: 600,
  event: { ...view('/b').event, name: 'engagement', engagement: 9000, scroll },
})
const [{ attributes }] = fc.sample(journey(false), { numRuns: 1, seed: 3 }) as [Journey]

const journeyOf = (day: number, second: number, steps: Journey['steps'], more: Partial<Journey> = {}): Journey => ({
  user: 1,
  lasting: false,
  attributes,
  late: false,
  day,
  second,
  steps,
  ...more,
})

/**
 * What random journeys are seldom dense enough for: somebody crosses each midnight and was there in the morning, beside two others who
 * see the same pages. So whatever sums could get wrong between two days, they could get wrong between each two.
 */
function journeysOf(day: number): Journey[] {
  const visit = (user: number, second: number, source: string, ...steps: Journey['steps']) =>
    journeyOf(day, second, steps, { user, attributes: { ...attributes, source }, late: day % 4 === 3 })
  return [
    visit(0, 36_000, 'b', view('/a'), read(50)),
    visit(0, 85_800, 'a', view('/'), read(100), view('/a', 900), view('/c', 600)),
    visit(1, 50_000, 'a', view('/'), view('/a', 60)),
    visit(2, 200, '', view('/c')),
  ]
}

/** Zones with a first day, the range that is asked for, and whether days are summed up again after late events; a month ends in two of them. */
const STORIES = [
  { zone: 'Etc/UTC', first: '2026-02-25', range: [0, DAYS - 1], again: true, source: 'rollups' },
  { zone: 'Asia/Kathmandu', first: '2026-02-24', range: [1, DAYS - 1], again: false, source: 'mixed' },
  { zone: 'Atlantic/Azores', first: '2026-10-21', range: [2, DAYS - 2], again: true, source: 'mixed' },
] as const

describe('somebody at every midnight', () => {
  let store: Awaited<ReturnType<typeof realMySqlEngine>>
  before(async () => {
    store = await realMySqlEngine()
  })
  after(() => store.close())

  for (const [index, { zone, first: date, range, again, source }] of STORIES.entries()) {
    it(`is counted once, in ${zone}, from ${source}`, async () => {
      const site = { id: index + 1, timezone: zone }
      const first = Temporal.PlainDate.from(date)
      const at = { site: site.id, zone, first }
      const now = dayStart(first.add({ days: DAYS + 2 }), zone) + 60
      const memory = createVisitMemory(-Infinity)
      const journeys = Array.from({ length: DAYS }, (_, day) => journeysOf(day)).flat()
      for (const late of [false, true]) {
        const some = journeys.filter((each) => each.late === late)
        await storeJourneys(store.engine, at, some, { batch: late ? 2 : 1, memory })
        if (!late || again) await store.engine.rollups!.roll([site], { now, wait: 10 })
      }
      const seen = new Set<Source>()
      for (const question of questions(site.id, zone, first, range[0], range[1])) {
        const kept = await runQuestion(store.client, question, { note: (each) => void seen.add(each) })
        const rows = await runQuestion(store.client, question, { rows: true })
        assert.deepEqual(kept, rows, JSON.stringify({ keys: question.parts[0]!.keys }))
      }
      assert.ok(seen.has(source), `read from ${[...seen].join(', ')}`)
    })
  }

  const LATE: { name: string; journeys: Journey[]; range: readonly [number, number] }[] = [
    {
      name: 'a visit that came late, and was opened before all others of its day, counts on the next one',
      journeys: [
        journeyOf(1, 86_000, [view('/')]),
        journeyOf(2, 3600, [view('/')], { user: 2 }),
        journeyOf(1, 40_000, [view('/'), ...Array.from({ length: 32 }, () => view('/a', 1500))], { user: 3, late: true }),
      ],
      range: [2, 2],
    },
    {
      name: 'a visit that crossed midnight counts on a day that has no sums',
      journeys: [journeyOf(1, 86_000, [view('/'), view('/a', 900)]), journeyOf(2, 7200, [view('/')], { user: 2, late: true })],
      range: [2, 2],
    },
    {
      name: 'a visitor who comes back days later, and is told of late, counts once',
      journeys: [
        journeyOf(0, 3600, [view('/')], { lasting: true }),
        ...[1, 2, 3, 4, 5].map((day) => journeyOf(day, 7200, [view('/')], { user: 2 })),
        journeyOf(3, 3600, [view('/')], { lasting: true, late: true }),
      ],
      range: [0, 5],
    },
  ]
  for (const [index, { name, journeys, range }] of LATE.entries()) {
    it(name, async () => {
      const site = { id: STORIES.length + index + 1, timezone: 'Etc/UTC' }
      const at = { site: site.id, zone: site.timezone, first: Temporal.PlainDate.from('2026-06-01') }
      const memory = createVisitMemory(-Infinity)
      for (const late of [false, true]) {
        const some = journeys.filter((each) => each.late === late)
        await storeJourneys(store.engine, at, some, { batch: late ? 2 : 1, memory })
        if (!late) await store.engine.rollups!.roll([site], { now: dayStart(at.first.add({ days: 7 }), at.zone), wait: 10 })
      }
      for (const question of questions(site.id, at.zone, at.first, ...range)) {
        const kept = await runQuestion(store.client, question)
        assert.deepEqual(kept, await runQuestion(store.client, question, { rows: true }), JSON.stringify({ keys: question.parts[0]!.keys }))
      }
    })
  }
})
