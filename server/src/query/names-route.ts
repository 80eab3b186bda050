import { NamesBody, NamesResult } from '@footfall/contract/names-used.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { App } from '../lib/app.ts'
import { type RouteParts, showCache, whileThere } from './answers.ts'
import { answerNames, parseNames } from './names.ts'

/** `POST /api/v2/names`: which custom properties and which names of events a site sends, and how often. */
export function namesRoute(app: App, { answers, enter }: RouteParts): void {
  app.route({
    method: 'POST',
    url: ROUTES.names,
    schema: {
      tags: ['stats'],
      summary: 'Names of custom properties and of events, with their numbers',
      body: NamesBody,
      response: { 200: NamesResult },
    },
    handler: async (request, reply) => {
      const reader = await enter(request, reply)
      const { body } = request
      const site = await answers.site(body.site_id, reader)
      const query = parseNames(body, await answers.context(site, body, reader))
      return whileThere(reply, async (signal) => {
        const { answer: rows, cache } = await answers.keptReport('names', query.question, signal)
        return showCache(reply, { answer: answerNames(query, rows), ...(cache && { cache }) })
      })
    },
  })
}
