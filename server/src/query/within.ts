import { type Filter, leavesOf } from './filters.ts'
import { placeOf } from './dimensions.ts'

/** Filters of a question as they are asked with, and as its sender wrote them. */
export interface Filters {
  /** All that count, those of `within` among them. */
  filters: Filter[]
  /** What the sender may see, whatever he asks; never left out of a total. */
  within: Filter[]
  /** For the echo: those of the question itself. */
  written: Filter[]
}

/** Whether a filter looks at single events, as against their visit. */
export const looksAtEvents = (filter: Filter): boolean =>
  [...leavesOf([filter])].some(({ leaf, done }) => !done && (leaf.field === 'event:goal' || placeOf(leaf.field) === 'event'))

/**
 * What a question about a part of a site asks with. The filters of the part are added to those of the question, and where they look at
 * events also inside its `has_done` and `has_not_done`: those look at every event of a visit, which would tell of events outside.
 * Inside `or` and `not` they need not stand, since the whole is joined to them by *and*.
 */
export function limit(asked: Filter[], within: Filter[]): Filters {
  const events = within.filter(looksAtEvents)
  const inner = (filter: Filter): Filter => {
    switch (filter.kind) {
      case 'leaf':
        return filter
      case 'has_done':
      case 'has_not_done':
        return { kind: filter.kind, of: { kind: 'and', of: [filter.of, ...events] } }
      case 'not':
        return { kind: 'not', of: inner(filter.of) }
      case 'and':
      case 'or':
        return { kind: filter.kind, of: filter.of.map(inner) }
    }
  }
  return { filters: [...(events.length === 0 ? asked : asked.map(inner)), ...within], within, written: asked }
}
