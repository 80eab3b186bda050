import { ROUTES } from '@footfall/contract/routes.ts'
import { Deleted } from '@footfall/contract/sites.ts'
import { VisitorParams } from '@footfall/contract/traits.ts'
import type { App } from '../lib/app.ts'
import { identifiedVisitor } from '../lib/visitor-id.ts'
import type { Gate } from '../seams.ts'
import { type ForgetParts, forgetVisitor } from './forget.ts'
import { knownSite } from './goal-routes.ts'

export interface VisitorParts extends ForgetParts {
  gate: Gate
  /** Secret of this installation: turns ids of users into visitors. */
  userKey: Uint8Array
}

/** `DELETE /api/v1/sites/:site/visitors/:visitor`: forgets a user by the id that `footfall.identify` was given. */
export function visitorRoutes(app: App, parts: VisitorParts): void {
  const schema = {
    tags: ['sites'],
    summary: 'Forget an identified visitor',
    description:
      'Erases events, visits and traits up to now, whether or not there are any. Needs the scope `sites`. What the same person did without a name cannot be found.',
    params: VisitorParams,
    response: { 200: Deleted },
  }
  app.delete(ROUTES.visitor, { schema }, async (request) => {
    await parts.gate.require(request, 'sites')
    const { id } = await knownSite(parts.database, request.params.site)
    await forgetVisitor(parts, id, identifiedVisitor(parts.userKey, id, request.params.visitor.trim()))
    return { deleted: true }
  })
}
