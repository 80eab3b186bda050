import type { Goal } from '@footfall/contract/sites.ts'
import type { Condition, Field } from '../storage/question.ts'
import { all, condition, fieldIs } from './conditions.ts'
import { placeOf, propOf } from './dimensions.ts'
import { type Filter, leavesOf } from './filters.ts'
import type { Half } from './halves.ts'

export type Rename = (field: Field) => Field
export const asIs: Rename = (field) => field
/** Pages of events, read as entry pages of visits. */
export const asEntryPage: Rename = (field) => (field === 'event:page' ? 'visit:entry_page' : field)

const looksAtEvents = (filter: Filter, rename: Rename) =>
  [...leavesOf([filter])].some(({ leaf, done }) => !done && (leaf.field === 'event:goal' || placeOf(rename(leaf.field)) === 'event'))

/**
 * The filters as one condition of a half. Filters on events choose visits with an event that meets all of them at once;
 * the others look at the visit itself.
 */
export function whereOf(half: Half, filters: Filter[], goals: Goal[], rename: Rename = asIs): Condition {
  const read = (list: Filter[]) => all(list.map((filter) => condition(filter, goals, rename)))
  if (half === 'events') return read(filters)
  const ofEvents = filters.filter((filter) => looksAtEvents(filter, rename))
  const ofVisits = filters.filter((filter) => !looksAtEvents(filter, rename))
  return ofEvents.length === 0 ? read(ofVisits) : all([read(ofVisits), { kind: 'did', of: read(ofEvents) }])
}

/** What the entry page has to be for a visit to count for the bounce rate: filters on pages at the top, read for the entry page. */
export function entryCondition(filters: Filter[], goals: Goal[]): Condition {
  const onPages = filters.filter((filter) => filter.kind === 'leaf' && filter.field === 'event:page')
  return all(onPages.map((filter) => condition(filter, goals, asEntryPage)))
}

const isLeafOn = (filter: Filter, test: (field: string) => boolean) => filter.kind === 'leaf' && test(filter.field)

/** Everybody who could have converted: without the goals and properties of the conversion, but for what holds `within` bounds. */
export const withoutConversion = (filters: Filter[], within: Filter[]): Filter[] =>
  filters.filter((filter) => within.includes(filter) || !isLeafOn(filter, (field) => field === 'event:goal' || propOf(field) !== undefined))

/** Every view of a page, wherever visits ended; the same. */
export const withoutExitPage = (filters: Filter[], within: Filter[]): Filter[] =>
  filters.filter((filter) => within.includes(filter) || !isLeafOn(filter, (field) => field === 'visit:exit_page'))

/** The filters, and only rows with one of these values. */
export function withValues(where: Condition, values: { field: Field; values: string[] }[]): Condition {
  return values.length === 0 ? where : all([where, ...values.map((each) => fieldIs(each.field, each.values))])
}
