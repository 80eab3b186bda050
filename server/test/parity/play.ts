import assert from 'node:assert/strict'
import fc from 'fast-check'
import { AppError } from '../../src/errors.ts'
import { dateOf, dayNumber } from '../../src/lib/zone.ts'
import type { Event } from '../../src/lib/event.ts'
import { answerQuery } from '../../src/query/answer.ts'
import { parseQuery } from '../../src/query/parse.ts'
import type { Engine } from '../../src/storage/engine.ts'
import type { Source } from '../../src/storage/question.ts'
import { createVisitMemory } from '../../src/write/visit-memory.ts'
import { fold } from '../../src/write/visits.ts'
import { type Asked, DAILY, GOALS, NOW, ONCE, START, TIMEZONES, event, question } from './questions.ts'

/** A visitor as the collector names one: by the day of the site. */
const named = ({ visitor, at }: Event, timezone: string) => String(dayNumber(dateOf(at, timezone)) * 10 + Number(visitor))

async function roll(engine: Engine, site: number, timezone: string): Promise<void> {
  await engine.rollups?.roll([{ id: site, timezone }], { now: NOW, wait: 10 })
}

/** The same 600 events in every store; which ones, never changes, so that a question alone is a counterexample. */
export async function fill(engines: Engine[]): Promise<void> {
  const events = fc.sample(event, { numRuns: 600, seed: 20_260_617 }).map(({ user, ...given }): Event => ({
    ...given,
    site: 1,
    id: '0',
    visitor: String(user + 1),
    revenue: given.name === 'Purchase' ? given.revenue : null,
    engagement: given.name === 'engagement' ? given.engagement : 0,
    scroll: given.name === 'engagement' ? given.scroll : 0,
  }))
  for (const [index, timezone] of [null, ...TIMEZONES].entries()) {
    const site = timezone === null ? 1 : DAILY + index - 1
    const memory = createVisitMemory(0)
    // The second half is late: what was summed up before it came is changed by it.
    for (const [half, some] of [events.slice(0, 300), events.slice(300)].entries()) {
      const own = some.map((each) => (timezone === null ? each : { ...each, site, visitor: named(each, timezone) }))
      const token = `parity/${site}/${half}`
      const { events: stored, visits } = fold([...own.toSorted((a, b) => a.at - b.at).entries()], token, half + 1, memory)
      for (const engine of engines) {
        await engine.write({ token, events: stored, visits })
        if (half === 0 && index % 2 === 0) await roll(engine, site, timezone ?? 'Etc/UTC')
      }
    }
  }
}

/** The answer, or the code of the refusal. */
async function answer(engine: Engine, { body, timezone, site: id }: Asked, sources: Set<Source>): Promise<unknown> {
  const site = { id, domain: 's.example', timezone }
  try {
    const query = parseQuery(body, { site, goals: GOALS, segments: [], now: NOW, firstAt: START, internal: true })
    const { results, meta } = await answerQuery(query, (each) => engine.run(each, undefined, (source) => void sources.add(source)))
    return { results, meta }
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

export interface Played {
  /** What fast-check found: whether it failed, and on what. */
  details: fc.RunDetails<[Asked]>
  /** Questions that were not refused. */
  answered: number
  /** Questions that read each of these. */
  sources: Map<Source, number>
}

/**
 * Asks every store the same random questions.
 *
 * @param options.seed, options.path of an earlier run, to have its questions again
 * @param options.onQuestion called after each, also those by which a counterexample is made smaller
 */
export async function play(
  engines: Engine[],
  options: { questions: number; seed?: number; path?: string; onQuestion?: () => void },
): Promise<Played> {
  const sources = new Map<Source, number>()
  let answered = 0
  const same = fc.asyncProperty(question, async (asked) => {
    if (asked.roll && asked.site !== 1) await Promise.all(engines.map((engine) => roll(engine, asked.site, asked.timezone)))
    const read = new Set<Source>()
    const [first, ...others] = await Promise.all(engines.map((engine) => answer(engine, asked, read)))
    for (const source of read) sources.set(source, (sources.get(source) ?? 0) + 1)
    if (typeof first === 'object') answered += 1
    options.onQuestion?.()
    for (const other of others) assert.deepEqual(other, first)
  })
  const { questions: numRuns, seed, path } = options
  const details = await fc.check(same, {
    numRuns,
    // A path counts from the examples on, so those stand in every run.
    examples: ONCE,
    ...(seed !== undefined && { seed }),
    ...(path !== undefined && { path }),
  })
  return { details, answered, sources }
}

/** Questions that were answered from sums of days, alone or with rows. */
export const fromSums = ({ sources }: Played): number => (sources.get('rollups') ?? 0) + (sources.get('mixed') ?? 0)
