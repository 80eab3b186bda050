import { ImportAsked, ImportBegun, ImportList, ImportResult } from '@footfall/contract/import.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { Site } from '@footfall/contract/sites.ts'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import { keptFrom } from '../lib/kept-from.ts'
import type { Metrics } from '../metrics.ts'
import type { Gate, SiteDirectory } from '../seams.ts'
import { createImportWatches } from './import/progress.ts'
import { runImport, type ImportParts } from './import/run.ts'

export interface ImportRouteParts extends ImportParts {
  sites: Pick<SiteDirectory, 'find'>
  gate: Pick<Gate, 'require'>
  metrics: Pick<Metrics, 'eventsImported'>
}

const OfSite = Type.Object({ site: Type.String() })
const CONTENT_TYPES = ['application/x-ndjson', 'application/json', 'text/plain', 'application/octet-stream']

/**
 * `POST /api/v1/sites/:site/import`: events as NDJSON, streamed, of any size. The answer comes when all of them are stored;
 * when the client leaves before, the work stops. With `wait=false` it comes when all of them are read, and whoever sent them may leave then;
 * `GET /api/v1/sites/:site/imports` says how it goes on. Imports of one site run one after another, so that each continues
 * the visits of the one before.
 */
export function importRoutes(app: App, parts: ImportRouteParts): void {
  const { sites, gate, metrics, clock, log } = parts
  const watches = createImportWatches(clock)
  /** Imports that nobody waits for, and what ends them with the server. */
  const unattended = new Set<Promise<unknown>>()
  const stopping = new AbortController()
  app.addHook('onClose', async () => {
    stopping.abort(new AppError('unavailable', 'The server was stopped before the import was finished'))
    await Promise.allSettled(unattended)
  })
  const queues = new Map<number, Promise<unknown>>()

  async function inTurn<Result>(site: number, work: () => Promise<Result>): Promise<Result> {
    const run = (queues.get(site) ?? Promise.resolve()).then(work)
    const settled = run.catch(() => undefined)
    queues.set(site, settled)
    await settled
    if (queues.get(site) === settled) queues.delete(site)
    return run
  }

  const keepsOf = ({ keep_months, timezone, allowed_props }: Site) => ({
    from: keep_months === null ? null : keptFrom(keep_months, timezone, Math.floor(clock() / 1000)),
    props: allowed_props,
  })

  async function siteOf(request: FastifyRequest, domain: string): Promise<Site> {
    await gate.require(request, 'import')
    const site = await sites.find(domain)
    if (!site) throw new AppError('not_found', `There is no site ${domain}`)
    return site
  }

  app.get(
    ROUTES.imports,
    { schema: { summary: 'How imports are doing', tags: ['Import'], params: OfSite, response: { 200: ImportList } } },
    async (request, reply) => {
      const { id } = await siteOf(request, request.params.site)
      void reply.header('cache-control', 'no-store')
      return { imports: watches.of(id) }
    },
  )

  // Its own scope, so that only this route hands the body over unread.
  void app.register(async (scope: App) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(CONTENT_TYPES, (_request, body, done) => done(null, body))
    scope.post(
      ROUTES.import,
      {
        schema: {
          summary: 'Import events',
          description: 'One JSON object a line; see ImportLine. Lines are taken in order of their timestamps.',
          tags: ['Import'],
          consumes: CONTENT_TYPES,
          params: OfSite,
          querystring: ImportAsked,
          response: { 200: ImportResult, 202: ImportBegun },
        },
      },
      async (request, reply) => {
        const site = await siteOf(request, request.params.site)
        const body = request.body as AsyncIterable<Buffer> | undefined | null
        if (!body) throw new AppError('invalid_request', 'The body must hold one JSON object a line')
        // While batches are stored the socket is silent, for longer than the server lets others be.
        request.socket.setTimeout?.(0)
        const left = new AbortController()
        reply.raw.once('close', () => {
          if (!reply.raw.writableFinished) left.abort(new AppError('unavailable', 'The client left before the import was finished'))
        })
        const watch = watches.begin(site.id)
        const signal = AbortSignal.any([left.signal, stopping.signal])
        let allRead = () => {}
        const reading = new Promise<void>((resolve) => (allRead = resolve))
        const work = inTurn(site.id, () => runImport(site.id, body, parts, { signal, watch, allRead, keeps: keepsOf(site) })).then(
          (result) => {
            metrics.eventsImported.inc(result.accepted)
            watch.done()
            return result
          },
          (error: unknown) => {
            // A broken connection has no words of its own.
            const told = signal.aborted ? (signal.reason as unknown) : error
            watch.failed(told instanceof AppError ? told.message : 'Something went wrong on the server. The log has the details.')
            throw error
          },
        )
        if (request.query.wait !== 'false') return work
        const settled = work.then(
          () => undefined,
          (error: unknown) => log.warn({ err: error, site: site.id, import: watch.id }, 'an import failed that nobody waits for'),
        )
        unattended.add(settled)
        void settled.finally(() => unattended.delete(settled))
        await Promise.race([reading, work])
        return reply.status(202).send({ id: watch.id })
      },
    )
  })
}
