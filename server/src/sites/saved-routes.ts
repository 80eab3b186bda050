import { Funnel, FunnelList, FunnelPatch, NewFunnel } from '@footfall/contract/funnels.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import {
  Annotation,
  AnnotationList,
  AnnotationPatch,
  AnnotationsAsked,
  NewAnnotation,
  NewSegment,
  SegmentList,
  SegmentPatch,
} from '@footfall/contract/saved.ts'
import { Deleted, Segment, type Site } from '@footfall/contract/sites.ts'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../database/schema.ts'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { CheckFilters, Clock, Gate } from '../seams.ts'
import { addAnnotation, changeAnnotation, deleteAnnotation, listAnnotations } from './annotations.ts'
import type { Directory } from './directory.ts'
import { addFunnel, changeFunnel, deleteFunnel, listFunnels } from './funnels.ts'
import { knownSite, noSite } from './goal-routes.ts'
import { addSegment, changeSegment, deleteSegment, listSegments } from './segments.ts'
import { refuseIfShared } from './shared-links.ts'

export interface SavedParts {
  database: Kysely<Database>
  gate: Gate
  directory: Directory
  clock: Clock
  checkFilters: CheckFilters
}

const OfSite = Type.Object({ site: Type.String({ maxLength: 300, description: 'Domain, URL-encoded' }) })
const One = Type.Object({ ...OfSite.properties, id: Type.String({ pattern: '^[0-9]{1,15}$' }) })
const tags = ['sites']

/** Segments, annotations and funnels of a site. Reading needs the scope `stats`, changing them `sites`. */
export function savedRoutes(app: App, parts: SavedParts): void {
  const { database, gate, directory, checkFilters } = parts
  type Asked = FastifyRequest<{ Params: { site: string } }>
  const reader = async (request: Asked): Promise<Site> => {
    await gate.require(request, 'stats')
    return knownSite(database, request.params.site)
  }
  /** What guests of a shared dashboard see too: names and dates, none of the numbers. */
  const guest = async (request: Asked): Promise<Site> => {
    const who = await gate.reader(request)
    const site = await knownSite(database, request.params.site)
    if (who.kind === 'guest' && who.site !== site.id) throw noSite(request.params.site)
    return site
  }
  const writer = async (request: Asked): Promise<Site> => {
    await gate.require(request, 'sites')
    return knownSite(database, request.params.site)
  }
  /** What was read before is out of date. */
  const changed = <Answer>(answer: Answer): Answer => {
    directory.clear()
    return answer
  }
  const deleted = (found: boolean, what: string, id: string): Deleted => {
    if (!found) throw new AppError('not_found', `The site has no ${what} ${id}.`)
    return changed({ deleted: true })
  }

  app.get(ROUTES.segments, { schema: { params: OfSite, response: { 200: SegmentList }, tags } }, async (request) => ({
    segments: await listSegments(database, (await reader(request)).id),
  }))
  app.post(ROUTES.segments, { schema: { params: OfSite, body: NewSegment, response: { 200: Segment }, tags } }, async (request) => {
    const site = await writer(request)
    await checkFilters(site, request.body.filters)
    return changed(await addSegment(parts, site.id, request.body))
  })
  app.put(ROUTES.segment, { schema: { params: One, body: SegmentPatch, response: { 200: Segment }, tags } }, async (request) => {
    const site = await writer(request)
    if (request.body.filters) await checkFilters(site, request.body.filters)
    return changed(await changeSegment(database, site.id, Number(request.params.id), request.body))
  })
  app.delete(ROUTES.segment, { schema: { params: One, response: { 200: Deleted }, tags } }, async (request) => {
    const { id } = await writer(request)
    await refuseIfShared(database, id, Number(request.params.id))
    return deleted(await deleteSegment(database, id, Number(request.params.id)), 'segment', request.params.id)
  })

  app.get(
    ROUTES.annotations,
    { schema: { params: OfSite, querystring: AnnotationsAsked, response: { 200: AnnotationList }, tags } },
    async (request) => ({ annotations: await listAnnotations(database, (await guest(request)).id, request.query) }),
  )
  app.post(ROUTES.annotations, { schema: { params: OfSite, body: NewAnnotation, response: { 200: Annotation }, tags } }, async (request) =>
    addAnnotation(parts, (await writer(request)).id, request.body),
  )
  app.put(ROUTES.annotation, { schema: { params: One, body: AnnotationPatch, response: { 200: Annotation }, tags } }, async (request) =>
    changeAnnotation(database, (await writer(request)).id, Number(request.params.id), request.body),
  )
  app.delete(ROUTES.annotation, { schema: { params: One, response: { 200: Deleted }, tags } }, async (request) => {
    const { id } = await writer(request)
    return deleted(await deleteAnnotation(database, id, Number(request.params.id)), 'annotation', request.params.id)
  })

  app.get(ROUTES.funnels, { schema: { params: OfSite, response: { 200: FunnelList }, tags } }, async (request) => ({
    funnels: await listFunnels(database, (await guest(request)).id),
  }))
  app.post(ROUTES.funnels, { schema: { params: OfSite, body: NewFunnel, response: { 200: Funnel }, tags } }, async (request) =>
    changed(await addFunnel(parts, (await writer(request)).id, request.body)),
  )
  app.put(ROUTES.storedFunnel, { schema: { params: One, body: FunnelPatch, response: { 200: Funnel }, tags } }, async (request) => {
    const { id } = await writer(request)
    return changed(await changeFunnel(database, id, Number(request.params.id), request.body))
  })
  app.delete(ROUTES.storedFunnel, { schema: { params: One, response: { 200: Deleted }, tags } }, async (request) => {
    const { id } = await writer(request)
    return deleted(await deleteFunnel(database, id, Number(request.params.id)), 'funnel', request.params.id)
  })
}
