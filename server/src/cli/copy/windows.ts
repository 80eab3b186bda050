import { hash } from 'node:crypto'
import type { StoredEvent, Visit } from '../../lib/event.ts'
import type { Batch, Engine } from '../../storage/engine.ts'

const DAY = 86_400
/** Quiet times are read a month at once. */
const LONGEST = 32 * DAY
/** Events of one window in memory: about 200 MB. A busier one is read in halves of halves, down to a second. */
const EVENTS = 200_000
/** Events of one batch, as of an import. */
const BATCH = 10_000

export interface Reading {
  from: { engine: Pick<Engine, 'export' | 'visits'>; site: number }
  /** Number of the site in what is read. */
  site: number
  /** Unix seconds, both included; and how long the first window is, where an earlier reading ended. */
  range: { from: number; to: number; length?: number }
  signal: AbortSignal
}

/** What happened in a part of the period. */
export interface Window {
  end: number
  /** Seconds of the window that is tried next: from there, a second reading meets the same windows. */
  next: number
  events: number
  batches: Batch[]
}

/** All events of a period, or null where there are too many to hold. */
async function eventsOf({ from, signal }: Reading, begin: number, end: number): Promise<StoredEvent[] | null> {
  const found: StoredEvent[] = []
  for await (const page of from.engine.export({ site: from.site, from: begin, to: end }, signal)) {
    found.push(...page)
    if (found.length > EVENTS && end > begin) return null
  }
  return found
}

/** Visits that were opened in the period: by a visitor who has an event then. */
async function visitsOf({ from }: Reading, events: StoredEvent[], begin: number, end: number): Promise<Visit[]> {
  const visitors = [...new Set(events.map((event) => event.visitor))]
  if (visitors.length === 0) return []
  const found = await from.engine.visits({ site: from.site, visitors, from: begin, to: end })
  return found.filter(({ opened }) => opened >= begin && opened <= end)
}

/**
 * Reads the events of a site with their visits as they stand, so that visits are not worked out anew where they are written: nothing is
 * counted differently afterwards. Goes through time in windows, which grow while little happens. A batch is named by what is in it, so that a window
 * which is read a second time, after a crash, has the same batches, and a store changes nothing for those it has.
 */
export async function* readWindows(reading: Reading): AsyncGenerator<Window> {
  const { site, range, signal } = reading
  let { length = DAY } = range
  for (let begin = range.from; begin <= range.to;) {
    signal.throwIfAborted()
    const end = Math.min(begin + length - 1, range.to)
    const events = await eventsOf(reading, begin, end)
    if (events === null) {
      length = Math.ceil((end - begin + 1) / 2)
      continue
    }
    const visits = await visitsOf(reading, events, begin, end)
    if (events.length < EVENTS / 4) length = Math.min(LONGEST, length * 2)
    yield { end, next: length, events: events.length, batches: batchesOf(events, visits, site) }
    begin = end + 1
  }
}

/** The same rows always make the same batches: the store may give them in another order. Visits go with the first. */
function batchesOf(events: StoredEvent[], visits: Visit[], site: number): Batch[] {
  const sorted = events
    .map((event) => ({ at: event.at, text: JSON.stringify(event), event: { ...event, site } }))
    .toSorted((a, b) => a.at - b.at || (a.text < b.text ? -1 : 1))
  const batches: Batch[] = []
  for (let first = 0; first < sorted.length; first += BATCH) {
    const part = sorted.slice(first, first + BATCH)
    const content = hash('sha256', part.map(({ text }) => text).join('\n'), 'hex').slice(0, 40)
    batches.push({
      token: `copy:${site}:${part[0]!.at}:${content}`,
      events: part.map(({ event }) => event),
      visits: first === 0 ? visits.map((visit) => ({ ...visit, site })) : [],
    })
  }
  return batches
}
