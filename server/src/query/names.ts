import { NAMES_LISTED, type NamesBody, type NamesResult } from '@footfall/contract/names-used.ts'
import type { NameRow, NamesQuestion } from '../storage/reports.ts'
import type { ParseContext } from './parse.ts'
import { type ReportScope, echoScope, readScope, scopeOf } from './scope.ts'

/** A question about names that was checked and resolved. */
export interface NamesQuery {
  scope: ReportScope
  limit: number
  question: NamesQuestion
}

/**
 * Checks a body of `POST /api/v2/names`. Filters choose events.
 *
 * @throws AppError invalid_query
 */
export function parseNames(body: NamesBody, context: ParseContext): NamesQuery {
  const scope = readScope(body, context)
  const limit = body.limit ?? NAMES_LISTED.usual
  // One more than is shown says whether there are more.
  return { scope, limit, question: { ...scopeOf('events', scope, context), limit: limit + 1 } }
}

/** Puts the rows of the engine, which stand in their order, into the two lists. */
export function answerNames({ scope, limit }: NamesQuery, rows: NameRow[]): NamesResult {
  const of = (kind: NameRow['kind']) =>
    rows.filter((row) => row.kind === kind).map(({ name, events, visitors }) => ({ name, events, visitors }))
  const [properties, events] = [of('property'), of('event')]
  return {
    properties: properties.slice(0, limit),
    events: events.slice(0, limit),
    meta: { properties_cut: properties.length > limit, events_cut: events.length > limit },
    query: { ...echoScope(scope), limit },
  }
}
