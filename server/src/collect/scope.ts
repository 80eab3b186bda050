import { DROPPED_HEADER, EVENT_LIMITS, PLAUSIBLE_DROPPED_HEADER } from '@footfall/contract/event.ts'
import { GOATCOUNTER_HEADER } from '@footfall/contract/goatcounter.ts'
import type { DropReason } from '@footfall/contract/names.ts'
import { UMAMI_HEADERS } from '@footfall/contract/umami.ts'
import type { FastifyError, FastifyReply } from 'fastify'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Metrics } from '../metrics.ts'
import type { Outcome } from './pipeline.ts'

const RETRY_SECONDS = 5

/** Pages of any origin send here, without cookies; nobody may keep the answer. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': [DROPPED_HEADER, PLAUSIBLE_DROPPED_HEADER, GOATCOUNTER_HEADER, 'retry-after'].join(', '),
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': ['content-type', 'authorization', 'x-debug-request', ...UMAMI_HEADERS].join(', '),
  'access-control-max-age': '86400',
}

/**
 * A part of the web application for addresses that trackers call. Bodies come as bytes, answers go to any origin, schemas
 * describe and do not validate (the parsers say better what is wrong), and what fails without a name of its own, a
 * database or a disk, is 503: the event is still the client's.
 * @param parts.register adds the routes; each path gets its preflight with `preflight`
 * @param parts.fail answers a failure; without it the web application does, as everywhere
 */
export function collectorScope(
  app: App,
  parts: { metrics: Metrics; register: (scope: App) => void; fail?: (reply: FastifyReply, failure: Failure, status: number) => unknown },
): void {
  void app.register(async (scope) => {
    const asBytes = { parseAs: 'buffer', bodyLimit: EVENT_LIMITS.bodyBytes } as const
    scope.removeAllContentTypeParsers()
    // What trackers send has a parser by name: Fastify finds that by the text of the header, while for '*' it takes the header apart each time.
    scope.addContentTypeParser(['text/plain', 'application/json'], asBytes, (_request, body, done) => done(null, body))
    scope.addContentTypeParser('*', asBytes, (request, body, done) => {
      const type = request.headers['content-type'] ?? ''
      if (/^(?:$|text\/plain|application\/json)/i.test(type)) done(null, body)
      else done(new AppError('unsupported_media_type', 'The body must be JSON, sent as text/plain or application/json.'))
    })
    // A child for each request is for its id in every line; where requests are not logged, that is 1 µs for nothing.
    scope.setChildLoggerFactory((log) => log)
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, securityHeaders: false }
    })
    scope.setValidatorCompiler(() => () => true)
    scope.addHook('onRequest', (_request, reply, done) => {
      void reply.headers(HEADERS)
      done()
    })
    scope.setErrorHandler((error: Failure, _request, reply) => {
      const { failure, status } = asAnswer(error)
      parts.metrics.eventsRejected.inc({ status: String(status) })
      if (!parts.fail) throw failure
      return parts.fail(reply, failure, status)
    })
    parts.register(scope)
  })
}

/** What goes wrong in a route: an error that names itself, one of Fastify's (a body too large), or anything else. */
export type Failure = AppError | FastifyError

/** The error as a client gets it, with its status: one that names itself, or one that says to come again. */
function asAnswer(error: Failure): { failure: Failure; status: number } {
  const status = error instanceof AppError ? error.status : (error.statusCode ?? 500)
  if (status < 500) return { failure: error, status }
  const later = { retryAfter: RETRY_SECONDS, cause: error }
  return { failure: new AppError('unavailable', 'The event could not be kept. Send it again later.', later), status: 503 }
}

/** What a browser asks before it sends JSON or a header of its own. */
export function preflight(scope: App, path: string): void {
  scope.options(path, { schema: { hide: true } }, (_request, reply) => reply.status(204).headers(PREFLIGHT).send())
}

/** The reasons of outcomes that are not counted, also as headers of the answer. */
export function tellReasons(reply: FastifyReply, outcomes: Outcome[]): DropReason[] {
  const reasons: DropReason[] = []
  for (const { reason } of outcomes) if (reason !== undefined) reasons.push(reason)
  if (reasons.length > 0) void reply.header(DROPPED_HEADER, reasons[0]).header(PLAUSIBLE_DROPPED_HEADER, String(reasons.length))
  return reasons
}
