import type { Metric } from '@footfall/contract/names.ts'
import { offsetsBetween } from '../lib/zone.ts'
import type { Condition, EventMeasure, Field, Formula, Key, Part, Question, Term, VisitMeasure } from '../storage/question.ts'
import { isPagesOnly } from './checks.ts'
import type { Filter } from './filters.ts'
import { goalCondition, isScrollGoal } from './goals.ts'
import { type Half, halvesOf, withHosts } from './halves.ts'
import { keysOf } from './labels.ts'
import { type MetricFacts, type Total, factsOf, isRevenue } from './metrics.ts'
import type { Query } from './query.ts'
import { revenueCurrency, selectedGoals } from './revenue.ts'
import { type Rename, asEntryPage, asIs, entryCondition, whereOf, withValues, withoutConversion, withoutExitPage } from './wheres.ts'

const WEEK = 7 * 86_400

/** Only rows with these values, by the number of the dimension: how a comparison asks for the rows of a page. */
export type Lookup = Map<number, string[]>

/** What the parts of one question are made from. */
interface Plan {
  query: Query
  filters: Filter[]
  lookup: Lookup
  keys: Key[]
  parts: Part[]
}

type Measure = EventMeasure | VisitMeasure

/** Adds a part and gives its number. `keys`: none for a number that holds for all rows. */
function addPart(
  plan: Plan,
  half: Half,
  options: { filters: Filter[]; keys: Key[]; measures: Measure[]; rows: boolean; rename?: Rename },
): number {
  const { goals } = plan.query
  const { keys, filters, rows, rename } = options
  const values = keys.flatMap((key, index) => {
    const wanted = plan.lookup.get(index)
    return wanted && key.kind === 'field' ? [{ field: key.field, values: wanted }] : []
  })
  const where: Condition = withValues(whereOf(half, filters, goals, rename), values)
  const common = { rows, where, keys }
  const measures = [...new Set(options.measures)]
  const part: Part =
    half === 'events'
      ? { ...common, of: half, measures: measures as EventMeasure[] }
      : { ...common, of: half, measures: measures as VisitMeasure[], entry: entryCondition(rename === asEntryPage ? [] : filters, goals) }
  return plan.parts.push(part) - 1
}

const renameKeys = (keys: Key[], rename: Rename): Key[] =>
  keys.map((key) => (key.kind === 'field' ? { ...key, field: rename(key.field) } : key))

/** Denominators, by name. All leave the look-up of a comparison aside but for those that belong to a row. */
const TOTALS: Record<Total, (plan: Plan, half: Half) => number> = {
  'all rows': (plan, half) => addPart(plan, half, { filters: plan.filters, keys: [], measures: ['visitors'], rows: false }),
  'all visitors': (plan, half) =>
    addPart(plan, half, { filters: withoutConversion(plan.filters), keys: [], measures: ['visitors'], rows: false }),
  'group visitors': (plan, half) => {
    const keys = plan.keys.map((key): Key => (key.kind === 'goal' ? { kind: 'every goal' } : key))
    return addPart(plan, half, { filters: withoutConversion(plan.filters), keys, measures: ['visitors'], rows: false })
  },
  'page views': (plan) => {
    const keys = renameKeys(plan.keys, (): Field => 'event:page')
    return addPart(plan, 'events', { filters: withoutExitPage(plan.filters), keys, measures: ['pageviews'], rows: false })
  },
}

const TOTAL_MEASURE: Record<Total, Measure> = {
  'all rows': 'visitors',
  'all visitors': 'visitors',
  'group visitors': 'visitors',
  'page views': 'pageviews',
}

const measuresOf = (facts: MetricFacts): Measure[] => [facts.over, facts.under, facts.needs].flatMap((measure) => measure ?? [])

/** Whether a metric has no value at all in this query. */
function isVoid(metric: Metric, query: Query): boolean {
  if (isRevenue(metric)) return 'warning' in revenueCurrency(query)
  // Scrolling is not an event, so a query about it has no number of events. By goal, only the rows of such goals have none.
  const byGoal = query.dimensions.some(({ kind }) => kind === 'goal')
  const filtered = query.filters.some((filter) => filter.kind === 'leaf' && filter.field === 'event:goal')
  return metric === 'events' && !byGoal && filtered && selectedGoals(query.filters, query.goals).some(isScrollGoal)
}

function addParts(plan: Plan): Formula[] {
  const { metrics, dimensions } = plan.query
  const halves = halvesOf(metrics, dimensions, plan.filters)
  const counted = metrics.filter((metric) => !isVoid(metric, plan.query))
  const halfOf = ({ from }: MetricFacts): Half => (from === 'either' ? halves.either : from)
  const measures = (half: Half) => counted.map(factsOf).flatMap((facts) => (halfOf(facts) === half ? measuresOf(facts) : []))

  const main: Partial<Record<Half, number>> = {}
  if (halves.events)
    main.events = addPart(plan, 'events', { filters: plan.filters, keys: plan.keys, measures: measures('events'), rows: true })
  if (halves.visits) {
    const rename = isPagesOnly(dimensions) ? asEntryPage : asIs
    const rows = !halves.events || halves.bothMakeRows
    main.visits = addPart(plan, 'visits', {
      filters: plan.filters,
      keys: renameKeys(plan.keys, rename),
      measures: measures('visits'),
      rows,
      rename,
    })
  }

  const totals = new Map<Total, number>()
  const total = (name: Total): Term => {
    const part = totals.get(name) ?? TOTALS[name](plan, halves.either)
    totals.set(name, part)
    return { part, measure: TOTAL_MEASURE[name] }
  }
  const scrolling = dimensions.some(({ kind }) => kind === 'goal') && selectedGoals(plan.query.filters, plan.query.goals).some(isScrollGoal)
  return metrics.map((metric): Formula => {
    const facts = factsOf(metric)
    const term = (measure: Measure): Term => ({ part: main[halfOf(facts)] ?? 0, measure })
    const under = facts.total && counted.includes(metric) ? total(facts.total) : facts.under && term(facts.under)
    // A row of a goal has events unless the goal is met by scrolling.
    const needs = metric === 'events' && scrolling ? term('events') : facts.needs && term(facts.needs)
    return {
      metric,
      over: counted.includes(metric) ? term(facts.over) : null,
      ...(under && { under }),
      ...(needs && { needs }),
      factor: facts.factor,
      divisor: facts.divisor ?? 1,
      cut: facts.cut ?? false,
      empty: metric === 'events' && scrolling ? null : facts.empty,
    }
  })
}

/**
 * The question that answers a query. With `lookup`, only rows with these values; with `page`, other rows than the query's
 * own page.
 */
export function planQuestion(query: Query, options: { lookup?: Lookup; page?: { limit: number; offset: number } } = {}): Question {
  const { site, range, dimensions } = query
  const lookup: Lookup = options.lookup ?? new Map()
  const offsets = offsetsBetween(site.timezone, Math.max(0, range.from - WEEK), range.to)
  const keys = dimensions.map((grouping): Key => {
    if (grouping.kind === 'goal') return { kind: 'goal' }
    if (grouping.kind === 'field') return { kind: 'field', field: grouping.field, blank: grouping.blank }
    return { kind: 'time', bucket: grouping.bucket, ...keysOf(grouping.bucket, range, offsets, query.asked) }
  })
  const plan: Plan = { query, filters: withHosts(query.filters, dimensions), lookup, keys, parts: [] }
  const formulas = addParts(plan)

  const goalRow = dimensions.findIndex(({ kind }) => kind === 'goal')
  const wanted = lookup.get(goalRow)
  const goals = goalRow < 0 ? [] : selectedGoals(query.filters, query.goals).filter((goal) => !wanted || wanted.includes(goal.display_name))
  const currency = revenueCurrency(query)
  return {
    site: site.id,
    from: range.from,
    to: range.to,
    offsets,
    dimensions: dimensions.length,
    times: dimensions.flatMap(({ kind }, index) => (kind === 'time' ? [index] : [])),
    parts: plan.parts,
    goals: goals.map((goal) => ({ name: goal.display_name, currency: goal.currency ?? '', condition: goalCondition(goal) })),
    currency: 'currency' in currency ? currency.currency : '',
    formulas,
    order: query.order.map(({ by, direction }) => {
      const formula = query.metrics.findIndex((metric) => metric === by)
      return { by: formula >= 0 ? { formula } : { dimension: dimensions.findIndex(({ name }) => name === by) }, direction }
    }),
    limit: options.page?.limit ?? query.limit,
    offset: options.page?.offset ?? query.offset,
    count: query.include.total_rows === true,
  }
}
