import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { VISIT_DIMENSIONS } from '@footfall/contract/names.ts'
import { dayStart, offsetsBetween } from '../src/lib/zone.ts'
import { createVisitMemory, type VisitMemory } from '../src/write/visit-memory.ts'
import { fold } from '../src/write/visits.ts'
import type { Condition, Part, Question, Source } from '../src/storage/question.ts'
import { runQuestion } from '../src/storage/mysql/query.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import { DAYS, type Journey, eventsOf, journey } from './rollup-journeys.ts'

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

const FIELDS = ['event:name', 'event:page', 'event:hostname', ...VISIT_DIMENSIONS] as const
const all: Condition = { kind: 'all', of: [] }

/** Every kind of question that sums can answer, about the days from `a` to `b` after the first. */
function questions(site: number, zone: string, first: Temporal.PlainDate, a: number, b: number): Question[] {
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

interface Story {
  place: (typeof PLACES)[number]
  journeys: Journey[]
  ranges: [number, number][]
  /** Whether days are summed up after the first batch, and after the second; and up to which day. */
  rolls: [boolean, boolean]
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
    now: fc.integer({ min: DAYS - 3, max: DAYS + 2 }),
  })

let site = 0
const RUNS = Number(process.env['ROLLUP_RUNS'] ?? 10)

async function write(
  memory: VisitMemory,
  journeys: Journey[],
  { zone, first }: { zone: string; first: Temporal.PlainDate },
  batch: number,
) {
  const events = journeys.flatMap((each) => eventsOf(each, site, dayStart(first.add({ days: each.day }), zone)))
  const sorted = events.toSorted((a, b) => a.at - b.at).map((event, position) => [position, event] as const)
  const folded = fold(sorted, `rollup ${site}`, batch, memory)
  await store.engine.write({ token: `rollup/${site}/${batch}`, events: folded.events, visits: folded.visits })
}

/** Plays a story on a site of its own; adds where answers came from. */
async function play({ place, journeys, ranges, rolls, now: days }: Story, seen: Map<Source, number>): Promise<void> {
  site += 1
  const { zone } = place
  const first = Temporal.PlainDate.from(place.first)
  const now = dayStart(first.add({ days }), zone) + 100
  const memory = createVisitMemory(-Infinity)
  const roll = () => store.engine.rollups!.roll([{ id: site, timezone: zone }], { now, wait: 10 })
  await write(
    memory,
    journeys.filter(({ late }) => !late),
    { zone, first },
    1,
  )
  if (rolls[0]) await roll()
  await write(
    memory,
    journeys.filter(({ late }) => late),
    { zone, first },
    2,
  )
  if (rolls[1]) await roll()
  for (const [a, b] of ranges) {
    for (const question of questions(site, zone, first, a, b)) {
      const note = (source: Source) => void seen.set(source, (seen.get(source) ?? 0) + 1)
      const [kept, read] = [await runQuestion(store.client, question, { note }), await runQuestion(store.client, question, { rows: true })]
      assert.deepEqual(kept, read, JSON.stringify({ zone, a, b, keys: question.parts[0]!.keys }))
    }
  }
  assert.deepEqual((await store.engine.rollups!.check([{ id: site, timezone: zone }], {})).differences, [])
}

describe('answers from sums are those from rows', () => {
  it('of visitors who live a day, or two where a visit crosses midnight', async () => {
    const seen = new Map<Source, number>()
    await fc.assert(
      fc.asyncProperty(story(false), (each) => play(each, seen)),
      { numRuns: RUNS },
    )
    assert.ok((seen.get('rollups') ?? 0) > 10 * RUNS && (seen.get('mixed') ?? 0) > 5 * RUNS, `read from ${JSON.stringify([...seen])}`)
  })

  it('of visitors who come back on any day', async () => {
    const seen = new Map<Source, number>()
    await fc.assert(
      fc.asyncProperty(story(true), (each) => play(each, seen)),
      { numRuns: RUNS },
    )
    assert.ok((seen.get('raw') ?? 0) > 10 * RUNS, `read from ${JSON.stringify([...seen])}`)
  })
})
