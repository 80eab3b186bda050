import { FunnelBody, FunnelResult } from '@footfall/contract/funnels.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { App } from '../lib/app.ts'
import type { FunnelDirectory } from '../seams.ts'
import { type RouteParts, showCache, whileThere } from './answers.ts'
import type { Kept } from './cache.ts'
import { answerFunnel, parseFunnel } from './funnel.ts'

/** `POST /api/v2/funnel`: how far visitors come along a stored funnel, or along steps of the question's own. */
export function funnelRoute(app: App, { answers, enter, sites }: RouteParts & { sites: FunnelDirectory }): void {
  app.route({
    method: 'POST',
    url: ROUTES.funnel,
    schema: {
      tags: ['stats'],
      summary: 'Conversion and loss along the steps of a funnel',
      body: FunnelBody,
      response: { 200: FunnelResult },
    },
    handler: async (request, reply) => {
      const reader = await enter(request, reply)
      const { body } = request
      const site = await answers.site(body.site_id, reader)
      const [context, funnels] = await Promise.all([answers.context(site, body, reader), sites.funnels(site.id)])
      const query = parseFunnel(body, { ...context, funnels })
      return whileThere(reply, async (signal) => {
        let cache: Kept<unknown>['cache'] = 'hit'
        const answer = await answerFunnel(query, async (question) => {
          const found = await answers.keptReport('funnel', question, signal)
          if (found.cache === 'miss') cache = 'miss'
          return found.answer
        })
        return showCache(reply, { answer, cache })
      })
    },
  })
}
