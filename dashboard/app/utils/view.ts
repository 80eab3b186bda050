import { DEFAULT_COMPARISON, readComparison, type Comparison } from './comparison.ts'
import { isDay, type Day } from './dates.ts'
import { readCondition, writeCondition, type Condition } from './filters.ts'
import { INTERVALS, type Interval } from './interval.ts'
import { DEFAULT_PERIOD, parsePeriod, type Period } from './period.ts'
import { isTopMetric, type TopMetric } from './top-metrics.ts'
import { readZoom, writeZoom, type Zoom } from './zoom.ts'

/** A date point that was opened: a day, the days of a week or month, or one hour of a day. */
export interface Drill {
  from: Day
  to: Day
  /** 0–23; only where `from` and `to` are the same day. */
  hour: number | null
}

/** Everything that decides what a site's page shows. It lives in the address, so that a copied link shows the same. */
export interface View {
  period: Period
  metric: TopMetric['key']
  /** Null: what fits the range. */
  interval: Interval | null
  filters: Condition[]
  /** One of the filters is enough. */
  any: boolean
  /** What numbers and line are compared with. */
  compare: Comparison
  /** The stretch of the graph that was zoomed into. */
  zoom: Zoom | null
  drill: Drill | null
  /** Open tab of each panel that does not show its first. */
  tabs: Record<string, string>
}

type Query = Record<string, string | null | undefined | (string | null)[]>
const one = (value: Query[string]): string | undefined => (Array.isArray(value) ? value[0] : value) ?? undefined
const many = (value: Query[string]): string[] => (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')

/** Reads the query part of the address. What makes no sense is left at its default: people edit and cut addresses. */
export function readView(query: Query): View {
  const interval = one(query.interval) as Interval
  const metric = one(query.metric)
  return {
    period: parsePeriod(one(query.period), one(query.from), one(query.to)) ?? DEFAULT_PERIOD,
    metric: isTopMetric(metric) ? metric : 'visitors',
    interval: INTERVALS.includes(interval) ? interval : null,
    filters: many(query.f)
      .map(readCondition)
      .filter((each) => each !== null),
    any: one(query.match) === 'any',
    compare: readComparison(one(query.compare)),
    zoom: readZoom(one(query.zoom)),
    drill: readDrill(one(query.on)),
    tabs: Object.fromEntries(
      many(query.tab)
        .map((text) => [text, text.indexOf('.')] as const)
        .filter(([, at]) => at > 0)
        .map(([text, at]) => [text.slice(0, at), text.slice(at + 1)]),
    ),
  }
}

/** The query part for a view, without what is at its default. */
export function writeView(view: View): Record<string, string | string[]> {
  const { period, metric, interval, filters, any, compare, zoom, drill, tabs } = view
  return {
    ...(period.key !== DEFAULT_PERIOD.key && { period: period.key }),
    ...(period.key === 'custom' && { from: period.from, to: period.to }),
    ...(metric !== 'visitors' && { metric }),
    ...(interval && { interval }),
    ...(filters.length > 0 && { f: filters.map(writeCondition) }),
    ...(any && filters.length > 1 && { match: 'any' }),
    ...(compare !== DEFAULT_COMPARISON && { compare }),
    ...(zoom && { zoom: writeZoom(zoom) }),
    ...(drill && { on: writeDrill(drill) }),
    ...(Object.keys(tabs).length > 0 && { tab: Object.entries(tabs).map(([panel, tab]) => `${panel}.${tab}`) }),
  }
}

/** What Escape does: leaves what was entered last, an opened date, then a zoom, then the filters. Null where there is nothing to leave. */
export function stepBack({ drill, zoom, filters }: View): Partial<View> | null {
  if (drill) return { drill: null, interval: null }
  if (zoom) return { zoom: null, interval: null }
  return filters.length > 0 ? { filters: [], any: false } : null
}

const VIEW_KEYS: ReadonlySet<string> = new Set('period from to metric interval f match compare zoom on tab'.split(' '))

/** What else stands in the address: the state of a page of its own, which a change of the view leaves alone. */
export const besideView = (query: Query): Query => Object.fromEntries(Object.entries(query).filter(([key]) => !VIEW_KEYS.has(key)))

const writeDrill = ({ from, to, hour }: Drill): string =>
  hour !== null ? `${from}T${String(hour).padStart(2, '0')}` : from === to ? from : `${from}..${to}`

function readDrill(text: string | undefined): Drill | null {
  const [, from, hour, to] = /^(\d{4}-\d\d-\d\d)(?:T([01]\d|2[0-3])|\.\.(\d{4}-\d\d-\d\d))?$/.exec(text ?? '') ?? []
  if (!isDay(from) || (to !== undefined && (!isDay(to) || to < from))) return null
  return { from, to: to ?? from, hour: hour === undefined ? null : Number(hour) }
}
