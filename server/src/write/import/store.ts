import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import type { Log } from '../../lib/app.ts'
import type { Event } from '../../lib/event.ts'
import { BatchRefused, type Batch, type Engine } from '../../storage/engine.ts'
import { idKey, idsInStore, nameEvents, recallVisits } from '../prepare.ts'
import { createRecentIds } from '../recent-ids.ts'
import { findRefused } from '../refused.ts'
import { REACH, createVisitMemory } from '../visit-memory.ts'
import { fold, type Folded } from '../visits.ts'
import type { PendingBatches } from './pending.ts'
import type { Rejections } from './rejections.ts'
import type { Entry } from './sort.ts'

export interface BatchStorerParts {
  engine: Pick<Engine, 'write' | 'fits' | 'visits' | 'knownIds' | 'firstEventAt'>
  clock: () => number
  log: Log
}

const ATTEMPTS = 6
const REFUSED = 'the store refused it'

/** Stores batches of sorted entries, one after another, through the same folding of visits as live events. */
export async function batchStorer(
  site: number,
  { engine, clock, log }: BatchStorerParts,
  { rejected, pending }: { rejected: Rejections; pending: PendingBatches },
) {
  const counted = { accepted: 0, duplicates: 0 }
  const id = randomUUID()
  // A site without events has no ids and no visits to ask for: only what this import itself stored and forgot again.
  const known = (await engine.firstEventAt(site)) === null ? -Infinity : Infinity
  const recent = createRecentIds(known)
  let memory = createVisitMemory(known)
  let number = 0

  function distinct(entries: Entry[], inStore: Set<string>): [number, Event][] {
    const fresh: [number, Event][] = []
    for (const [position, { event }] of entries.entries()) {
      if (event.id !== '0') {
        if (recent.has(site, event.id) || inStore.has(idKey(site, event.id))) {
          counted.duplicates += 1
          continue
        }
        recent.add(site, event.id, event.at)
      }
      fresh.push([position, event])
    }
    return fresh
  }

  /** Stores what the store takes of these; names the lines of the rest. Answers how they were folded in the end. */
  async function storeFitting(events: [number, Event][], entries: Entry[]): Promise<Folded> {
    const token = `import:${id}:${number}`
    const folded = fold(nameEvents(events, token), token, number, memory)
    const batch: Batch = { token, events: folded.events, visits: folded.visits }
    const refused = await pending.store(batch, () => whatIsRefused(engine, log, batch))
    if (refused.size === 0) return folded
    const bad = new Set<number>()
    for (const [index, reason] of refused) {
      const position = folded.positions[index]!
      const { line } = entries[position]!
      bad.add(position)
      rejected.add(line, [REFUSED])
      log.error({ site, line, reason }, 'the store refused an imported line for its data')
    }
    // What is remembered counts them: from here on the store is asked.
    memory = createVisitMemory(Infinity)
    const rest = events.filter(([position]) => !bad.has(position))
    await insist(log, () =>
      recallVisits(
        rest.map(([, event]) => event),
        memory,
        engine,
      ),
    )
    return storeFitting(rest, entries)
  }

  return {
    counted,
    async store(entries: Entry[]): Promise<void> {
      const events = entries.map((entry) => entry.event)
      await insist(log, () => recallVisits(events, memory, engine))
      const inStore = await insist(log, () => idsInStore(events, recent, engine, Infinity))
      const fresh = distinct(entries, inStore)
      // Larger than any earlier batch of these visits, by whatever import and whichever clock.
      for (const [, event] of fresh) for (const visit of memory.of(site, event.visitor)) number = Math.max(number, visit.batch)
      number = Math.max(number + 1, clock())
      const { events: stored, homeless } = await storeFitting(fresh, entries)
      for (const position of homeless) rejected.add(entries[position]!.line, ['no_session_for_engagement'])
      counted.accepted += stored.length
      memory.forget(events.at(-1)!.at - REACH)
    },
  }
}

/** Stores what was left of an earlier import. */
export async function finishPending(pending: PendingBatches, { engine, log }: Pick<BatchStorerParts, 'engine' | 'log'>): Promise<void> {
  await pending.finish(async (left) => {
    let batch: Batch = { ...left, again: true }
    for (;;) {
      const refused = await whatIsRefused(engine, log, batch)
      if (refused.size === 0) break
      for (const reason of refused.values()) log.error({ reason }, 'the store refused an imported line for its data')
      batch = await foldedAgain(engine, log, batch, refused)
    }
    log.warn({ token: batch.token, events: batch.events.length }, 'finished a batch of an import that had been interrupted')
  })
}

/** The batch without these of its events. */
async function foldedAgain(
  engine: BatchStorerParts['engine'],
  log: Log,
  batch: Batch,
  without: ReadonlyMap<number, unknown>,
): Promise<Batch> {
  const rest = [...batch.events.entries()].filter(([index]) => !without.has(index))
  const memory = createVisitMemory(Infinity)
  await insist(log, () =>
    recallVisits(
      rest.map(([, event]) => event),
      memory,
      engine,
    ),
  )
  const number = batch.visits.reduce((most, visit) => Math.max(most, visit.batch), 0)
  const { events, visits } = fold(rest, batch.token, number, memory)
  return { ...batch, events, visits }
}

/** Writes a batch, or says which of its events the store will never take; then nothing of it is stored. */
async function whatIsRefused(engine: BatchStorerParts['engine'], log: Log, batch: Batch): Promise<Map<number, unknown>> {
  const taken = await insist(log, async () => {
    try {
      await engine.write(batch)
      return true
    } catch (error) {
      if (error instanceof BatchRefused) return false
      batch.again = true
      throw error
    }
  })
  if (taken) return new Map()
  const refused = await insist(log, () => findRefused(engine, batch))
  if (refused.size === 0) throw new Error(`batch ${batch.token} is refused, but none of its parts`)
  return refused
}

/** Tries again what fails because the store is away for a moment. */
async function insist<Result>(log: Log, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === ATTEMPTS)
        throw new AppError('unavailable', 'The event store does not answer; a part of the import may be stored', {
          retryAfter: 60,
          cause: error,
        })
      log.warn({ err: error, attempt }, 'a batch of an import failed and is tried again')
      await setTimeout(250 * 2 ** attempt)
    }
  }
}
