import { JourneysBody, JourneysResult } from '@footfall/contract/journeys.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { App } from '../lib/app.ts'
import { type RouteParts, showCache, whileThere } from './answers.ts'
import { answerJourneys, parseJourneys } from './journeys.ts'

/** `POST /api/v2/journeys`: paths through the pages, with nodes and links for a Sankey diagram. */
export function journeysRoute(app: App, { answers, enter }: RouteParts): void {
  app.route({
    method: 'POST',
    url: ROUTES.journeys,
    schema: {
      tags: ['stats'],
      summary: 'Pages that visits went through, step by step',
      body: JourneysBody,
      response: { 200: JourneysResult },
    },
    handler: async (request, reply) => {
      const reader = await enter(request, reply)
      const { body } = request
      const site = await answers.site(body.site_id, reader)
      const query = parseJourneys(body, await answers.context(site, body, reader))
      return whileThere(reply, async (signal) => {
        const { answer: rows, cache } = await answers.keptReport('journeys', query.question, signal)
        return showCache(reply, { answer: answerJourneys(query, rows), ...(cache && { cache }) })
      })
    },
  })
}
