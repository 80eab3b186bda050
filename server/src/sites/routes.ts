import { ROUTES } from '@footfall/contract/routes.ts'
import { Deleted, NewSite, Site, SiteList, SitePatch, SitesAsked } from '@footfall/contract/sites.ts'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../lib/app.ts'
import type { CheckFilters, Gate } from '../seams.ts'
import type { Directory } from './directory.ts'
import { eraseSite, type EraseParts } from './erase.ts'
import { goalRoutes, knownSite } from './goal-routes.ts'
import { type KeepParts, postponeErasure } from './keep.ts'
import { keepRoutes } from './keep-routes.ts'
import { linkRoutes } from './link-routes.ts'
import { requireLook } from './looking.ts'
import { savedRoutes } from './saved-routes.ts'
import type { LinkParts } from './shared-links.ts'
import { addSite, changeSite, listSites } from './store.ts'

export interface SiteParts extends Omit<EraseParts, 'engine'>, LinkParts {
  engine: EraseParts['engine'] & KeepParts['engine']
  gate: Gate
  directory: Directory
  checkFilters: CheckFilters
}

/** Where the list has no limit, it shows this many: an installation with more pages through them. */
const LIST_LIMIT = 1000
const Params = Type.Object({ site: Type.String({ maxLength: 300, description: 'Domain, URL-encoded' }) })
const tags = ['sites']

/** Sites, goals and shared links, in the shape of Plausible's Sites API. Needs the scope `sites`; people of every role may look. */
export function siteRoutes(app: App, parts: SiteParts): void {
  const { database, gate, directory } = parts
  const allowed = async (request: FastifyRequest) => void (await gate.require(request, 'sites'))

  app.get(ROUTES.sites, { schema: { querystring: SitesAsked, response: { 200: SiteList }, tags } }, async (request) => {
    const shown = await requireLook(gate, request)
    const limit = Number(request.query.limit ?? LIST_LIMIT)
    // One more than shown tells whether there is a next page.
    const found = await listSites(database, limit + 1, request.query.after)
    const sites = found.slice(0, limit)
    return { sites: sites.map(shown), meta: { after: found.length > limit ? sites.at(-1)!.domain : null, before: null, limit } }
  })

  app.post(ROUTES.sites, { schema: { body: NewSite, response: { 200: Site }, tags } }, async (request) => {
    await allowed(request)
    const site = await addSite(parts, request.body)
    directory.clear()
    return site
  })

  app.get(ROUTES.site, { schema: { params: Params, response: { 200: Site }, tags } }, async (request) => {
    const shown = await requireLook(gate, request)
    return shown(await knownSite(database, request.params.site))
  })

  app.put(ROUTES.site, { schema: { params: Params, body: SitePatch, response: { 200: Site }, tags } }, async (request) => {
    await allowed(request)
    const site = await knownSite(database, request.params.site)
    // Before the change: the job must not find new months with a time that is over.
    if (request.body.keep_months !== undefined) await postponeErasure(parts, site)
    const changed = await changeSite(database, site, request.body)
    directory.clear()
    return changed
  })

  app.delete(ROUTES.site, { schema: { params: Params, response: { 200: Deleted }, tags } }, async (request) => {
    await allowed(request)
    const { id } = await knownSite(database, request.params.site)
    await eraseSite(parts, id)
    directory.clear()
    return { deleted: true }
  })

  keepRoutes(app, parts)
  goalRoutes(app, parts)
  linkRoutes(app, parts)
  savedRoutes(app, parts)
}
