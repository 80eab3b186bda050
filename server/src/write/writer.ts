import { setTimeout } from 'node:timers/promises'
import type { Log } from '../lib/app.ts'
import type { Event } from '../lib/event.ts'
import type { Metrics } from '../metrics.ts'
import type { Clock, Drops } from '../seams.ts'
import { BatchRefused, type Batch, type Engine, type Turn } from '../storage/engine.ts'
import type { Journal, Segment } from './journal.ts'
import { REMEMBER_SECONDS, overtaken, recollect, unknownPast, type Past } from './past.ts'
import { idKey, idsInStore, nameEvents, recallVisits, withoutErased } from './prepare.ts'
import type { RecentIds } from './recent-ids.ts'
import { findRefused, type RefusedItems } from './refused.ts'
import { fold } from './visits.ts'

export interface WriterParts {
  engine: Engine
  journal: Journal
  refused: RefusedItems
  /** Whether a site was deleted with all it had. A failure to answer is one of the store: the batch waits. */
  isErased: (site: number) => Promise<boolean>
  clock: Clock
  log: Log
  metrics: Pick<Metrics, 'eventsWritten' | 'writeSeconds' | 'writeFailures' | 'itemsRefused' | 'journalBytes'>
  drops: Drops
  /** How long events gather before they are stored. Default 500. */
  flushMilliseconds?: number
  /** Visitors whose visits are kept in memory; beyond, the store is asked. Default 100,000, about 150 MB. */
  visitors?: number
}

export interface Writer {
  /** Begins to store what is in the journal, and goes on until `stop`. */
  start(): void
  /** Resolves when everything appended before the call is stored. Waits as long as the store is down. */
  flush(): Promise<void>
  /** Stores what it can and ends. Where the store is down, the rest stays in the journal. */
  stop(): Promise<void>
}

/** What becomes of a segment. */
interface Plan {
  /** Number of the turn for which it was made. */
  turn: number
  batch: Batch
  /** Of each event of the batch, its position in the segment. */
  positions: number[]
  repeated: Event[]
  homeless: Event[]
}

const LONGEST_PAUSE = 15_000

/**
 * Moves events from the journal to the store: takes a segment, waits for its turn, drops repeated ids, puts events into visits, writes,
 * releases. One segment is one batch under one token, so that whatever is repeated after a failure or a crash counts once.
 * While the store is down the same batch is tried again, with growing pauses, and the journal fills up.
 */
export function createWriter(parts: WriterParts): Writer {
  const { engine, journal, refused, isErased, clock, log, metrics, drops, flushMilliseconds = 500, visitors = 100_000 } = parts
  const stopping = new AbortController()
  let past: Past | null = null
  /** Our last turn: as long as the next one follows it at once, nobody else has changed what is remembered. */
  let last: number | null = null
  /** Of the segment that is being stored. Planning changes what is remembered, so it is kept until the store has the batch. */
  let planned: Plan | null = null
  /** Positions in the same segment of what the store will never take. */
  const aside = new Set<number>()
  let running: Promise<void> | null = null
  let tail: Promise<unknown> = Promise.resolve()

  /** Ends early when the writer is told to stop. */
  const pause = (milliseconds: number) => setTimeout(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined)

  /** Repeats what fails until it works; gives up only when the writer is told to stop. */
  async function insist<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await work()
      } catch (error) {
        metrics.writeFailures.inc()
        if (stopping.signal.aborted) throw error
        const milliseconds = Math.min(LONGEST_PAUSE, 250 * 2 ** failures)
        log.warn({ err: error, failures: failures + 1, milliseconds }, `${what} failed and is tried again`)
        await pause(milliseconds)
      }
    }
  }

  const now = () => Math.floor(clock() / 1000)

  async function plan(segment: Segment, token: string, turn: Turn): Promise<Plan> {
    if (!past) {
      past = await recollect(turn, now(), visitors)
      last = turn.before
    }
    const { memory, recent } = past
    const numbered = (await withoutErased(segment.events, isErased)).filter(([position]) => !aside.has(position))
    // Ids of our own making come again only with their segment.
    const asked = segment.left ? nameEvents(numbered, token) : numbered
    await recallVisits(segment.events, memory, turn)
    const inStore = await idsInStore(
      asked.map(([, event]) => event),
      recent,
      turn,
    )
    try {
      const { fresh, repeated } = distinct(asked, recent, inStore)
      const { events, positions, visits, homeless } = fold(nameEvents(fresh, token), token, turn.number, memory)
      return {
        turn: turn.number,
        batch: { token, events, visits, again: segment.left },
        positions,
        repeated,
        homeless: homeless.map((position) => segment.events[position]!),
      }
    } catch (error) {
      // Half folded: what is remembered is no longer what is stored.
      past = null
      throw error
    }
  }

  /** Brings what is remembered up to what happened since our last turn: to this batch's earlier attempts, and by other writers. */
  function catchUp(turn: Turn, stored: boolean): void {
    if (planned && stored) last = planned.turn
    else if (planned && planned.turn !== turn.number) {
      // The attempt came to nothing, and others had their turn since: the plan is void, and its events are remembered as if they were stored.
      planned = null
      past = unknownPast(now(), visitors)
      last = turn.before
    }
    if (past && turn.before !== null && turn.before !== last) past = overtaken(past, now(), visitors)
  }

  /** Answers what became of the segment; null where an earlier process stored it. */
  async function storeInTurn(segment: Segment, turn: Turn): Promise<Plan | null> {
    const token = `${journal.id}:${segment.number}`
    const again = segment.left || planned !== null
    const stored = again && (await turn.stored(token))
    catchUp(turn, stored)
    if (stored) return planned
    for (;;) {
      planned ??= await plan(segment, token, turn)
      if (again) planned.batch.again = true
      const stored = await write(turn, planned.batch)
      if (stored) return planned
      await setAside(segment, turn, planned)
      // It is folded again without them, over what is stored: what is remembered counts them.
      planned = null
      past = null
    }
  }

  async function store(segment: Segment): Promise<void> {
    const done = metrics.writeSeconds.startTimer()
    const outcome = await insist('storing a batch', () =>
      engine.turn(segment.number, async (turn) => ({ number: turn.number, plan: await storeInTurn(segment, turn) })),
    )
    done()
    last = outcome.number
    await insist('releasing a segment', () => journal.release(segment))
    planned = null
    aside.clear()
    past?.memory.forget(now() - REMEMBER_SECONDS)
    if (!outcome.plan) return
    const { batch, repeated, homeless } = outcome.plan
    metrics.eventsWritten.inc(batch.events.length)
    // A segment of an earlier process may have been stored by it: its events then look like repetitions of themselves.
    if (!segment.left) for (const event of repeated) drops.count(event.site, 'duplicate')
    for (const event of homeless) drops.count(event.site, 'no_session_for_engagement')
  }

  /** Answers whether the store takes the batch; if not, nothing of it is stored. */
  async function write(turn: Turn, batch: Batch): Promise<boolean> {
    try {
      await turn.write(batch)
      return true
    } catch (error) {
      if (error instanceof BatchRefused) return false
      batch.again = true
      throw error
    }
  }

  /** Keeps what the store will never take of a refused batch where a person can look at it. Once, however often the rest is tried. */
  async function setAside(segment: Segment, turn: Turn, { batch, positions }: Plan): Promise<void> {
    metrics.writeFailures.inc()
    const found = await findRefused(turn, batch)
    if (found.size === 0) throw new Error(`batch ${batch.token} is refused, but none of its parts`)
    for (const [index, reason] of found) {
      const position = positions[index]!
      await refused.keep(segment.events[position], reason)
      metrics.itemsRefused.inc()
      aside.add(position)
    }
  }

  /** Stores as many segments as there are now: those that come meanwhile are the next round's. */
  async function storeAll(): Promise<void> {
    for (let segments = journal.depth().segments; segments > 0; segments -= 1) {
      const segment = await insist('reading the journal', () => journal.take())
      if (!segment) break
      await store(segment)
    }
    metrics.journalBytes.set(journal.depth().bytes)
  }

  function round(): Promise<void> {
    const run = tail.then(storeAll)
    tail = run.catch(() => undefined)
    return run
  }

  async function run(): Promise<void> {
    for (;;) {
      await round().catch((error: unknown) => log.error({ err: error }, 'events could not be stored and stay in the journal'))
      await pause(flushMilliseconds)
      if (stopping.signal.aborted) return
    }
  }

  return {
    start() {
      running ??= run()
    },
    flush: round,
    async stop() {
      stopping.abort()
      await running
      await round().catch((error: unknown) => log.warn({ err: error }, 'the store cannot be reached; what is left stays in the journal'))
    },
  }
}

/** Takes out events whose id was counted before, in this batch too. Remembers the others. */
function distinct(events: readonly [position: number, event: Event][], recent: RecentIds, inStore: ReadonlySet<string>) {
  const fresh: [position: number, event: Event][] = []
  const repeated: Event[] = []
  for (const [position, event] of events) {
    if (event.id !== '0') {
      if (recent.has(event.site, event.id) || inStore.has(idKey(event.site, event.id))) {
        repeated.push(event)
        continue
      }
      recent.add(event.site, event.id, event.at)
    }
    fresh.push([position, event])
  }
  return { fresh, repeated }
}
