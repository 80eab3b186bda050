import { Keeping, KeepingAsked } from '@footfall/contract/keeping.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { Type } from 'typebox'
import type { App } from '../lib/app.ts'
import type { Gate } from '../seams.ts'
import { knownSite } from './goal-routes.ts'
import { type KeepParts, keepingOf } from './keep.ts'

/** `GET /api/v1/sites/:site/keeping`: how much would go, before anybody says how long data is kept. */
export function keepRoutes(app: App, parts: Omit<KeepParts, 'log'> & { gate: Gate }): void {
  const schema = {
    tags: ['sites'],
    summary: 'What is older than a site keeps',
    description:
      'Counts what would go if the site kept so many months, and tells when that happens and what went last. Needs the scope `sites`.',
    params: Type.Object({ site: Type.String({ maxLength: 300, description: 'Domain, URL-encoded' }) }),
    querystring: KeepingAsked,
    response: { 200: Keeping },
  }
  app.get(ROUTES.keeping, { schema }, async (request, reply) => {
    await parts.gate.require(request, 'sites')
    const site = await knownSite(parts.database, request.params.site)
    const { months } = request.query
    void reply.header('cache-control', 'no-store')
    return keepingOf(parts, site, months === undefined ? site.keep_months : Number(months))
  })
}
