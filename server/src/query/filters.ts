import type { Field } from '../storage/question.ts'
import { FILTER_LIST, type Show, readField } from './dimensions.ts'
import { isObject, onlyKeys, refuse, shown } from './refuse.ts'

/** Comparisons of a filter; each has its opposite. */
export const COMPARISONS = ['is', 'contains', 'matches', 'matches_wildcard'] as const
export type Comparison = (typeof COMPARISONS)[number]

export interface Leaf {
  kind: 'leaf'
  comparison: Comparison
  negated: boolean
  /** As the client wrote it, for the echo. */
  name: string
  field: Field | 'event:goal'
  show: Show
  values: (string | number)[]
  caseSensitive: boolean | undefined
}
export type Filter = Leaf | { kind: 'and' | 'or'; of: Filter[] } | { kind: 'not' | 'has_done' | 'has_not_done'; of: Filter }

/** What the filters of a site are read with. `segment` gives the stored filters of a segment. */
export interface FilterContext {
  internal: boolean
  segment: (id: number) => unknown[]
}

/** Bounds on what one query may carry. A comparison of every value costs time on every event. */
const LIMITS = { depth: 12, leaves: 200, values: 1000, valueChars: 2000, segments: 10 }

const OPPOSITES: Record<string, { comparison: Comparison; negated: boolean }> = {
  is: { comparison: 'is', negated: false },
  is_not: { comparison: 'is', negated: true },
  contains: { comparison: 'contains', negated: false },
  contains_not: { comparison: 'contains', negated: true },
  matches: { comparison: 'matches', negated: false },
  matches_not: { comparison: 'matches', negated: true },
  matches_wildcard: { comparison: 'matches_wildcard', negated: false },
  matches_wildcard_not: { comparison: 'matches_wildcard', negated: true },
}
const FORMS =
  '["is"|"is_not"|"contains"|"contains_not"|"matches"|"matches_not", dimension, [values]], ["and"|"or", [filters]], ["not"|"has_done"|"has_not_done", filter] or ["is", "segment", [ids]]'

function malformed(value: unknown, why = ''): Error {
  return refuse('filters', `Filter ${shown(value)} is not understood${why}; a filter is ${FORMS}`)
}

const GOAL: Pick<Leaf, 'field' | 'show'> = { field: 'event:goal', show: 'text' }

interface Reading extends FilterContext {
  leaves: number
  segments: number
  insideSegment: boolean
}

/**
 * Reads the list of filters: the shape of each, without looking at how they go together. Segments are replaced by what they
 * stand for; an `and` at the top is taken apart once.
 *
 * @throws AppError invalid_query
 */
export function readFilters(value: unknown, context: FilterContext): Filter[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw refuse('filters', 'filters must be a list of filters, as in [["is", "event:page", ["/"]]]')
  const reading: Reading = { ...context, leaves: 0, segments: 0, insideSegment: false }
  return value.map((item: unknown) => readFilter(item, reading, 0)).flatMap((filter) => (filter.kind === 'and' ? filter.of : [filter]))
}

function readFilter(value: unknown, reading: Reading, depth: number): Filter {
  if (!Array.isArray(value)) throw malformed(value)
  if (depth > LIMITS.depth) throw refuse('filters', `Filters may be nested ${LIMITS.depth} deep`)
  const [operator, inner]: unknown[] = value
  if (operator === 'and' || operator === 'or') {
    if (value.length !== 2 || !Array.isArray(inner) || inner.length === 0) throw malformed(value)
    return { kind: operator, of: inner.map((item: unknown) => readFilter(item, reading, depth + 1)) }
  }
  if (operator === 'not' || operator === 'has_done' || operator === 'has_not_done') {
    if (value.length !== 2) throw malformed(value)
    return { kind: operator, of: readFilter(inner, reading, depth + 1) }
  }
  return operator === 'is' && inner === 'segment' ? readSegment(value, reading, depth) : readLeaf(value, reading)
}

function readSegment(value: unknown[], reading: Reading, depth: number): Filter {
  const ids: unknown = value[2]
  if (
    value.length !== 3 ||
    !Array.isArray(ids) ||
    ids.length === 0 ||
    ids.length > LIMITS.values ||
    !ids.every((id) => Number.isSafeInteger(id))
  ) {
    throw malformed(value, ': segments are named by their numbers')
  }
  if (reading.insideSegment) throw refuse('filters', 'A segment cannot hold another segment')
  reading.segments += 1
  if (reading.segments > LIMITS.segments) throw refuse('filters', `A query may have ${LIMITS.segments} segment filters`)
  const groups = ids.map((id: number): Filter => {
    const inside: Reading = { ...reading, insideSegment: true }
    const of = reading.segment(id).map((item) => readFilter(item, inside, depth + 2))
    reading.leaves = inside.leaves
    return { kind: 'and', of }
  })
  return groups.length === 1 ? groups[0]! : { kind: 'or', of: groups }
}

function unfiltered(name: unknown): Error {
  if (name === 'segment')
    return refuse('filters', 'Segments are asked for by ["is", "segment", [ids]]; ["not", ["is", "segment", [ids]]] finds what is in none')
  if (typeof name === 'string' && /^time(:|$)/.test(name))
    return refuse('filters', `${shown(name)} cannot be filtered by; date_range says which time is asked about`)
  return refuse('filters', `There is no dimension ${shown(name)} to filter by; there are ${FILTER_LIST}`)
}

function readLeaf(value: unknown[], reading: Reading): Leaf {
  const [operator, name, values, options] = value
  const known = typeof operator === 'string' && Object.hasOwn(OPPOSITES, operator) ? OPPOSITES[operator] : undefined
  if (!known || (known.comparison === 'matches_wildcard' && !reading.internal)) throw malformed(value)
  if (value.length > 4 || !Array.isArray(values)) throw malformed(value)
  const found = name === 'event:goal' ? GOAL : readField(name)
  if (!found) throw unfiltered(name)
  reading.leaves += 1
  if (reading.leaves > LIMITS.leaves) throw refuse('filters', `A query may compare ${LIMITS.leaves} times`)
  return {
    kind: 'leaf',
    ...known,
    name: name as string,
    ...found,
    values: readValues(values, found.field, value),
    caseSensitive: options === undefined ? undefined : readCase(options, known.comparison, value),
  }
}

function readValues(values: unknown[], field: Leaf['field'], filter: unknown[]): (string | number)[] {
  if (values.length > LIMITS.values) throw refuse('filters', `A filter may have ${LIMITS.values} values`)
  for (const value of values) {
    const fits = typeof value === 'string' ? value.length <= LIMITS.valueChars : field === 'visit:city' && Number.isSafeInteger(value)
    if (!fits) throw malformed(filter, ': values are texts, of visit:city also numbers')
  }
  return values as (string | number)[]
}

function readCase(options: unknown, comparison: Comparison, filter: unknown[]): boolean {
  if (comparison === 'matches' || comparison === 'matches_wildcard') throw malformed(filter, ': case_sensitive goes with is and contains')
  if (!isObject(options)) throw malformed(filter)
  onlyKeys(options, ['case_sensitive'], 'filters')
  if (typeof options['case_sensitive'] !== 'boolean') throw malformed(filter, ': case_sensitive must be true or false')
  return options['case_sensitive']
}

const NAMES: Record<Comparison, [string, string]> = {
  is: ['is', 'is_not'],
  contains: ['contains', 'contains_not'],
  matches: ['matches', 'matches_not'],
  matches_wildcard: ['matches_wildcard', 'matches_wildcard_not'],
}

/** A filter in the form in which clients write it. */
export function writeFilter(filter: Filter): unknown[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [filter.kind, filter.of.map(writeFilter)]
    case 'not':
    case 'has_done':
    case 'has_not_done':
      return [filter.kind, writeFilter(filter.of)]
    case 'leaf': {
      const operator = NAMES[filter.comparison][filter.negated ? 1 : 0]
      const options = filter.caseSensitive === undefined ? [] : [{ case_sensitive: filter.caseSensitive }]
      return [operator, filter.name, filter.values, ...options]
    }
  }
}

/** What a filter is made of. */
export function innerOf(filter: Exclude<Filter, Leaf>): Filter[] {
  return Array.isArray(filter.of) ? filter.of : [filter.of]
}

/** Every comparison with its depth (0 at the top) and whether it stands inside `has_done`. */
export function* leavesOf(filters: Filter[], depth = 0, done = false): Generator<{ leaf: Leaf; depth: number; done: boolean }> {
  for (const filter of filters) {
    if (filter.kind === 'leaf') yield { leaf: filter, depth, done }
    else yield* leavesOf(innerOf(filter), depth + 1, done || filter.kind === 'has_done' || filter.kind === 'has_not_done')
  }
}
