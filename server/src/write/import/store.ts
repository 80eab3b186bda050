import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import type { Log } from '../../lib/app.ts'
import type { Event } from '../../lib/event.ts'
import { BatchRefused, type Batch, type Engine, type Turn } from '../../storage/engine.ts'
import { idKey, idsInStore, nameEvents, recallVisits } from '../prepare.ts'
import { createRecentIds } from '../recent-ids.ts'
import { findRefused } from '../refused.ts'
import { REACH, createVisitMemory } from '../visit-memory.ts'
import { fold, type Folded } from '../visits.ts'
import type { PendingBatches } from './pending.ts'
import type { Rejections } from './rejections.ts'
import type { Entry } from './sort.ts'

export interface BatchStorerParts {
  engine: Pick<Engine, 'write' | 'fits' | 'visits' | 'firstEventAt' | 'turn'>
  clock: () => number
  log: Log
}

/** What becomes of some entries. */
interface Plan {
  /** In which it was made, and stored if it is. */
  turn: number
  batch: Batch
  folded: Folded
  fresh: [position: number, event: Event][]
  duplicates: number
}

const ATTEMPTS = 6
const REFUSED = 'the store refused it'

/**
 * Stores batches of sorted entries, one after another, through the same folding of visits as live events. Each is stored in a turn
 * (docs/adr/0009-turns.md): what another process stored meanwhile, a second import of the site for one, is asked of the store.
 */
export function batchStorer(
  site: number,
  { engine, clock, log }: BatchStorerParts,
  { rejected, pending }: { rejected: Rejections; pending: PendingBatches },
) {
  const counted = { accepted: 0, duplicates: 0 }
  const id = randomUUID()
  let recent = createRecentIds(Infinity)
  let memory = createVisitMemory(Infinity)
  let number = 0
  /** Our last turn. */
  let last: number | null = null
  /** Of the batch that is being stored: making it changes what is remembered, so it is kept until it is stored. */
  let plan: Plan | null = null

  /** Takes out what is in the store, or twice among these. */
  function distinct(entries: [position: number, event: Event][], inStore: ReadonlySet<string>): [position: number, event: Event][] {
    const here = new Set<string>()
    return entries.filter(([, event]) => {
      if (event.id === '0') return true
      const known = here.has(event.id) || recent.has(site, event.id) || inStore.has(idKey(site, event.id))
      here.add(event.id)
      return !known
    })
  }

  async function makePlan(entries: [position: number, event: Event][], turn: Turn): Promise<Plan> {
    const events = entries.map(([, event]) => event)
    await recallVisits(events, memory, turn)
    const fresh = distinct(entries, await idsInStore(events, recent, turn, Infinity))
    // Larger than any earlier batch of these visits, by whatever import and whichever clock.
    for (const [, event] of fresh) for (const visit of memory.of(site, event.visitor)) number = Math.max(number, visit.batch)
    number = Math.max(number + 1, clock())
    const token = `import:${id}:${number}`
    const folded = fold(nameEvents(fresh, token), token, number, memory)
    return {
      turn: turn.number,
      batch: { token, events: folded.events, visits: folded.visits },
      folded,
      fresh,
      duplicates: events.length - fresh.length,
    }
  }

  /** Brings what is remembered up to what happened since our last turn. Answers whether the batch is stored already. */
  async function catchUp(turn: Turn): Promise<boolean> {
    let stored = false
    if (plan && turn.before !== null) {
      // Its turn was over before its answer came: the batch is stored, or nothing of it is.
      stored = await turn.stored(plan.batch.token)
      if (stored) last = plan.turn
      else {
        plan = null
        memory = createVisitMemory(Infinity)
      }
    }
    if (last === null && !plan) {
      // A site without events has no ids and no visits to ask for: only what this import itself stored and forgot again.
      const known = (await engine.firstEventAt(site)) === null ? -Infinity : Infinity
      recent = createRecentIds(known)
      memory = createVisitMemory(known)
    } else if (turn.before !== null && turn.before !== last) {
      recent.missBefore(Infinity)
      memory = createVisitMemory(Infinity)
    }
    return stored
  }

  /** Stores what the store takes of these. `refused` gets the positions of the rest, whose lines are named. */
  async function storeInTurn(entries: readonly Entry[], refused: Set<number>, turn: Turn): Promise<Plan> {
    if ((await catchUp(turn)) && plan) return plan
    for (;;) {
      const fitting = [...entries.entries()].filter(([position]) => !refused.has(position))
      plan ??= await makePlan(
        fitting.map(([position, { event }]) => [position, event]),
        turn,
      )
      const { batch, folded } = plan
      const write = () => whatIsRefused(turn, batch)
      // Where a turn is a transaction, a crash leaves nothing half stored.
      const reasons = await (turn.before === null ? pending.store(batch, write) : write())
      if (reasons.size === 0) return plan
      for (const [index, reason] of reasons) {
        const position = folded.positions[index]!
        const { line } = entries[position]!
        refused.add(position)
        rejected.add(line, [REFUSED])
        log.error({ site, line, reason }, 'the store refused an imported line for its data')
      }
      // What is remembered counts them: from here on the store is asked.
      plan = null
      memory = createVisitMemory(Infinity)
    }
  }

  return {
    counted,
    async store(entries: Entry[]): Promise<void> {
      const refused = new Set<number>()
      const { turn, stored } = await insist(log, () =>
        engine.turn(0, async (turn) => ({ turn: turn.number, stored: await storeInTurn(entries, refused, turn) })),
      )
      last = turn
      plan = null
      for (const [, event] of stored.fresh) if (event.id !== '0') recent.add(site, event.id, event.at)
      for (const position of stored.folded.homeless) rejected.add(entries[position]!.line, ['no_session_for_engagement'])
      counted.duplicates += stored.duplicates
      counted.accepted += stored.folded.events.length
      memory.forget(entries.at(-1)!.event.at - REACH)
    },
  }
}

/** Stores what was left of an earlier import. */
export async function finishPending(pending: PendingBatches, { engine, log }: Pick<BatchStorerParts, 'engine' | 'log'>): Promise<void> {
  await pending.finish(async (left) => {
    let batch: Batch = { ...left, again: true }
    for (;;) {
      const tried = batch
      const refused = await insist(log, () => whatIsRefused(engine, tried))
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
async function whatIsRefused(engine: Pick<Engine, 'write' | 'fits'>, batch: Batch): Promise<Map<number, unknown>> {
  try {
    await engine.write(batch)
    return new Map()
  } catch (error) {
    if (!(error instanceof BatchRefused)) {
      batch.again = true
      throw error
    }
  }
  const refused = await findRefused(engine, batch)
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
