import { Readable } from 'node:stream'
import { type ExportFormat, ExportQuery } from '@footfall/contract/export.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { Type } from 'typebox'
import type { App } from '../../lib/app.ts'
import type { StoredEvent } from '../../lib/event.ts'
import type { Engine, ExportRange } from '../../storage/engine.ts'
import type { RouteParts } from '../answers.ts'
import { refuseGuests } from '../limit.ts'
import type { ParseContext } from '../parse.ts'
import { readDateRange, resolveRange } from '../ranges.ts'
import { csvHeading, csvText, ndjsonText } from './lines.ts'

type Exporter = Pick<Engine, 'export' | 'parquet'>
/** What exporting needs of what every route of statistics gets, and the store. */
export interface ExportParts {
  answers: Pick<RouteParts['answers'], 'site' | 'context'>
  enter: RouteParts['enter']
  engine: Exporter
}
type Bytes = AsyncIterable<string | Uint8Array>

const MEDIA_TYPES = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const satisfies Record<ExportFormat, string>

async function* textOf(
  pages: AsyncIterable<StoredEvent[]>,
  write: (events: StoredEvent[]) => string,
  heading = '',
): AsyncGenerator<string> {
  if (heading !== '') yield heading
  for await (const events of pages) yield write(events)
}

const WRITERS = {
  ndjson: (engine, range, signal) => textOf(engine.export(range, signal), ndjsonText),
  csv: (engine, range, signal) => textOf(engine.export(range, signal), csvText, csvHeading()),
  parquet: (engine, range, signal) => engine.parquet(range, signal),
} satisfies Record<ExportFormat, (engine: Exporter, range: ExportRange, signal: AbortSignal) => Bytes>

/** What `date_range` stands for. All is all: also what an import dated ahead. */
function rangeOf(text: string, { site, now }: ParseContext): { from: number; to: number } {
  if (text === 'all') return { from: 0, to: 2 ** 32 - 1 }
  const asked = readDateRange(text.includes(',') ? text.split(',') : text, { internal: false })
  return resolveRange(asked, { now, timezone: site.timezone, firstAt: null })
}

/**
 * `GET /api/v1/sites/:site/export`: every event of a site, streamed page by page as fast as the client reads. An export that breaks
 * off ends without the last chunk, so that no client takes a part for the whole.
 */
export function exportRoute(app: App, { answers, enter, engine }: ExportParts): void {
  app.route({
    method: 'GET',
    url: ROUTES.export,
    schema: {
      tags: ['stats'],
      summary: 'Export single events',
      description: 'As ndjson, one ImportLine a line: what the import takes. Visitors and ids are opaque texts.',
      params: Type.Object({ site: Type.String() }),
      querystring: ExportQuery,
      produces: Object.values(MEDIA_TYPES),
    },
    handler: async (request, reply) => {
      const reader = await enter(request, reply)
      refuseGuests(reader)
      const { format = 'ndjson', date_range: text = 'all' } = request.query
      const site = await answers.site(request.params.site, reader)
      const range = rangeOf(text, await answers.context(site, {}, reader))
      const left = new AbortController()
      reply.raw.once('close', () => left.abort())
      const bytes = WRITERS[format](engine, { site: site.id, ...range }, left.signal)
      // While a page is read the socket is silent, and a client may pause.
      request.socket.setTimeout?.(0)
      void reply.header('content-disposition', `attachment; filename="${site.domain.replaceAll(/[^\w.-]/g, '_')}.${format}"`)
      return reply.type(MEDIA_TYPES[format]).send(Readable.from(bytes, { objectMode: false, highWaterMark: 1 << 16 }))
    },
  })
}
