import { ROUTES } from '@footfall/contract/routes.ts'
import { Link, LinkList, LinkPatch, NewLink } from '@footfall/contract/sharing.ts'
import { Deleted, NewSharedLink, SharedLink, type Site } from '@footfall/contract/sites.ts'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Gate } from '../seams.ts'
import type { Directory } from './directory.ts'
import { knownSite } from './goal-routes.ts'
import { type LinkParts, addLink, changeLink, deleteLink, findOrCreateLink, listLinks } from './shared-links.ts'

const OfSite = Type.Object({ site: Type.String({ maxLength: 300, description: 'Domain, URL-encoded' }) })
const One = Type.Object({ ...OfSite.properties, id: Type.String({ pattern: '^[0-9]{1,15}$' }) })
const tags = ['sites']

/** Links that share a site's dashboard: Plausible's one call, and all that ours can be. Needs the scope `sites`. */
export function linkRoutes(app: App, parts: LinkParts & { gate: Gate; directory: Directory }): void {
  const { database, gate, directory } = parts
  const allowed = async (request: FastifyRequest, domain: string): Promise<Site> => {
    await gate.require(request, 'sites')
    return knownSite(database, domain)
  }
  const changed = <Answer>(answer: Answer): Answer => {
    directory.clear()
    return answer
  }

  app.put(ROUTES.sharedLinks, { schema: { body: NewSharedLink, response: { 200: SharedLink }, tags } }, async (request) => {
    const site = await allowed(request, request.body.site_id)
    const { name, url } = changed(await findOrCreateLink(parts, site.id, request.body.name))
    return { name, url }
  })

  app.get(ROUTES.links, { schema: { params: OfSite, response: { 200: LinkList }, tags } }, async (request) => ({
    links: await listLinks(parts, (await allowed(request, request.params.site)).id),
  }))
  app.post(ROUTES.links, { schema: { params: OfSite, body: NewLink, response: { 200: Link }, tags } }, async (request) =>
    changed(await addLink(parts, (await allowed(request, request.params.site)).id, request.body)),
  )
  app.put(ROUTES.link, { schema: { params: One, body: LinkPatch, response: { 200: Link }, tags } }, async (request) => {
    const { id } = await allowed(request, request.params.site)
    return changed(await changeLink(parts, id, Number(request.params.id), request.body))
  })
  app.delete(ROUTES.link, { schema: { params: One, response: { 200: Deleted }, tags } }, async (request) => {
    const { id } = await allowed(request, request.params.site)
    if (!(await deleteLink(database, id, Number(request.params.id))))
      throw new AppError('not_found', `The site has no shared link ${request.params.id}.`)
    return changed({ deleted: true })
  })
}
