import type { Visit } from '../lib/event.ts'
import type { Offsets } from '../lib/zone.ts'
import type { Condition, Field } from './question.ts'

/**
 * Questions whose answers are not rows of formulas (question.ts): by kind, what is asked and what is answered. Plain data
 * like a `Question`, and held to the same rules: whole numbers, and the same answer from every engine. An engine has one
 * function a kind; a kind that it does not know does not compile.
 */
export interface Reports {
  funnel: { question: FunnelQuestion; answer: FunnelRow[] }
  visits: { question: VisitsQuestion; answer: Visit[] }
  events: { question: EventsQuestion; answer: ListedEvent[] }
  retention: { question: RetentionQuestion; answer: RetentionRow[] }
  journeys: { question: JourneysQuestion; answer: JourneyRow[] }
  names: { question: NamesQuestion; answer: NameRow[] }
}
export type ReportKind = keyof Reports

/** Where every report looks: one site, Unix seconds with both ends included, and what events (or visits) must meet. */
export interface Scope {
  site: number
  from: number
  to: number
  where: Condition
}

/**
 * How far visitors come along `steps`, by what a field of their events says if `by` is there.
 *
 * A visitor reaches step k if there are events that meet steps 1 to k, at times t1 ≤ t2 ≤ … ≤ tk, and tk ≤ t1 + `window`
 * seconds. So events of the same second count in the order of the steps, whatever order they were stored in, and one event
 * may meet several steps.
 */
export interface FunnelQuestion extends Scope {
  steps: Condition[]
  window: number
  by: { field: Field; blank: string } | null
  /** Most rows, those that most visitors enter first; ties in order of the value. */
  limit: number
}
export interface FunnelRow {
  /** Value of `by`; blank without it. Without `by` there is always one row. */
  value: string
  /** Everybody with an event in scope. */
  visitors: number
  /** Visitors that reached each step. */
  reached: number[]
}

/** Names a visit for ever: both never change, and `opened` says where it is stored. */
export interface VisitKey {
  /** Unix seconds. */
  opened: number
  id: string
}

/** Visits that overlap the range, those opened last first; ids break ties. `where` looks at visits. */
export interface VisitsQuestion extends Scope {
  /** Only visits that follow this one in that order. */
  after: VisitKey | null
  limit: number
}

/** Single events by time; ids of visits, names and pages break ties, so that the order is the same everywhere. */
export interface EventsQuestion extends Scope {
  /** Only events of this visit. */
  visit: string | null
  order: 'oldest first' | 'newest first'
  limit: number
}
export interface ListedEvent {
  /** Unix seconds. */
  at: number
  visit: string
  name: string
  hostname: string
  pathname: string
  props: Record<string, string>
  /** In thousandths of the currency's unit. */
  revenue: { amount: number; currency: string } | null
  /** Milliseconds. */
  engagement: number
  /** Percent; 255 unknown. */
  scroll: number
  source: string
  country: string
  browser: string
  device: string
}

/**
 * In which days, weeks or months visitors began visits. `from` is the beginning of the site's history, since a visitor is in
 * the cohort of the first visit of all; only visitors whose first visit began at or after `firstSeen` count. `where` looks at visits.
 */
export interface RetentionQuestion extends Scope {
  firstSeen: number
  /** Whether only visitors count whom the site identified. */
  identified: boolean
  bucket: 'day' | 'week' | 'month'
  offsets: Offsets
}
/** Buckets as in question.ts, but weeks whole: the day since 1970 of their first day. Rows without visitors are left out; any order. */
export interface RetentionRow {
  cohort: number
  bucket: number
  visitors: number
}

/**
 * Pages that visits went through. The pages of a visit are its page views in scope by time, then path; the same page twice in
 * a row counts once. A journey begins with the first of them that is `page` (null: with the first, backwards with the last) and
 * holds at most `steps` more, away from it. `where` chooses visits, as on visits.
 */
export interface JourneysQuestion extends Scope {
  page: string | null
  direction: 'next' | 'previous'
  steps: number
  /** Most rows of each kind and step: those of most visits, ties in order of their pages, byte by byte. */
  limit: number
}
/**
 * `all`: every journey, one row. `path`: journeys that are exactly `pages`. `page`: those with this page at this step (0 is the
 * start). `end`: those of fewer than all steps that end with it. `link`: those with these two pages at this step and the next.
 */
export interface JourneyRow {
  kind: 'all' | 'path' | 'page' | 'end' | 'link'
  step: number
  pages: string[]
  visits: number
}

/** Names of custom properties and of events, among events in scope other than `engagement`. */
export interface NamesQuestion extends Scope {
  /** Most names of each kind. */
  limit: number
}
/** By kind; those of most visitors first, then of most events, then byte by byte. */
export interface NameRow {
  kind: 'property' | 'event'
  name: string
  events: number
  visitors: number
}
