import { readFileSync, readdirSync } from 'node:fs'
import type { Goal, Segment } from '@footfall/contract/sites.ts'

/** The shared cases as files hold them. Format: ../fixtures/cases/README.md. */
export interface CaseEvent {
  t: string
  user: string
  name: string
  pathname: string
  hostname?: string
  referrer?: string
  referrer_source?: string
  click_id_param?: string
  utm?: Partial<Record<'source' | 'medium' | 'campaign' | 'content' | 'term', string>>
  browser?: string
  browser_version?: string
  os?: string
  os_version?: string
  device?: string
  country?: string
  region?: string
  city?: number | string
  props?: Record<string, unknown>
  interactive?: boolean
  revenue?: { amount: number | string; currency: string }
  scroll_depth?: number
  engagement_time?: number
}

export interface CaseSite {
  timezone: string
  goals?: { event_name?: string; page_path?: string; scroll_threshold?: number; currency?: string; display_name: string }[]
  segments?: { id: number; name?: string; filters: unknown[]; other_site?: boolean }[]
  stats_start_date?: string
  features_off?: string[]
}

export interface Expected {
  results?: unknown[]
  contains?: unknown[]
  length?: number
  results_at?: Record<string, Record<string, unknown>>
  filled?: { complete: boolean; rows: { dimensions: unknown[]; metrics: unknown[] }[]; sum?: number; length?: number }
  time_labels_len?: number
  time_labels_at?: Record<string, string>
  meta?: Record<string, unknown>
  query?: Record<string, unknown>
  meta_absent?: string[]
  parsed?: Record<string, unknown>
  ok?: true
  error?: { status: number; gist: string }
}

export interface QueryCase {
  id: string
  what: string
  api?: 'internal' | 'public'
  legacy?: true
  note?: string
  now: string
  site: CaseSite
  events: CaseEvent[]
  query: Record<string, unknown>
  expect: Expected
}

export interface RangeCase {
  id: string
  what: string
  kind: 'date_range' | 'comparison' | 'time_labels'
  now: string
  site: CaseSite
  date_range: unknown
  date?: string
  comparisons?: unknown
  dimension?: string
  expect_utc?: [string, string]
  expect_labels?: string[]
}

export interface FunnelCase {
  id: string
  what: string
  now: string
  site: CaseSite
  events?: CaseEvent[]
  funnel: { steps: string[] }
  query: Record<string, unknown>
  expect: { error?: { status: number; gist: string }; definition?: 'rejected'; [key: string]: unknown }
}

const folder = new URL('../fixtures/cases/', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

/** Query cases by file. */
export function queryCases(): { file: string; cases: QueryCase[] }[] {
  const files = readdirSync(new URL('query/', folder)).filter((name) => name.endsWith('.json'))
  return files.toSorted().map((file) => ({ file, cases: read(`query/${file}`) as QueryCase[] }))
}

export const rangeCases = (): RangeCase[] => read('ranges.json') as RangeCase[]

export const funnelCases = (): FunnelCase[] => read('funnels.json') as FunnelCase[]

export const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000)

/** Goals of a case in the form of the Sites API. */
export function goalsOf(site: CaseSite): Goal[] {
  return (site.goals ?? []).map((goal, index) => ({ id: index + 1, goal_type: goal.event_name === undefined ? 'page' : 'event', ...goal }))
}

/** Segments that the site can see: personal ones too, those of other sites not. */
export function segmentsOf(site: CaseSite): Segment[] {
  return (site.segments ?? []).flatMap(({ id, name = '', filters, other_site: elsewhere }) => (elsewhere ? [] : [{ id, name, filters }]))
}
