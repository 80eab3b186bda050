import { seedLines } from '@footfall/simulator/history.ts'
import type { SiteProfile } from '@footfall/simulator/profile.ts'
import type { Event } from '../server/src/lib/event.ts'
import type { Engine } from '../server/src/storage/engine.ts'
import { lineReader } from '../server/src/write/import/parse.ts'
import { nameEvents } from '../server/src/write/prepare.ts'
import { REACH, createVisitMemory } from '../server/src/write/visit-memory.ts'
import { fold } from '../server/src/write/visits.ts'

const BATCH = 50_000

export interface History {
  site: number
  profile: SiteProfile
  days: number
  events: number
  /** End of the history, milliseconds since 1970. */
  now: number
  /** Events written at once, default 50,000. */
  batch?: number
}

/**
 * Fills a store with a simulated history, through the reader of imports and the fold of visits, but without HTTP and sorting:
 * a million events a minute. Lines come in order of time.
 *
 * @returns events stored
 */
export async function storeHistory(engine: Engine, { site, profile, days, events, now, batch: size = BATCH }: History): Promise<number> {
  const read = lineReader(site, new Uint8Array(32), () => now)
  const memory = createVisitMemory(-Infinity)
  let stored = 0
  let batch: Event[] = []
  let number = 0
  const store = async () => {
    number += 1
    const token = `bench:${site}:${number}`
    const numbered = nameEvents([...batch.entries()], token)
    const folded = fold(numbered, token, number, memory)
    await engine.write({ token, events: folded.events, visits: folded.visits })
    memory.forget(batch.at(-1)!.at - REACH)
    stored += folded.events.length
    batch = []
  }
  for (const line of seedLines(profile, { days, events, now })) {
    const parsed = read(line)
    if ('errors' in parsed) throw new Error(`the simulator wrote a line that an import refuses: ${parsed.errors.join(', ')}`)
    batch.push(parsed.event)
    if (batch.length === size) await store()
  }
  if (batch.length > 0) await store()
  return stored
}
