import { ImportResult } from '@footfall/contract/import.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { Type } from 'typebox'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Metrics } from '../metrics.ts'
import type { Gate, SiteDirectory } from '../seams.ts'
import { runImport, type ImportParts } from './import/run.ts'

export interface ImportRouteParts extends ImportParts {
  sites: Pick<SiteDirectory, 'find'>
  gate: Pick<Gate, 'require'>
  metrics: Pick<Metrics, 'eventsImported'>
}

const CONTENT_TYPES = ['application/x-ndjson', 'application/json', 'text/plain', 'application/octet-stream']

/**
 * `POST /api/v1/sites/:site/import`: events as NDJSON, streamed, of any size. The answer comes when all of them are stored;
 * when the client leaves before, the work stops. Imports of one site run one after another, so that each continues
 * the visits of the one before.
 */
export function importRoutes(app: App, parts: ImportRouteParts): void {
  const { sites, gate, metrics } = parts
  const queues = new Map<number, Promise<unknown>>()

  async function inTurn<Result>(site: number, work: () => Promise<Result>): Promise<Result> {
    const run = (queues.get(site) ?? Promise.resolve()).then(work)
    const settled = run.catch(() => undefined)
    queues.set(site, settled)
    await settled
    if (queues.get(site) === settled) queues.delete(site)
    return run
  }

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
          params: Type.Object({ site: Type.String() }),
          response: { 200: ImportResult },
        },
      },
      async (request, reply) => {
        await gate.require(request, 'import')
        const site = await sites.find(request.params.site)
        if (!site) throw new AppError('not_found', `There is no site ${request.params.site}`)
        const body = request.body as AsyncIterable<Buffer> | undefined | null
        if (!body) throw new AppError('invalid_request', 'The body must hold one JSON object a line')
        // While batches are stored the socket is silent, for longer than the server lets others be.
        request.socket.setTimeout?.(0)
        const left = new AbortController()
        reply.raw.once('close', () => {
          if (!reply.raw.writableFinished) left.abort(new AppError('unavailable', 'The client left before the import was finished'))
        })
        const result = await inTurn(site.id, () => runImport(site.id, body, parts, left.signal))
        metrics.eventsImported.inc(result.accepted)
        return result
      },
    )
  })
}
