import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import type { Log } from '../../lib/app.ts'
import type { Event } from '../../lib/event.ts'
import { BatchRefused, type Batch, type Engine } from '../../storage/engine.ts'
import { idKey, idsInStore, nameEvents, recallVisits } from '../prepare.ts'
import { createRecentIds } from '../recent-ids.ts'
import { storeInHalves } from '../refused.ts'
import { REACH, createVisitMemory } from '../visit-memory.ts'
import { fold } from '../visits.ts'
import type { PendingBatches } from './pending.ts'
import type { Rejections } from './rejections.ts'
import type { Entry } from './sort.ts'

export interface BatchStorerParts {
  engine: Pick<Engine, 'write' | 'visits' | 'knownIds' | 'firstEventAt'>
  clock: () => number
  log: Log
}

const ATTEMPTS = 6

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
  const memory = createVisitMemory(known)
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

  /** Answers how many of the lines the store refused for their data. */
  async function write(batch: Batch, lineOf: (item: unknown) => number | undefined): Promise<number> {
    let refused = 0
    await writeWhatFits(engine, batch, (item, reason) => {
      const line = lineOf(item)
      log.error({ site, line, reason }, 'the store refused an imported item for its data')
      if (line === undefined) return
      refused += 1
      rejected.add(line, ['the store refused it'])
    })
    return refused
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
      const token = `import:${id}:${number}`
      const folded = fold(nameEvents(fresh, token), token, number, memory)
      const lines = new Map<unknown, number>()
      for (const [index, position] of folded.positions.entries()) lines.set(folded.events[index], entries[position]!.line)
      for (const position of folded.homeless) rejected.add(entries[position]!.line, ['no_session_for_engagement'])
      const batch: Batch = { token, events: folded.events, visits: folded.visits }
      const refused = await pending.store(batch, () => insist(log, () => write(batch, (item) => lines.get(item))))
      counted.accepted += folded.events.length - refused
      memory.forget(events.at(-1)!.at - REACH)
    },
  }
}

/** Stores what was left of an earlier import. */
export async function finishPending(pending: PendingBatches, { engine, log }: Pick<BatchStorerParts, 'engine' | 'log'>): Promise<void> {
  await pending.finish(async (batch) => {
    await insist(log, () =>
      writeWhatFits(engine, { ...batch, again: true }, (_item, reason) =>
        log.error({ reason }, 'the store refused an imported item for its data'),
      ),
    )
    log.warn({ token: batch.token, events: batch.events.length }, 'finished a batch of an import that had been interrupted')
  })
}

/** Writes a batch; of one that the store refuses for its data, all but the bad items. */
async function writeWhatFits(
  engine: BatchStorerParts['engine'],
  batch: Batch,
  bad: (item: unknown, reason: unknown) => void,
): Promise<void> {
  try {
    await engine.write(batch)
  } catch (error) {
    batch.again = true
    if (!(error instanceof BatchRefused)) throw error
    await storeInHalves(engine, batch, { keep: async (item, reason) => bad(item, reason) })
  }
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
