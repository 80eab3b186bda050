import { ROUTES } from '@footfall/contract/routes.ts'
import { SharePass, SharePassword, SharedDashboard } from '@footfall/contract/sharing.ts'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Cache } from '../cache/cache.ts'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import { countAttempt } from './limits.ts'
import { verifyPassword } from './password.ts'
import type { Passes, Shown } from './share-pass.ts'

export interface ShareParts {
  passes: Passes
  cache: Cache
  /** Address of the client, through trusted proxies; counts its attempts. */
  address(request: FastifyRequest): string
}

const Params = Type.Object({ share: Type.String({ maxLength: 300, description: 'Token of the link, pass, or domain of a public site' }) })
const schema = { params: Params, tags: ['sharing'], security: [] }

/** Shared dashboards: what one is, and the exchange of its password for a pass. What it shows is asked like everything else. */
export function shareRoutes(app: App, { passes, cache, address }: ShareParts): void {
  const known = async (credential: string): Promise<Shown> => {
    const found = await passes.read(credential)
    if (!found) throw new AppError('not_found', 'Nothing is shared here, or not any more.')
    return found
  }

  app.get(ROUTES.share, { schema: { ...schema, response: { 200: SharedDashboard } } }, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    const { share, open } = await known(request.params.share)
    const { domain, timezone } = share.site
    const embed = share.embedOrigins === null || share.embedOrigins.length > 0
    return { needs_password: !open, site: open ? { domain, timezone } : null, limited: share.limited, embed }
  })

  app.post(ROUTES.share, { schema: { ...schema, body: SharePassword, response: { 200: SharePass } } }, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    const token = request.params.share
    await countAttempt(cache, 'address', address(request))
    const { share } = await known(token)
    // Also of a pass that ran out: it begins with the token.
    if (share.passwordHash === null || token.includes('.')) throw new AppError('conflict', 'This link asks for no password.')
    await countAttempt(cache, 'link', String(share.link))
    if (!(await verifyPassword(request.body.password, share.passwordHash))) throw new AppError('unauthorized', 'The password is not right.')
    const { credential, expiresAt } = passes.make(token, share)
    return { credential, expires_at: new Date(expiresAt * 1000).toISOString() }
  })
}
