import type { EventDimension, Metric, VisitAttribute, VisitPage } from '@footfall/contract/names.ts'
import type { Offsets } from '../lib/zone.ts'

/**
 * One question to a store of events, as plain data. It knows nothing of HTTP, of names of goals or of rounding for people,
 * and an engine knows nothing of metrics: it adds up measures, divides whole numbers and sorts. All values are whole
 * numbers, so that two engines agree to the last digit.
 */

/** What a condition can look at. */
export type EventField = Exclude<EventDimension, 'event:goal'> | `event:props:${string}`
export type VisitField = `visit:${VisitAttribute | VisitPage}`
export type Field = EventField | VisitField

export type Operator = 'is' | 'contains' | 'matches' | 'wildcard'

/**
 * A tree of conditions. `match` holds if any of the values does; case counts unless `anyCase`; `matches` takes RE2, unanchored;
 * `wildcard` takes text in which * stands for any text. `has` holds for a custom property that the event carries.
 * `scroll` holds for a largest scroll depth within the bounds. `did` holds for visits (or events of visits) with an
 * event in the range of the question that meets the inner condition as a whole.
 * On events, visit fields mean those of the event's visit. On visits, event fields stand only inside `did`.
 */
export type Condition =
  | { kind: 'all'; of: Condition[] }
  | { kind: 'any'; of: Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'match'; field: Field; operator: Operator; values: string[]; anyCase: boolean }
  | { kind: 'has'; prop: string }
  | { kind: 'scroll'; from: number; to: number }
  | { kind: 'did'; of: Condition }

export type Bucket = 'minute' | 'hour' | 'day' | 'week' | 'month'

/**
 * How a part groups by one dimension. A field that is empty reads `blank`. Times are numbers: the Unix second at which the
 * minute or hour of the local clock began, else the day since 1970 of the date, a week's not before `first`; only those from
 * `first` to `last` count. Events fall into the bucket of their time; visits into that of their last event, but for
 * minutes and hours, where a visit falls once into every bucket from its start to its last event.
 * `goal` gives a row for each goal of the question that the event meets; `every goal` a row for each goal there is.
 */
export type Key =
  | { kind: 'field'; field: Field; blank: string }
  | { kind: 'time'; bucket: Bucket; first: number; last: number }
  | { kind: 'goal' }
  | { kind: 'every goal' }

/** Whether a key is of minutes: of each hour that a visit touches, only that of the minute counts beside it. */
export const isMinute = (key: Key): boolean => key.kind === 'time' && key.bucket === 'minute'

/** Sums over events. `engagement` is in milliseconds, `engaged` counts visits with a ping; `revenue` is in thousandths, `sales` counts amounts. */
export type EventMeasure = 'visitors' | 'visits' | 'pageviews' | 'events' | 'engagement' | 'engaged' | 'revenue' | 'sales'

/** Over visits with a known scroll depth in a row: sum of the largest depth of each, percent, and their number. */
export type DepthMeasure = 'scroll' | 'scrolled'

/**
 * Over events whose property holds a number (at most seven digits, and four after the point): how many there are, and, in ten-thousandths,
 * the smallest of their values that at least three quarters of them do not exceed; 0 without any.
 */
export type ValueMeasure = 'p75' | 'valued'

/** Sums over visits. `bounces` and `entries` count only visits that meet the part's `entry` condition; `duration` is in seconds. */
export type VisitMeasure = 'visitors' | 'visits' | 'bounces' | 'entries' | 'duration' | 'views'

export type Measure = EventMeasure | DepthMeasure | ValueMeasure | VisitMeasure

interface Common {
  /** Rows of this part are rows of the answer; other parts only add measures to them. */
  rows: boolean
  where: Condition
  /** One for each dimension of the question, or none: then the part is one number for all rows. */
  keys: Key[]
}
export type Part =
  | (Common & { of: 'events'; measures: EventMeasure[] })
  | (Common & { of: 'depths'; measures: DepthMeasure[] })
  | (Common & { of: 'values'; measures: ValueMeasure[]; prop: string })
  | (Common & { of: 'visits'; measures: VisitMeasure[]; entry: Condition })

/** A measure of a part, by the number of the part. */
export interface Term {
  part: number
  measure: Measure
}

/**
 * A number of the answer: `over`, or `over × factor ÷ (under × divisor)`, as a whole number. Halves go to the even neighbour;
 * `cut` drops the rest instead. Where `needs` (if there is none: `under`) is 0, the number is `empty`. `over` null: always null.
 */
export interface Formula {
  metric: Metric
  over: Term | null
  under?: Term
  needs?: Term
  factor: number
  divisor: number
  cut?: boolean
  empty: 0 | null
}

export interface Goal {
  name: string
  currency: string
  condition: Condition
}

export interface Question {
  site: number
  /** Unix seconds, both ends included. */
  from: number
  to: number
  offsets: Offsets
  /** How many, and which of them are times. */
  dimensions: number
  times: number[]
  parts: Part[]
  goals: Goal[]
  /** Currency of the revenue measures; blank: that of the row's goal. */
  currency: string
  formulas: Formula[]
  order: { by: { dimension: number } | { formula: number }; direction: 'asc' | 'desc' }[]
  limit: number
  offset: number
  /** Whether rows say how many there are before limit and offset. */
  count: boolean
}

/** One row: dimensions in their order (text, or the number of a time), values of the formulas in theirs. */
export interface Row {
  dimensions: (string | number)[]
  values: (number | null)[]
  /** Rows before limit and offset, if the question asked. */
  total: number
}

/** What an answer was read from: sums of days, sums and rows together, rows of visits only, or rows. */
export const SOURCES = ['rollups', 'mixed', 'visits', 'raw'] as const
export type Source = (typeof SOURCES)[number]

/** Told where an answer comes from, for who asked to know. */
export type NoteSource = (source: Source) => void
