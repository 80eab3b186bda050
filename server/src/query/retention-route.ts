import { RetentionBody, RetentionResult } from '@footfall/contract/retention.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { App } from '../lib/app.ts'
import { type RouteParts, showCache, whileThere } from './answers.ts'
import { answerRetention, parseRetention } from './retention.ts'

/** `POST /api/v2/retention`: who came for the first time in each period, and came again in the later ones. */
export function retentionRoute(app: App, { answers, enter }: RouteParts): void {
  app.route({
    method: 'POST',
    url: ROUTES.retention,
    schema: { tags: ['stats'], summary: 'Retention of visitors by cohort', body: RetentionBody, response: { 200: RetentionResult } },
    handler: async (request, reply) => {
      const reader = await enter(request, reply)
      const { body } = request
      const site = await answers.site(body.site_id, reader)
      // As for all time: who is new follows from the whole history, whatever range is shown.
      const context = await answers.context(site, { ...body, date_range: 'all' }, reader)
      const query = parseRetention(body, context)
      return whileThere(reply, async (signal) => {
        const { answer: rows, cache } = await answers.keptReport('retention', query.question, signal)
        return showCache(reply, { answer: answerRetention(query, rows, site.tracker.identify === true), ...(cache && { cache }) })
      })
    },
  })
}
