import {
  FUNNEL_STEPS,
  FUNNEL_WINDOW,
  type Funnel,
  type FunnelBody,
  type FunnelNumbers,
  type FunnelResult,
} from '@footfall/contract/funnels.ts'
import type { Goal } from '@footfall/contract/sites.ts'
import type { FunnelQuestion, FunnelRow } from '../storage/reports.ts'
import { blankOf, placeOf, readField } from './dimensions.ts'
import { type Filter, leavesOf } from './filters.ts'
import { goalCondition } from './goals.ts'
import type { ParseContext } from './parse.ts'
import { AppError } from '../errors.ts'
import { percent } from './percent.ts'
import { refuse, shown } from './refuse.ts'
import { type ReportScope, echoScope, readScope, scopeOf } from './scope.ts'

/** A funnel that was checked and resolved. */
export interface FunnelQuery {
  scope: ReportScope
  goals: Goal[]
  window: number
  /** Name of the dimension to split by, as the client wrote it. */
  dimension: string | null
  question: FunnelQuestion
}

const USUAL_LIMIT = 100
/** Steps choose events by these; a filter on them would leave nothing of the other steps. */
const NOT_FILTERED = ['event:page', 'event:goal', 'event:name']

/**
 * The goals that steps name.
 *
 * @throws AppError invalid_query where there are too few, too many or the same twice, or the site has no such goal
 */
export function readSteps(names: string[], goals: Goal[]): Goal[] {
  const { least, most } = FUNNEL_STEPS
  if (names.length < least || names.length > most) throw refuse('steps', `A funnel has ${least} to ${most} steps, not ${names.length}`)
  return names.map((name, index) => {
    if (names.indexOf(name) !== index) throw refuse('steps', `A funnel goes through a goal once; ${shown(name)} is there twice`)
    const goal = goals.find((each) => each.display_name === name)
    if (!goal) throw refuse('steps', `The site has no goal ${shown(name)}; steps are display names of goals`)
    return goal
  })
}

function stepsOf(
  body: FunnelBody,
  { funnels, site }: Pick<ParseContext, 'site'> & { funnels: Funnel[] },
): Pick<Funnel, 'steps' | 'window_seconds'> {
  const window = body.window_seconds ?? FUNNEL_WINDOW.usual
  if ((body.funnel === undefined) === (body.steps === undefined))
    throw refuse('funnel', 'Ask for a stored funnel by its id, or give steps: one of the two')
  if (body.steps) return { steps: body.steps, window_seconds: window }
  const stored = funnels.find(({ id }) => id === body.funnel)
  if (!stored)
    throw refuse('funnel', `The site has no funnel ${body.funnel}; GET /api/v1/sites/${site.domain}/funnels lists those there are`)
  return { steps: stored.steps, window_seconds: body.window_seconds ?? stored.window_seconds }
}

/** Filters that choose events by what steps choose theirs by. */
const besideSteps = (filters: Filter[]) =>
  [...leavesOf(filters)].filter(({ leaf, done }) => !done && NOT_FILTERED.includes(leaf.field)).map(({ leaf }) => leaf)

/**
 * Checks a body of `POST /api/v2/funnel` and resolves everything in it.
 *
 * @throws AppError invalid_query, and forbidden where the sender may see events by what the steps choose theirs by: nothing he could ask differently
 */
export function parseFunnel(body: FunnelBody, context: ParseContext & { funnels: Funnel[] }): FunnelQuery {
  const { steps, window_seconds: window } = stepsOf(body, context)
  const goals = readSteps(steps, context.goals)
  const scope = readScope(body, context)
  if (scope.asked.kind === 'realtime' || scope.asked.kind === '30m')
    throw refuse('date_range', 'A funnel takes its time: ask for a day or more, not for the last minutes')
  if (besideSteps(scope.within).length > 0)
    throw new AppError('forbidden', 'This link shows a part of the events, and the steps of a funnel choose from all of them.')
  for (const { name } of besideSteps(scope.filters))
    throw refuse(
      'filters',
      `A funnel cannot be filtered by ${name}, since its steps are; has_done around the filter finds visits with such an event`,
    )
  const field = body.dimension === undefined ? undefined : readField(body.dimension)?.field
  if (body.dimension !== undefined && (!field || placeOf(field) === 'visit' || NOT_FILTERED.includes(field)))
    throw refuse(
      'dimension',
      `A funnel cannot be split by ${shown(body.dimension)}; attributes of visits (visit:source, visit:country …), event:hostname and event:props:NAME work`,
    )
  return {
    scope,
    goals,
    window,
    dimension: body.dimension ?? null,
    question: {
      ...scopeOf('events', scope, context),
      steps: goals.map(goalCondition),
      window,
      by: field ? { field, blank: blankOf(field) } : null,
      limit: body.limit ?? USUAL_LIMIT,
    },
  }
}

function numbersOf(goals: Goal[], { visitors, reached }: FunnelRow): FunnelNumbers {
  const [entering = 0] = reached
  const never = visitors - entering
  return {
    all_visitors: visitors,
    entering_visitors: entering,
    entering_visitors_percentage: percent(entering, visitors),
    never_entering_visitors: never,
    never_entering_visitors_percentage: percent(never, visitors),
    steps: goals.map(({ display_name: label }, index) => {
      const here = reached[index] ?? 0
      const before = index === 0 ? here : (reached[index - 1] ?? 0)
      return {
        label,
        visitors: here,
        conversion_rate: percent(here, entering),
        conversion_rate_step: index === 0 ? 0 : percent(here, before),
        dropoff: before - here,
        dropoff_percentage: percent(before - here, before),
      }
    }),
  }
}

/** Asks the engine, once or (by dimension) twice, and works out rates and losses. Definitions: docs/definitions.md, "Funnels". */
export async function answerFunnel(query: FunnelQuery, ask: (question: FunnelQuestion) => Promise<FunnelRow[]>): Promise<FunnelResult> {
  const { goals, question, scope, dimension } = query
  const [total] = await ask({ ...question, by: null })
  const rows = question.by ? await ask(question) : null
  return {
    ...numbersOf(goals, total!),
    ...(rows && { by_dimension: rows.map((row) => ({ value: row.value, ...numbersOf(goals, row) })) }),
    query: {
      ...echoScope(scope),
      steps: goals.map((goal) => goal.display_name),
      window_seconds: query.window,
      ...(dimension !== null && { dimension }),
    },
  }
}
