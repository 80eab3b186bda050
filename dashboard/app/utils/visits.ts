import type { ListedVisit, VisitEvent } from '@footfall/contract/visits.ts'
import type { Day } from './dates.ts'

/** Visits of one day of the site, in the order in which they came. */
export interface VisitDay {
  day: Day
  visits: ListedVisit[]
}

/** The list cut into days. A day that comes twice (a visit from before midnight between later ones) is one part each time. */
export function byDay(visits: readonly ListedVisit[]): VisitDay[] {
  const days: VisitDay[] = []
  for (const visit of visits) {
    const day = visit.start.slice(0, 10)
    const last = days.at(-1)
    if (last?.day === day) last.visits.push(visit)
    else days.push({ day, visits: [visit] })
  }
  return days
}

/** Something that happened in a visit, as a person tells it: pings are no events of their own but what they say about their page. */
export interface Moment {
  time: string
  kind: 'page' | 'event'
  name: string
  page: string
  props: [name: string, value: string][]
  revenue: VisitEvent['revenue']
  /** Attention that the page had, milliseconds. */
  engaged: number
  /** Percent of the page; null where it was not measured. */
  depth: number | null
}

const PAGEVIEW = 'pageview'
const PING = 'engagement'

/** The events of a visit as moments. A ping belongs to the last view of its page; one without a view is left out. */
export function moments(events: readonly VisitEvent[]): Moment[] {
  const told: Moment[] = []
  for (const event of events) {
    if (event.name === PING) {
      const view = told.findLast((each) => each.kind === 'page' && each.page === event.page)
      if (!view) continue
      view.engaged += event.engagement_ms
      if (event.scroll_depth !== null) view.depth = Math.max(view.depth ?? 0, event.scroll_depth)
      continue
    }
    told.push({
      time: event.time,
      kind: event.name === PAGEVIEW ? 'page' : 'event',
      name: event.name,
      page: event.page,
      props: Object.entries(event.props),
      revenue: event.revenue,
      engaged: 0,
      depth: null,
    })
  }
  return told
}

/** What is known of a visit, by the dimension that filters by it. */
const KNOWN = {
  'visit:source': 'source',
  'visit:channel': 'channel',
  'visit:utm_campaign': 'utm_campaign',
  'visit:country': 'country',
  'visit:city': 'city',
  'visit:device': 'device',
  'visit:browser': 'browser',
  'visit:os': 'os',
  'visit:language': 'language',
} as const satisfies Record<string, keyof ListedVisit>

export const knownOf = (visit: ListedVisit): { dimension: string; value: string }[] =>
  Object.entries(KNOWN)
    .map(([dimension, field]) => ({ dimension, value: visit[field] }))
    .filter(({ value }) => value !== '')

/** A time of the site as if it were UTC, for formats that must not move it to the zone of the browser. */
export const siteClock = (time: string): Date => new Date(`${time.slice(0, 19)}Z`)
