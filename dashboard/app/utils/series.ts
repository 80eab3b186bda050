import type { Metric } from '@footfall/contract/names.ts'
import type { MetricValue, QueryResult } from '@footfall/contract/query.ts'
import type { Day } from './dates.ts'
import { bucketState, type Interval } from './interval.ts'

/** One point of the main graph. */
export interface Point {
  label: string
  /** Null: nothing to measure in this bucket, as a visit's duration where there was no visit. */
  value: number | null
  /** The bucket is not over yet. */
  partial: boolean
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
export function toPoints(result: QueryResult, metric: string, interval: Interval, clock: { day: Day; hour: number }): Point[] {
  const column = result.query.metrics.indexOf(metric)
  const rows = new Map<string, MetricValue[]>()
  for (const row of result.results) {
    const label = String(row.dimensions[0])
    rows.set(label, [...(rows.get(label) ?? []), row.metrics[column] ?? null])
  }
  const labels = result.meta.time_labels ?? [...rows.keys()]
  const points: Point[] = []
  for (const label of labels) {
    const state = bucketState(label, interval, clock)
    if (state === 'future') continue
    const found = rows.get(label)
    const value = found && found.length > 0 ? numberOf(found.shift()) : UNMEASURED.has(metric) ? null : 0
    points.push({ label, value, partial: state === 'now' })
  }
  return points
}
