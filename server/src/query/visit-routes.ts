import { ROUTES } from '@footfall/contract/routes.ts'
import { VisitAsked, VisitTimeline, VisitsBody, VisitsResult } from '@footfall/contract/visits.ts'
import { Type } from 'typebox'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import { isIdentified } from '../lib/visitor-id.ts'
import type { TraitReport } from '../seams.ts'
import type { Condition } from '../storage/question.ts'
import { type RouteParts, whileThere } from './answers.ts'
import { refuseGuests } from './limit.ts'
import { echoScope, readScope, scopeOf } from './scope.ts'
import { idOf, readVisitKey, showEvent, showVisit } from './visits.ts'

const USUAL_LIMIT = 100
const MOST_EVENTS = 1000
const DAY = 86_400
const EVERYTHING: Condition = { kind: 'all', of: [] }

/** Single visits: the list, and one of them event by event. */
export function visitRoutes(app: App, { answers, enter, traits }: RouteParts & { traits: TraitReport }): void {
  app.route({
    method: 'POST',
    url: ROUTES.visits,
    schema: { tags: ['stats'], summary: 'Single visits, the newest first', body: VisitsBody, response: { 200: VisitsResult } },
    handler: async (request, reply) => {
      const reader = await enter(request, reply)
      refuseGuests(reader)
      const { site_id, pagination = {}, ...body } = request.body
      const site = await answers.site(site_id, reader)
      const context = await answers.context(site, body, reader)
      const scope = readScope(body, context)
      const limit = pagination.limit ?? USUAL_LIMIT
      const after = pagination.after === undefined ? null : readVisitKey(pagination.after, 'pagination.after')
      return whileThere(reply, async (signal) => {
        // One more than shown tells whether there is a next page.
        const found = await answers.report('visits', { ...scopeOf('visits', scope, context), after, limit: limit + 1 }, signal)
        const visits = found.slice(0, limit)
        return {
          visits: visits.map((visit) => showVisit(visit, site.timezone)),
          meta: { after: found.length > limit ? idOf(visits.at(-1)!) : null },
          query: echoScope(scope),
        }
      })
    },
  })

  app.route({
    method: 'GET',
    url: ROUTES.visit,
    schema: {
      tags: ['stats'],
      summary: 'One visit, event by event',
      params: Type.Object({ session: Type.String({ maxLength: 40 }) }),
      querystring: VisitAsked,
      response: { 200: VisitTimeline },
    },
    handler: async (request, reply) => {
      const reader = await enter(request, reply)
      refuseGuests(reader)
      const site = await answers.site(request.query.site_id, reader)
      const key = readVisitKey(request.params.session, 'session')
      return whileThere(reply, async (signal) => {
        // The first in the order of the list that is not before this one. `start` is at most a day before `opened`.
        const from = { site: site.id, where: EVERYTHING, from: Math.max(0, key.opened - DAY) }
        const next = { opened: key.opened, id: String(BigInt(key.id) + 1n) }
        const [visit] = await answers.report('visits', { ...from, to: key.opened, after: next, limit: 1 }, signal)
        if (!visit || visit.opened !== key.opened || visit.id !== key.id)
          throw new AppError('not_found', `The site has no visit ${request.params.session}.`)
        const asked = { ...from, to: visit.active, visit: visit.id, order: 'oldest first', limit: MOST_EVENTS } as const
        const events = await answers.report('events', asked, signal)
        return {
          visit: showVisit(visit, site.timezone),
          traits: isIdentified(visit.visitor) ? await traits.of(site.id, visit.visitor) : null,
          events: events.map((event) => showEvent(event, site.timezone)),
        }
      })
    },
  })
}
