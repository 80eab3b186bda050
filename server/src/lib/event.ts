import type { VisitAttribute } from '@footfall/contract/names.ts'

/** What the first event of a visit fixes for all of it. Blank means unknown. */
export type Attributes = Record<VisitAttribute, string>

/**
 * One event as the pipeline hands it over and the journal keeps it: checked, enriched, without address or user agent.
 * 64-bit ids travel as decimal text, since a JSON number would lose digits.
 */
export interface Event {
  /** Id of the site. */
  site: number
  /** When it happened by the server's clock, Unix seconds. */
  at: number
  /** Hash of the client's id; '0' where it sent none and a repetition cannot be told. */
  id: string
  /** Visitor under the salt of the site's day. */
  visitor: string
  /** The same visitor under the previous day's salt: joins a visit that crosses midnight. Absent for imports. */
  visitorBefore?: string
  /** Of an identified visitor: who this was before the page said so. Joins a visit that began without a name. */
  anonymous?: string
  /** `pageview`, `engagement` or the name of a custom event. */
  name: string
  hostname: string
  pathname: string
  /** Title of the page; absent where nobody told it. */
  title?: string
  attributes: Attributes
  props: Record<string, string>
  revenue: { amount: string; currency: string } | null
  /** Milliseconds; 0 but for engagement pings. */
  engagement: number
  /** Percent 0–100, 255 unknown; 0 but for engagement pings. */
  scroll: number
  /** false: does not cancel a bounce. */
  interactive: boolean
}

/** An event that found its visit: what an engine stores. */
export interface StoredEvent extends Event {
  /** Id of the visit it belongs to. */
  visit: string
}

/**
 * A visit as it stands after a batch. `batch` is the number of the last batch folded into it, so that replaying
 * that batch leaves it alone (write/visits.ts).
 */
export interface Visit {
  site: number
  id: string
  visitor: string
  /** First event by time, Unix seconds. */
  start: number
  /** Time of the event that opened it; never changes, so that it can be part of the sorting key. */
  opened: number
  /** Last page view or custom event, Unix seconds. */
  end: number
  /** Last event of any kind: the 30 idle minutes run from here. */
  active: number
  duration: number
  bounce: boolean
  pageviews: number
  events: number
  entryPage: string
  entryHostname: string
  /** Time of the first page view, so that one that arrives late finds its place; 0 without any. */
  entryAt: number
  exitPage: string
  exitHostname: string
  /** Time of the last page view; 0 without any. */
  exitAt: number
  attributes: Attributes
  batch: number
}
