import type { Ledger } from './ledger.ts'

export interface StoredEvent {
  page: string
  name: string
  time: number
  visitor: string
  visit: string
  interactive: boolean
}

export interface StoredVisit {
  id: string
  visitor: string
  start: number
  end: number
  active: number
  duration: number
  bounce: boolean
  pageviews: number
  events: number
  entryPage: string
  exitPage: string
}

export interface Verdict {
  acknowledged: number
  stored: number
  /** Events stored more than once. */
  doubled: number
  /** Acknowledged, but not stored. */
  lost: number
  /** Stored, but never sent. */
  strangers: number
  visits: number
  /** Visits that are not as the stored events say, missing ones, and those without events. */
  wrongVisits: number
  /** The first of whatever is wrong, in words. */
  problems: string[]
}

/** Holds what is stored against what the clients know, and the visits against the stored events. */
export function judge(ledger: Ledger, events: StoredEvent[], visits: StoredVisit[]): Verdict {
  const problems = [...ledger.complaints]
  const count = (what: string, found: string[]): number => {
    if (found.length > 0) problems.push(`${found.length} ${what}: ${found.slice(0, 5).join(', ')}`)
    return found.length
  }
  const times = new Map<string, number>()
  for (const { page } of events) times.set(page, (times.get(page) ?? 0) + 1)
  const acknowledged = [...ledger.acts.values()].filter((entry) => entry.acknowledged).map(({ act }) => act.page)
  const doubled = [...times].filter(([, n]) => n > 1).map(([page]) => page)
  const wrong = compareVisits(recount(events), visits)
  return {
    acknowledged: acknowledged.length,
    stored: events.length,
    doubled: count('events stored twice', doubled),
    lost: count(
      'acknowledged events lost',
      acknowledged.filter((page) => !times.has(page)),
    ),
    strangers: count(
      'events that nobody sent',
      [...times.keys()].filter((page) => !ledger.acts.has(page)),
    ),
    visits: visits.length,
    wrongVisits: count('wrong visits', wrong) + count('visits that are not one', scattered(events)),
    problems,
  }
}

/** Visits as the events say: of each visitor in order of time, a new one after more than 30 whole minutes. Knows nothing of the writer. */
function recount(events: StoredEvent[]): StoredVisit[] {
  const groups: StoredEvent[][] = []
  for (const own of Map.groupBy(events, (event) => event.visitor).values()) {
    let last = -Infinity
    for (const event of own.toSorted((a, b) => a.time - b.time)) {
      if (Math.floor((event.time - last) / 60) > 30) groups.push([])
      groups.at(-1)!.push(event)
      last = event.time
    }
  }
  return groups.map((group) => {
    const counted = group.filter((event) => event.name !== 'engagement')
    const views = group.filter((event) => event.name === 'pageview')
    const start = Math.min(...counted.map((event) => event.time))
    const end = Math.max(...counted.map((event) => event.time))
    return {
      id: [...new Set(group.map((event) => event.visit))].join('+'),
      visitor: group[0]!.visitor,
      start,
      end,
      active: group.at(-1)!.time,
      duration: end - start,
      bounce: views.length < 2 && counted.every((event) => event.name === 'pageview' || !event.interactive),
      pageviews: views.length,
      events: counted.length,
      entryPage: views[0]?.page ?? '',
      exitPage: views.at(-1)?.page ?? '',
    }
  })
}

function compareVisits(expected: StoredVisit[], stored: StoredVisit[]): string[] {
  const text = (visit: StoredVisit) => JSON.stringify(Object.entries(visit).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const left = new Map(stored.map((visit) => [visit.id, visit]))
  const wrong = expected.filter((visit) => {
    const found = left.get(visit.id)
    left.delete(visit.id)
    return !found || text(found) !== text(visit)
  })
  const twice = stored.length - new Set(stored.map((visit) => visit.id)).size
  return [
    ...wrong.map(
      (visit) => `${visit.entryPage} should be ${text(visit)}, is ${text(stored.find(({ id }) => id === visit.id) ?? ({} as StoredVisit))}`,
    ),
    ...[...left.values()].map((visit) => `${visit.entryPage} has no events`),
    ...Array.from({ length: twice }, () => 'a visit with two rows'),
  ]
}

/** Visits that the clients made as one, `/pN/vN`, and that are more than one in the store, or part of another. */
function scattered(events: StoredEvent[]): string[] {
  const made = (event: StoredEvent) => event.page.replace(/\/e\d+$/, '')
  const several = (groups: Map<string, StoredEvent[]>, other: (event: StoredEvent) => string) =>
    [...groups].filter(([, group]) => new Set(group.map(other)).size > 1).map(([key]) => key)
  return [
    ...several(Map.groupBy(events, made), (event) => event.visit),
    ...several(
      Map.groupBy(events, (event) => event.visit),
      made,
    ),
  ]
}
