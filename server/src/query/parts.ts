import type { Metric } from '@footfall/contract/names.ts'
import type { Formula, Key, Measure, Part, Term } from '../storage/question.ts'
import { isPagesOnly } from './checks.ts'
import { all, fieldIs } from './conditions.ts'
import { WEB_VITALS_EVENT } from '@footfall/contract/umami.ts'
import type { Filter } from './filters.ts'
import { isScrollGoal } from './goals.ts'
import { type Half, halvesOf } from './halves.ts'
import { type MetricFacts, type Total, factsOf, isRevenue } from './metrics.ts'
import type { Query } from './query.ts'
import { revenueCurrency, selectedGoals } from './revenue.ts'
import { type Rename, asEntryPage, asIs, entryCondition, whereOf, withValues, withoutConversion, withoutExitPage } from './wheres.ts'

/** Only rows with these values, by the number of the dimension: how a comparison asks for the rows of a page. */
export type Lookup = Map<number, string[]>

/** What the parts of one question are made from; they gather in `parts`. */
export interface Plan {
  query: Query
  /** Those of the query, and what they bring along. */
  filters: Filter[]
  lookup: Lookup
  keys: Key[]
  parts: Part[]
}

interface Wanted {
  of: Part['of']
  filters: Filter[]
  /** None for a number that holds for all rows. */
  keys: Key[]
  measures: Measure[]
  rows?: boolean
  rename?: Rename
  /** Of the parts of values: the web vital. */
  vital?: string
}

/** Adds a part and gives its number. */
function addPart({ query, lookup, parts }: Plan, { of, filters, keys, measures, rows = false, rename = asIs, vital }: Wanted): number {
  const read = keys.map((key): Key => (key.kind === 'field' ? { ...key, field: rename(key.field) } : key))
  const values = read.flatMap((key, index) => {
    const wanted = lookup.get(index)
    return wanted && key.kind === 'field' ? [{ field: key.field, values: wanted }] : []
  })
  const asked = withValues(whereOf(of === 'visits' ? 'visits' : 'events', filters, query.goals, rename), values)
  const where = vital === undefined ? asked : all([asked, fieldIs('event:name', [WEB_VITALS_EVENT]), { kind: 'has', prop: vital }])
  const entry = of === 'visits' && { entry: entryCondition(rename === asEntryPage ? [] : filters, query.goals) }
  // metrics.ts takes measures only from where they are.
  return (
    parts.push({
      of,
      rows,
      where,
      keys: read,
      measures: [...new Set(measures)],
      ...entry,
      ...(vital !== undefined && { prop: vital }),
    } as Part) - 1
  )
}

/** Denominators. Those that hold for all rows leave the look-up of a comparison aside: percentages stay those of the whole. */
const TOTALS: Record<Total, (plan: Plan, half: Half) => Term> = {
  'all rows': (plan, of) => ({ part: addPart(plan, { of, filters: plan.filters, keys: [], measures: ['visitors'] }), measure: 'visitors' }),
  'all visitors': (plan, of) => {
    const filters = withoutConversion(plan.filters, plan.query.within)
    return { part: addPart(plan, { of, filters, keys: [], measures: ['visitors'] }), measure: 'visitors' }
  },
  'group visitors': (plan, of) => {
    const keys = plan.keys.map((key): Key => (key.kind === 'goal' ? { kind: 'every goal' } : key))
    return {
      part: addPart(plan, { of, filters: withoutConversion(plan.filters, plan.query.within), keys, measures: ['visitors'] }),
      measure: 'visitors',
    }
  },
  'page views': (plan) => {
    const keys = plan.keys.map((key): Key => (key.kind === 'field' ? { ...key, field: 'event:page' } : key))
    return {
      part: addPart(plan, { of: 'events', filters: withoutExitPage(plan.filters, plan.query.within), keys, measures: ['pageviews'] }),
      measure: 'pageviews',
    }
  },
}

const byGoal = ({ dimensions }: Query) => dimensions.some(({ kind }) => kind === 'goal')
const picksScrollGoals = ({ filters, goals }: Query) => selectedGoals(filters, goals).some(isScrollGoal)

/** Whether a metric has no value at all in this query. */
function isVoid(metric: Metric, query: Query): boolean {
  if (isRevenue(metric)) return 'warning' in revenueCurrency(query)
  // Scrolling is not an event, so a query about it has no number of events. By goal, only the rows of such goals have none.
  const filtered = query.filters.some((filter) => filter.kind === 'leaf' && filter.field === 'event:goal')
  return metric === 'events' && filtered && !byGoal(query) && picksScrollGoals(query)
}

/** The parts that make the rows, by what they are counted on. */
function addRows(
  plan: Plan,
  measures: (of: Part['of']) => Measure[],
  halves: ReturnType<typeof halvesOf>,
): Partial<Record<Part['of'], number>> {
  const { filters, keys } = plan
  const found: Partial<Record<Part['of'], number>> = {}
  // Where all asked for is in other parts that need no rows beside them, reading every event would add nothing but zeros.
  const bare = keys.length === 0 && measures('events').length === 0 && (measures('depths').length > 0 || measures('values').length > 0)
  if (halves.events && !bare) found.events = addPart(plan, { of: 'events', filters, keys, measures: measures('events'), rows: true })
  const depths = measures('depths')
  if (depths.length > 0) found.depths = addPart(plan, { of: 'depths', filters, keys, measures: depths })
  if (halves.visits) {
    const rename = isPagesOnly(plan.query.dimensions) ? asEntryPage : asIs
    const rows = !halves.events || halves.bothMakeRows
    found.visits = addPart(plan, { of: 'visits', filters, keys, measures: measures('visits'), rows, rename })
  }
  return found
}

/** Adds the parts of a query to the plan and says how its metrics are worked out from them. */
export function addParts(plan: Plan): Formula[] {
  const { query, filters } = plan
  const halves = halvesOf(query.metrics, query.dimensions, filters)
  const counted = query.metrics.filter((metric) => !isVoid(metric, query))
  const sourceOf = ({ from }: MetricFacts): Part['of'] => (from === 'either' ? halves.either : from)
  const measures = (of: Part['of']) => {
    const facts = counted.map(factsOf).filter((each) => sourceOf(each) === of)
    return facts.flatMap((each) => [each.over, each.under, each.needs].flatMap((measure) => measure ?? []))
  }
  const rows = addRows(plan, measures, halves)
  const vitals = new Map<string, number>()
  const vitalPart = (vital: string, { over, needs }: MetricFacts): number => {
    const part = vitals.get(vital) ?? addPart(plan, { of: 'values', vital, filters, keys: plan.keys, measures: [over, needs!] })
    vitals.set(vital, part)
    return part
  }
  const totals = new Map<Total, Term>()
  const total = (name: Total): Term => {
    const term = totals.get(name) ?? TOTALS[name](plan, halves.either)
    totals.set(name, term)
    return term
  }
  const scrolling = byGoal(query) && picksScrollGoals(query)

  return query.metrics.map((metric): Formula => {
    const facts = factsOf(metric)
    if (!counted.includes(metric)) return { metric, over: null, factor: 1, divisor: 1, empty: null }
    const part = facts.vital === undefined ? rows[sourceOf(facts)]! : vitalPart(facts.vital, facts)
    const term = (measure: Measure): Term => ({ part, measure })
    const under = facts.total ? total(facts.total) : facts.under && term(facts.under)
    // The row of a goal has events, unless the goal is met by scrolling: then their number is not 0 but unknown.
    const unknown = metric === 'events' && scrolling
    const needs = unknown ? term('events') : facts.needs && term(facts.needs)
    return {
      metric,
      over: term(facts.over),
      ...(under && { under }),
      ...(needs && { needs }),
      factor: facts.factor,
      divisor: facts.divisor ?? 1,
      cut: facts.cut ?? false,
      empty: unknown ? null : facts.empty,
    }
  })
}
