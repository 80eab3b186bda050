import { offsetsBetween } from '../lib/zone.ts'
import type { Key, Question } from '../storage/question.ts'
import { goalCondition } from './goals.ts'
import { withHosts } from './halves.ts'
import { keysOf } from './labels.ts'
import { type Lookup, type Plan, addParts } from './parts.ts'
import type { Query } from './query.ts'
import { revenueCurrency, selectedGoals } from './revenue.ts'

/** Visits that began up to a week before the range are counted, so their hours need offsets too. */
const WEEK = 7 * 86_400

/** Offsets of the site's zone for everything a query can meet. */
export const offsetsOf = ({ site, range }: Pick<Query, 'site' | 'range'>) =>
  offsetsBetween(site.timezone, Math.max(0, range.from - WEEK), range.to)

function orderOf({ order, metrics, dimensions }: Query): Question['order'] {
  return order.map(({ by, direction }) => {
    const formula = metrics.findIndex((metric) => metric === by)
    return { by: formula >= 0 ? { formula } : { dimension: dimensions.findIndex(({ name }) => name === by) }, direction }
  })
}

/** The goals that make rows: all that the filters let through, or those of them that a comparison looks up. */
function goalsOf({ dimensions, filters, goals }: Query, lookup: Lookup): Question['goals'] {
  const row = dimensions.findIndex(({ kind }) => kind === 'goal')
  if (row < 0) return []
  const wanted = lookup.get(row)
  const rows = selectedGoals(filters, goals).filter((goal) => !wanted || wanted.includes(goal.display_name))
  return rows.map((goal) => ({ name: goal.display_name, currency: goal.currency ?? '', condition: goalCondition(goal) }))
}

/** The question that answers a query. With `lookup`, only rows with these values; with `page`, other rows than the query's own page. */
export function planQuestion(query: Query, options: { lookup?: Lookup; page?: { limit: number; offset: number } } = {}): Question {
  const { site, range, dimensions } = query
  const lookup: Lookup = options.lookup ?? new Map()
  const offsets = offsetsOf(query)
  const keys = dimensions.map((grouping): Key => {
    if (grouping.kind === 'goal') return { kind: 'goal' }
    if (grouping.kind === 'field') return { kind: 'field', field: grouping.field, blank: grouping.blank }
    return { kind: 'time', bucket: grouping.bucket, ...keysOf(grouping.bucket, range, offsets, query.asked) }
  })
  const plan: Plan = { query, filters: withHosts(query.filters, dimensions), lookup, keys, parts: [] }
  const formulas = addParts(plan)
  const currency = revenueCurrency(query)
  return {
    site: site.id,
    ...range,
    offsets,
    dimensions: dimensions.length,
    times: dimensions.flatMap(({ kind }, index) => (kind === 'time' ? [index] : [])),
    parts: plan.parts,
    goals: goalsOf(query, lookup),
    currency: 'currency' in currency ? currency.currency : '',
    formulas,
    order: orderOf(query),
    limit: options.page?.limit ?? query.limit,
    offset: options.page?.offset ?? query.offset,
    count: query.include.total_rows === true,
  }
}
