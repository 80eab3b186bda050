import { setTimeout } from 'node:timers/promises'
import type { Log } from '../lib/app.ts'
import type { Event } from '../lib/event.ts'
import type { Metrics } from '../metrics.ts'
import type { Clock, Drops } from '../seams.ts'
import { BatchRefused, type Batch, type Engine } from '../storage/engine.ts'
import type { Journal, Segment } from './journal.ts'
import { RETRY_SECONDS, idKey, idsInStore, nameEvents, recallVisits } from './prepare.ts'
import { createRecentIds, type RecentIds } from './recent-ids.ts'
import { storeInHalves, type RefusedItems } from './refused.ts'
import { createVisitMemory, type VisitMemory } from './visit-memory.ts'
import { fold } from './visits.ts'

export interface WriterParts {
  engine: Engine
  journal: Journal
  refused: RefusedItems
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

/** What the writer remembers of events that are stored already. */
interface Past {
  memory: VisitMemory
  recent: RecentIds
}

/** What becomes of a segment. */
interface Plan {
  number: number
  batch: Batch
  repeated: Event[]
  homeless: Event[]
}

/** Visits idle for longer are asked of the store when a late event needs them. */
const REMEMBER_SECONDS = 3600
/** Ids read at start: 150 ms of it. Older ones are asked of the store. */
const WARM_IDS = 200_000
const LONGEST_PAUSE = 15_000

/**
 * Moves events from the journal to the store: takes a segment, drops repeated ids, puts events into visits, writes, releases.
 * One segment is one batch under one token, so that whatever is repeated after a failure or a crash counts once.
 * While the store is down the same batch is tried again, with growing pauses, and the journal fills up.
 */
export function createWriter(parts: WriterParts): Writer {
  const { engine, journal, refused, clock, log, metrics, drops, flushMilliseconds = 500, visitors = 100_000 } = parts
  const stopping = new AbortController()
  let past: Past | null = null
  let planned: Plan | null = null
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

  async function recollect(): Promise<Past> {
    const now = Math.floor(clock() / 1000)
    const memory = createVisitMemory(now - REMEMBER_SECONDS, visitors)
    memory.learn(await engine.visits({ activeSince: now - REMEMBER_SECONDS }))
    const ids = await engine.recentIds(now - RETRY_SECONDS, WARM_IDS)
    const recent = createRecentIds(ids.length < WARM_IDS ? now - RETRY_SECONDS : ids.at(-1)!.at + 1)
    for (const { site, id, at } of ids.toReversed()) recent.add(site, id, at)
    return { memory, recent }
  }

  async function plan(segment: Segment): Promise<Plan> {
    const { memory, recent } = (past ??= await insist('reading the recent past', recollect))
    const token = `${journal.id}:${segment.number}`
    const numbered = segment.events.map((event, position): [number, Event] => [position, event])
    // Ids of our own making come again only with their segment.
    const asked = segment.left ? nameEvents(numbered, token) : numbered
    const inStore = await insist('looking up late events', async () => {
      await recallVisits(segment.events, memory, engine)
      return idsInStore(
        asked.map(([, event]) => event),
        recent,
        engine,
      )
    })
    const { fresh, repeated } = distinct(asked, recent, inStore)
    const { events, visits, homeless } = fold(nameEvents(fresh, token), token, segment.number, memory)
    return {
      number: segment.number,
      batch: { token, events, visits, again: segment.left },
      repeated,
      homeless: homeless.map((position) => segment.events[position]!),
    }
  }

  async function store(segment: Segment): Promise<void> {
    // Planning changes what is remembered, so it happens once, however often the writing has to be tried.
    if (planned?.number !== segment.number) {
      planned = await plan(segment).catch((error: unknown) => {
        past = null
        throw error
      })
    }
    const { batch, repeated, homeless } = planned
    const done = metrics.writeSeconds.startTimer()
    await insist('storing a batch', () => write(batch))
    done()
    await insist('releasing a segment', () => journal.release(segment))
    planned = null
    metrics.eventsWritten.inc(batch.events.length)
    // A segment of an earlier process may have been stored by it: its events then look like repetitions of themselves.
    if (!segment.left) for (const event of repeated) drops.count(event.site, 'duplicate')
    for (const event of homeless) drops.count(event.site, 'no_session_for_engagement')
    past?.memory.forget(Math.floor(clock() / 1000) - REMEMBER_SECONDS)
  }

  async function write(batch: Batch): Promise<void> {
    try {
      await engine.write(batch)
    } catch (error) {
      batch.again = true
      if (!(error instanceof BatchRefused)) throw error
      metrics.writeFailures.inc()
      await storeInHalves(engine, batch, {
        async keep(item, reason) {
          await refused.keep(item, reason)
          metrics.itemsRefused.inc()
        },
      })
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
