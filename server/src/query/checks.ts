import type { Metric } from '@footfall/contract/names.ts'
import type { Goal } from '@footfall/contract/sites.ts'
import { type Grouping, placeOf, propOf } from './dimensions.ts'
import { type Filter, type Leaf, innerOf, leavesOf } from './filters.ts'
import { goalsOf } from './goals.ts'
import { placeOfMetric } from './metrics.ts'
import { refuse } from './refuse.ts'

/** What is checked: the parts of a query that have to go together. */
export interface Combination {
  metrics: Metric[]
  dimensions: Grouping[]
  filters: Filter[]
  goals: Goal[]
}

export const placeOfGrouping = (grouping: Grouping) => {
  if (grouping.kind === 'time') return 'either'
  return grouping.kind === 'goal' ? 'event' : placeOf(grouping.field)
}

const isField = (grouping: Grouping, field: string) => grouping.kind === 'field' && grouping.field === field

/** Whether rows are pages alone: then metrics of visits stand beside those of events, by entry page. */
export const isPagesOnly = (dimensions: Grouping[]) => dimensions.length === 1 && isField(dimensions[0]!, 'event:page')

/** Whether a filter at the top or a dimension picks goals. */
const picksGoals = ({ dimensions, filters }: Combination) =>
  dimensions.some(({ kind }) => kind === 'goal') || filters.some((filter) => filter.kind === 'leaf' && filter.field === 'event:goal')

interface View extends Combination {
  leaves: { leaf: Leaf; depth: number; done: boolean }[]
}

/** Comparisons outside has_done, optionally of one field only. */
const plain = ({ leaves }: View, field?: string) =>
  leaves.filter(({ leaf, done }) => !done && (field === undefined || leaf.field === field))

const needsGoals = (metric: Metric) => (view: View) => {
  if (!picksGoals(view)) throw refuse('metrics', `${metric} needs a filter on event:goal at the top level, or the dimension event:goal`)
  if (plain(view).some(({ leaf, depth }) => depth > 0 && propOf(leaf.field) !== undefined)) {
    throw refuse('filters', `With ${metric}, filters on event:props stand at the top level, not inside and, or, not`)
  }
}

/** What a metric asks of the rest of the query. */
const RULES: Partial<Record<Metric, (view: View) => void>> = {
  conversion_rate: needsGoals('conversion_rate'),
  group_conversion_rate: needsGoals('group_conversion_rate'),
  views_per_visit: (view) => {
    if (plain(view, 'event:page').length > 0)
      throw refuse('metrics', 'views_per_visit cannot be combined with a filter on event:page; a filter on visit:entry_page goes with it')
    if (view.dimensions.some(({ kind }) => kind !== 'time'))
      throw refuse('metrics', 'views_per_visit is a number of the whole range, or over time: ask for it without other dimensions')
  },
  exit_rate: (view) => {
    if (view.dimensions.length !== 1 || !isField(view.dimensions[0]!, 'visit:exit_page')) {
      throw refuse('metrics', 'exit_rate needs the dimension visit:exit_page and no other')
    }
    if (plain(view).some(({ leaf }) => placeOf(leaf.field) === 'event')) {
      throw refuse('filters', 'exit_rate cannot be combined with filters on event: dimensions; filter by visit: dimensions')
    }
  },
  scroll_depth: (view) => {
    const filtered = plain(view, 'event:page').some(({ depth }) => depth === 0)
    if (!filtered && !view.dimensions.some((grouping) => isField(grouping, 'event:page'))) {
      throw refuse('metrics', 'scroll_depth needs the dimension event:page or a filter on it at the top level')
    }
  },
  time_on_page: (view) => {
    if (plain(view, 'event:page').length === 0 && !view.dimensions.some((grouping) => isField(grouping, 'event:page'))) {
      throw refuse('metrics', 'time_on_page needs the dimension event:page or a filter on it')
    }
  },
}

function checkDimensions({ metrics, dimensions }: View): void {
  const ofEvents = dimensions.filter((grouping) => placeOfGrouping(grouping) === 'event')
  const ofVisits = dimensions.filter((grouping) => placeOfGrouping(grouping) === 'visit')
  const eventMetric = metrics.find((metric) => placeOfMetric(metric) === 'event')
  const visitMetric = metrics.find((metric) => placeOfMetric(metric) === 'visit')
  if (visitMetric && ofEvents.length > 0 && !isPagesOnly(dimensions)) {
    throw refuse(
      'metrics',
      `${visitMetric} is a number of visits and has no value for ${ofEvents[0]!.name}; only event:page alone goes with it`,
    )
  }
  if (eventMetric && ofVisits.length > 0) {
    throw refuse(
      'metrics',
      `${eventMetric} is a number of events and has no value for ${ofVisits[0]!.name}, which is of visits; visitors and visits have one`,
    )
  }
  if (ofEvents.length > 0 && ofVisits.length > 0) {
    throw refuse('dimensions', `${ofEvents[0]!.name} is of events and ${ofVisits[0]!.name} of visits; ask for them in two queries`)
  }
}

function checkLeaf({ leaf, depth, done }: View['leaves'][number], goals: Goal[]): void {
  if (done && !leaf.field.startsWith('event:')) {
    throw refuse('filters', `has_done and has_not_done look at events: ${leaf.name} cannot stand inside, event: dimensions can`)
  }
  if (depth > 0 && !done && (leaf.field === 'event:goal' || leaf.field === 'event:hostname')) {
    throw refuse('filters', `${leaf.name} can only be filtered at the top level, not inside and, or, not`)
  }
  if (leaf.field === 'event:goal') {
    if (leaf.negated || (leaf.comparison !== 'is' && leaf.comparison !== 'contains')) {
      throw refuse('filters', 'event:goal can be filtered by is and contains; has_not_done finds visits without a goal')
    }
    if (leaf.comparison !== 'is') return
    const unknown = leaf.values.find((value) => goalsOf({ ...leaf, values: [value] }, goals).length === 0)
    if (unknown !== undefined)
      throw refuse('filters', `The site has no goal ${JSON.stringify(unknown)}; filters use the display names of goals`)
  }
  if (
    leaf.name === 'visit:country' &&
    leaf.comparison === 'is' &&
    !leaf.values.every((value) => /^[A-Za-z]{2}$|^(\(not set\))?$/.test(String(value)))
  ) {
    throw refuse(
      'filters',
      'visit:country with is and is_not takes ISO 3166-1 codes of two letters, as in "DE"; visit:country_name takes names',
    )
  }
  if (leaf.show === 'country' && leaf.comparison !== 'is' && leaf.comparison !== 'contains') {
    throw refuse('filters', 'visit:country_name can be filtered by is, is_not, contains and contains_not')
  }
}

function checkNesting(filters: Filter[], done = false): void {
  for (const filter of filters) {
    if (filter.kind === 'leaf') continue
    const behaviour = filter.kind === 'has_done' || filter.kind === 'has_not_done'
    if (behaviour && done) throw refuse('filters', 'has_done and has_not_done cannot stand inside each other')
    checkNesting(innerOf(filter), done || behaviour)
  }
}

/**
 * Whether metrics, dimensions and filters go together; and goals exist.
 *
 * @throws AppError invalid_query with a sentence that says what would work
 */
export function checkCombination(combination: Combination): void {
  const view: View = { ...combination, leaves: [...leavesOf(combination.filters)] }
  checkNesting(view.filters)
  for (const found of view.leaves) checkLeaf(found, view.goals)
  checkDimensions(view)
  for (const metric of view.metrics) RULES[metric]?.(view)
}
