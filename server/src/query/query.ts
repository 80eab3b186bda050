import type { Metric } from '@footfall/contract/names.ts'
import type { Goal, Site } from '@footfall/contract/sites.ts'
import type { ComparisonWish } from './comparison.ts'
import type { Grouping } from './dimensions.ts'
import type { DateRange, Range } from './ranges.ts'
import type { Filters } from './within.ts'

export interface Include {
  imports?: boolean
  time_labels?: boolean
  present_index?: boolean
  partial_time_labels?: boolean
  total_rows?: boolean
  read_from?: boolean
  trim_relative_date_range?: boolean
  comparisons?: unknown
}

export type Direction = 'asc' | 'desc'

/** A query that was checked and resolved: nothing in it depends on the clock or on names any more. */
export interface Query extends Filters {
  site: Pick<Site, 'id' | 'domain' | 'timezone'>
  metrics: Metric[]
  dimensions: Grouping[]
  asked: DateRange
  range: Range
  order: { by: string; direction: Direction }[]
  include: Include
  limit: number
  offset: number
  /** Goals of the site, in order of creation. */
  goals: Goal[]
  /** Bucket that the clock was in, where that is asked for and the range reaches it; never more exact, so that an answer can be kept. */
  present: number | null
  comparison: { wish: ComparisonWish; range: Range } | null
}
