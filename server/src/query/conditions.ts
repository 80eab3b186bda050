import type { Goal } from '@footfall/contract/sites.ts'
import type { Condition, Field, Operator } from '../storage/question.ts'
import { NO_PROP, propOf } from './dimensions.ts'
import type { Comparison, Filter, Leaf } from './filters.ts'
import { goalCondition, goalsOf } from './goals.ts'
import { countriesNamed } from './countries.ts'

const OPERATORS = { is: 'is', contains: 'contains', matches: 'matches', matches_wildcard: 'wildcard' } as const satisfies Record<
  Comparison,
  Operator
>

const NOT_SET = '(not set)'
const BLANK_WORDS: Record<string, string> = {
  'visit:source': 'Direct / None',
  'visit:referrer': 'Direct / None',
  'visit:utm_source': 'Direct / None',
  'visit:utm_medium': 'Direct / None',
  'visit:utm_campaign': 'Direct / None',
  'visit:utm_content': 'Direct / None',
  'visit:utm_term': 'Direct / None',
}

export const all = (of: Condition[]): Condition => (of.length === 1 ? of[0]! : { kind: 'all', of })
export const any = (of: Condition[]): Condition => (of.length === 1 ? of[0]! : { kind: 'any', of })
const not = (of: Condition): Condition => ({ kind: 'not', of })

/** Values that also stand for blank: the channel "Direct", ISO 3166's code for an unknown country, GeoNames ids begin with 1. */
const ALSO_BLANK: Record<string, string> = { 'visit:channel': 'Direct', 'visit:country': 'ZZ', 'visit:city': '0' }

/** Words for a blank value, in a filter that compares whole values. */
function unblank(field: Field, values: string[]): string[] {
  return values.flatMap((value) => {
    if (value === NOT_SET || value === BLANK_WORDS[field]) return ['']
    return value === ALSO_BLANK[field] ? [value, ''] : [value]
  })
}

/** Whether a field has one of these values. What counts as blank is decided here, for filters and for look-ups alike. */
export function fieldIs(field: Field, values: string[], anyCase = false): Condition {
  const prop = propOf(field)
  if (prop === undefined) return { kind: 'match', field, operator: 'is', values: unblank(field, values), anyCase }
  const has: Condition = { kind: 'has', prop }
  const found = all([has, { kind: 'match', field, operator: 'is', values, anyCase }])
  return values.includes(NO_PROP) ? any([found, not(has)]) : found
}

function leafCondition(leaf: Leaf, field: Field): Condition {
  const values = leaf.values.map(String)
  const anyCase = leaf.caseSensitive === false
  if (leaf.show === 'country' && (leaf.comparison === 'is' || leaf.comparison === 'contains')) {
    return { kind: 'match', field, operator: 'is', values: countriesNamed(leaf.comparison, values, anyCase), anyCase: false }
  }
  if (leaf.comparison === 'is') return fieldIs(field, values, anyCase)
  return { kind: 'match', field, operator: OPERATORS[leaf.comparison], values, anyCase }
}

/** A filter as a condition. `rename` lets a half of a question read a field as another one. */
export function condition(filter: Filter, goals: Goal[], rename: (field: Field) => Field = (field) => field): Condition {
  switch (filter.kind) {
    case 'and':
      return all(filter.of.map((inner) => condition(inner, goals, rename)))
    case 'or':
      return any(filter.of.map((inner) => condition(inner, goals, rename)))
    case 'not':
      return not(condition(filter.of, goals, rename))
    case 'has_done':
      return { kind: 'did', of: condition(filter.of, goals) }
    case 'has_not_done':
      return not({ kind: 'did', of: condition(filter.of, goals) })
    case 'leaf': {
      if (filter.field === 'event:goal') return any(goalsOf(filter, goals).map(goalCondition))
      const positive = leafCondition(filter, rename(filter.field))
      const prop = filter.comparison === 'is' ? undefined : propOf(filter.field)
      // Properties: contains_not and matches_not, unlike is_not, want the property to be there.
      if (prop !== undefined) return all([{ kind: 'has', prop }, filter.negated ? not(positive) : positive])
      return filter.negated ? not(positive) : positive
    }
  }
}
