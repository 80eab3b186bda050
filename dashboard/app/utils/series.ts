import type { Metric } from '@footfall/contract/names.ts'
import type { MetricValue, QueryResult, ResultRow } from '@footfall/contract/query.ts'
import { bucketState, type Clock, type Interval } from './interval.ts'

/** One point of the main graph. */
export interface Point {
  label: string
  /** Null: nothing to measure in this bucket, as a visit's duration where there was no visit. */
  value: number | null
  /** The bucket is not over yet. */
  partial: boolean
  /** The bucket it is compared with, where there is one. */
  before: { label: string; value: number | null; change: number | null } | null
}

/** What a bucket without data has; the Stats API leaves such buckets out. All others have 0. */
const UNMEASURED: ReadonlySet<string> = new Set<Metric>(['visit_duration', 'time_on_page', 'scroll_depth', 'exit_rate'])

/** The number in a metric; a sum of money by its value. */
export const numberOf = (value: MetricValue | undefined): number | null =>
  value === undefined || value === null ? null : typeof value === 'number' ? value : value.value

/**
 * The answer to a question with one time dimension and `time_labels`, as one point per bucket of the range up to now.
 * @param metric which of the asked metrics
 * @param clock what the site's clocks show now
 *
 * The hour that a clock change repeats has two labels and two rows of the same text: they pair up in order. A row whose
 * label is not in the range (a visit that ended after it) is left out.
 */
export function toPoints(result: QueryResult, metric: string, interval: Interval, clock: Clock): Point[] {
  const column = result.query.metrics.indexOf(metric)
  const rows = new Map<string, ResultRow[]>()
  for (const row of result.results) {
    const label = String(row.dimensions[0])
    rows.set(label, [...(rows.get(label) ?? []), row])
  }
  const labels = result.meta.time_labels ?? [...rows.keys()]
  const points: Point[] = []
  for (const label of labels) {
    const state = bucketState(label, interval, clock)
    if (state === 'future') continue
    const row = rows.get(label)?.shift()
    const value = row ? numberOf(row.metrics[column]) : UNMEASURED.has(metric) ? null : 0
    const other = row?.comparison
    const before =
      other?.dimensions[0] == null
        ? null
        : { label: String(other.dimensions[0]), value: numberOf(other.metrics[column]), change: other.change[column] ?? null }
    points.push({ label, value, partial: state === 'now', before })
  }
  return points
}
