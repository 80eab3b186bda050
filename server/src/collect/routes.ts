import { DROPPED_HEADER, EVENT_LIMITS, PLAUSIBLE_DROPPED_HEADER } from '@footfall/contract/event.ts'
import { DROP_REASONS, type DropReason } from '@footfall/contract/names.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Event } from '../lib/event.ts'
import type { Metrics } from '../metrics.ts'
import type { Clock, Drops } from '../seams.ts'
import type { Journal } from '../write/journal.ts'
import { createAddressReader } from './address.ts'
import type { PipelineParts } from './draft.ts'
import { createAddressLimit } from './limit.ts'
import { parseHit } from './parse.ts'
import { runPipeline, type Outcome } from './pipeline.ts'
import { readIncoming } from './request.ts'

export interface CollectParts extends PipelineParts {
  journal: Journal
  drops: Drops
  clock: Clock
  metrics: Metrics
  /** Addresses and CIDR ranges whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** Requests of one address a minute before 429; 0 is no limit. */
  addressLimit: number
  /** Default: `ROUTES.event`. */
  eventPath?: string
}

const RETRY_SECONDS = 5
const NO_BODY = Buffer.alloc(0)

/** Pages of any origin send here, without cookies; nobody may keep the answer. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': `${DROPPED_HEADER}, ${PLAUSIBLE_DROPPED_HEADER}, retry-after`,
  'cache-control': 'no-store',
}
const PREFLIGHT = {
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type, x-debug-request',
  'access-control-max-age': '86400',
}

/** Registers the collector: `POST eventPath` and its CORS preflight, in a scope of its own so that its body parsers stay there. */
export function collectRoutes(app: App, parts: CollectParts): void {
  const path = parts.eventPath ?? ROUTES.event
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: EVENT_LIMITS.bodyBytes }, (request, body, done) => {
      const type = request.headers['content-type'] ?? ''
      if (/^(?:$|text\/plain|application\/json)/i.test(type)) done(null, body)
      else done(new AppError('unsupported_media_type', 'The body must be JSON, sent as text/plain or application/json.'))
    })
    scope.addHook('onRequest', (_request, reply, done) => {
      void reply.headers(HEADERS)
      done()
    })
    scope.setErrorHandler((error: AppError & { statusCode?: number }) => {
      parts.metrics.eventsRejected.inc({ status: String(error.status ?? error.statusCode ?? 500) })
      throw error
    })
    scope.options(path, (_request, reply) => reply.status(204).headers(PREFLIGHT).send())
    scope.post(path, createCollector(parts))
  })
}

function createCollector(parts: CollectParts) {
  const { clock, journal, drops, metrics } = parts
  const readSender = createAddressReader(parts.trustedProxies)
  const limitAddress = createAddressLimit({ cache: parts.cache, salts: parts.salts, perMinute: parts.addressLimit })

  /** Everything between the body and the journal. What fails here without a name of its own is a database that is away. */
  async function collect(request: FastifyRequest, reply: FastifyReply) {
    const { headers } = request
    const now = clock()
    const sender = readSender(request.raw.socket.remoteAddress, headers)
    await limitAddress(sender.address)
    const hit = parseHit(Buffer.isBuffer(request.body) ? request.body : NO_BODY, now)
    const incoming = readIncoming(hit, headers, sender, now)

    const outcomes: Outcome[] = []
    for (const domain of hit.domains) outcomes.push(await runPipeline(parts, incoming, domain))
    if (headers['x-debug-request'] === 'true') return reply.status(200).send(describe(sender.address, outcomes))

    const events: Event[] = []
    const reasons: DropReason[] = []
    for (const { draft, reason } of outcomes) {
      if (draft.event) events.push(draft.event)
      if (reason !== undefined) reasons.push(reason)
    }
    if (events.length > 0) {
      await journal.append(events)
      metrics.eventsAccepted.inc(events.length)
    }
    for (const { draft, reason } of outcomes) if (reason !== undefined) drops.count(draft.site.id, reason)
    if (reasons.length > 0) void reply.header(DROPPED_HEADER, reasons[0]).header(PLAUSIBLE_DROPPED_HEADER, String(reasons.length))
    return reply.status(202).type('text/plain; charset=utf-8').send('ok')
  }

  return async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      return await collect(request, reply)
    } catch (error) {
      if (error instanceof AppError && error.status !== 503) throw error
      throw new AppError('unavailable', 'The event could not be kept. Send it again later.', { retryAfter: RETRY_SECONDS, cause: error })
    }
  }
}

/** Answer to `X-Debug-Request: true`: what would become of the event. Nothing is stored or counted. */
function describe(address: string, outcomes: Outcome[]) {
  return {
    ip: address,
    sites: outcomes.map(({ draft, reason }) => ({
      site: draft.domain,
      ...(reason === undefined ? { event: draft.event } : { dropped: reason, because: DROP_REASONS[reason] }),
    })),
  }
}
