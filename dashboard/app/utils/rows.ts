import type { QueryResult } from '@footfall/contract/query.ts'
import { numberOf } from './series.ts'

/** One row of a list. */
export interface Row {
  /** Value of the dimension as stored: what a filter takes. */
  value: string
  numbers: (number | null)[]
  /** Length of its bar, 0–1, against the largest row. */
  share: number
}

/** Rows of an answer with one dimension. A blank value has no name and no filter, so that row is left out (as in Plausible's lists). */
export function toRows(result: QueryResult): Row[] {
  const rows = result.results
    .map((row) => ({ value: String(row.dimensions[0] ?? ''), numbers: row.metrics.map(numberOf) }))
    .filter((row) => row.value !== '')
  const largest = Math.max(1, ...rows.map((row) => row.numbers[0] ?? 0))
  return rows.map((row) => ({ ...row, share: (row.numbers[0] ?? 0) / largest }))
}
