import { hash } from 'node:crypto'
import type { StoredEvent, Visit } from '../../lib/event.ts'
import type { Engine } from '../../storage/engine.ts'

const DAY = 86_400
/** Events of one window in memory: about 200 MB. A busier day is copied in halves of halves, down to a second. */
const EVENTS = 200_000
/** Events of one batch, as of an import. */
const BATCH = 10_000

export interface Copying {
  from: { engine: Pick<Engine, 'export' | 'visits'>; site: number }
  to: { engine: Pick<Engine, 'write'>; site: number }
  /** Unix seconds, both included. */
  range: { from: number; to: number }
  /** The first window may have been copied in part before: by a process that ended. */
  again: boolean
  signal: AbortSignal
}

/** All events of a period, or null where there are too many to hold. */
async function eventsOf({ from, signal }: Copying, begin: number, end: number): Promise<StoredEvent[] | null> {
  const found: StoredEvent[] = []
  for await (const page of from.engine.export({ site: from.site, from: begin, to: end }, signal)) {
    found.push(...page)
    if (found.length > EVENTS && end > begin) return null
  }
  return found
}

/** Visits that were opened in the period: by a visitor who has an event then. */
async function visitsOf({ from }: Copying, events: StoredEvent[], begin: number, end: number): Promise<Visit[]> {
  const visitors = [...new Set(events.map((event) => event.visitor))]
  if (visitors.length === 0) return []
  const found = await from.engine.visits({ site: from.site, visitors, from: begin, to: end })
  return found.filter(({ opened }) => opened >= begin && opened <= end)
}

/**
 * Copies the events of a site with their visits as they stand, so that visits are not worked out anew: nothing is counted differently
 * afterwards. Goes through time in windows of at most a day. A batch is named by what is in it, so that a window which is copied a
 * second time, after a crash, has the same batches, and the store changes nothing for those it has.
 *
 * @returns after each window: its end, and how many events it had
 */
export async function* copyWindows(copying: Copying): AsyncGenerator<{ end: number; events: number }> {
  const { to, range, signal } = copying
  let { again } = copying
  let length = DAY
  for (let begin = range.from; begin <= range.to;) {
    signal.throwIfAborted()
    const end = Math.min(begin + length - 1, range.to)
    const events = await eventsOf(copying, begin, end)
    if (events === null) {
      length = Math.ceil((end - begin + 1) / 2)
      continue
    }
    const visits = await visitsOf(copying, events, begin, end)
    for (const batch of batchesOf(events, visits, to.site)) await to.engine.write({ ...batch, again })
    yield { end, events: events.length }
    again = false
    begin = end + 1
    length = Math.min(DAY, length * 2)
  }
}

/** The same rows always make the same batches: the store may give them in another order. Visits go with the first. */
function batchesOf(events: StoredEvent[], visits: Visit[], site: number) {
  const sorted = events
    .map((event) => ({ at: event.at, text: JSON.stringify(event), event: { ...event, site } }))
    .toSorted((a, b) => a.at - b.at || (a.text < b.text ? -1 : 1))
  const batches = []
  for (let first = 0; first === 0 || first < sorted.length; first += BATCH) {
    const part = sorted.slice(first, first + BATCH)
    const content = hash('sha256', part.map(({ text }) => text).join('\n'), 'hex').slice(0, 40)
    batches.push({
      token: `copy:${site}:${part[0]?.at ?? 0}:${content}`,
      events: part.map(({ event }) => event),
      visits: first === 0 ? visits.map((visit) => ({ ...visit, site })) : [],
    })
  }
  return batches
}
