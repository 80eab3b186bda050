import { JOURNEY_ROWS, JOURNEY_STEPS, type JourneysBody, type JourneysResult } from '@footfall/contract/journeys.ts'
import { AppError } from '../errors.ts'
import type { JourneyRow, JourneysQuestion } from '../storage/reports.ts'
import type { ParseContext } from './parse.ts'
import { percent } from './percent.ts'
import { looksAtEvents } from './within.ts'
import { type ReportScope, echoScope, readScope, scopeOf } from './scope.ts'

/** A question about journeys that was checked and resolved. */
export interface JourneysQuery {
  scope: ReportScope
  question: JourneysQuestion
}

/**
 * Checks a body of `POST /api/v2/journeys`. Filters choose whole visits, those on events visits with such an event.
 *
 * @throws AppError invalid_query
 */
export function parseJourneys(body: JourneysBody, context: ParseContext): JourneysQuery {
  const scope = readScope(body, context)
  if (scope.within.some(looksAtEvents))
    throw new AppError('forbidden', 'This link shows a part of the events, and journeys go through all pages of a visit.')
  const question: JourneysQuestion = {
    ...scopeOf('visits', scope, context),
    page: body.page ?? null,
    direction: body.direction ?? 'next',
    steps: body.steps ?? JOURNEY_STEPS.usual,
    limit: body.limit ?? JOURNEY_ROWS.usual,
  }
  return { scope, question }
}

const nameOf = (step: number, page: string) => JSON.stringify([step, page])

/** Puts the rows of the engine into paths, and nodes with links. A link whose node is not among the most frequent of its step is left out. */
export function answerJourneys({ scope, question }: JourneysQuery, rows: JourneyRow[]): JourneysResult {
  const of = (kind: JourneyRow['kind']) => rows.filter((row) => row.kind === kind)
  const all = of('all')[0]?.visits ?? 0
  const ended = new Map(of('end').map(({ step, pages, visits }) => [nameOf(step, pages[0]!), visits]))
  const nodes = of('page').map(({ step, pages, visits }, id) => {
    const page = pages[0]!
    return { id, step, page, visits, percentage: percent(visits, all), ended: ended.get(nameOf(step, page)) ?? 0 }
  })
  const ids = new Map(nodes.map(({ id, step, page }) => [nameOf(step, page), id]))
  const links = of('link').flatMap(({ step, pages: [from = '', to = ''], visits }) => {
    const [source, target] = [ids.get(nameOf(step, from)), ids.get(nameOf(step + 1, to))]
    return source === undefined || target === undefined ? [] : [{ source, target, visits }]
  })
  const { page, direction, steps, limit } = question
  return {
    paths: of('path').map(({ pages, visits }) => ({ pages, visits, percentage: percent(visits, all), ended: pages.length <= steps })),
    nodes,
    links,
    meta: { visits: all },
    query: { ...echoScope(scope), ...(page !== null && { page }), direction, steps, limit },
  }
}
