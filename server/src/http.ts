import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { ERRORS, type ErrorBody, type ErrorCode } from '@footfall/contract/errors.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import { AppError } from './errors.ts'
import type { App } from './lib/app.ts'
import { seldom } from './lib/seldom.ts'
import { securityHeaders } from './lib/security-headers.ts'
import { closeSlowBodies } from './lib/slow-bodies.ts'

/** Codes by status, for errors that Fastify itself finds (a body too large, a broken JSON text). */
const CODE_OF_STATUS = new Map(
  Object.entries(ERRORS)
    .map(([code, status]): [number, ErrorCode] => [status, code as ErrorCode])
    .toReversed(),
)

/** How long a client may take, and how much it may say before it says anything. Milliseconds and bytes. */
const PATIENCE = {
  /** From the first byte to the end of the headers. */
  headers: 15_000,
  /** From there to the end of the body: a megabyte over a poor mobile connection. */
  body: 30_000,
  /** How often Node looks at the headers; its default of 30 seconds would triple their limit. */
  check: 5_000,
}
/** Addresses, cookies and hints of a browser take three; Node's own default, said here so that it is ours. */
const MAX_HEADER_BYTES = 16_384
/** Between two lines about the same thing that cannot be had for now. */
const UNAVAILABLE_LOG_MS = 10_000

/**
 * The web application without any route: limits, security headers, validation, and the one place where errors become answers.
 *
 * @param parts.basePath Path of the public address; requests may come with it (a plain proxy) or without (one that strips it).
 */
export async function createApp(parts: { log: FastifyBaseLogger; basePath: string; patience?: typeof PATIENCE }): Promise<App> {
  const patience = parts.patience ?? PATIENCE
  const prefix = `${parts.basePath}/`
  const app = Fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    http: { headersTimeout: patience.headers, connectionsCheckingInterval: patience.check, maxHeaderSize: MAX_HEADER_BYTES },
    // A silent socket is closed. No limit for a whole request (Node's default is five minutes): an import may take hours;
    // for all others `closeSlowBodies` sets one.
    connectionTimeout: 60_000,
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 512 },
    forceCloseConnections: 'idle',
    // Requests on open connections are answered while the server stops: Fastify's own 503 has no Retry-After, and the journal is open yet.
    return503OnClosing: false,
    rewriteUrl: (request) => {
      const url = request.url ?? '/'
      return parts.basePath !== '' && url.startsWith(prefix) ? url.slice(parts.basePath.length) : url
    },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: true } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  await app.register(cookie)
  securityHeaders(app)
  closeSlowBodies(app, { milliseconds: patience.body, except: [ROUTES.import] })
  app.setErrorHandler(errorAnswers())
  app.setNotFoundHandler((request, reply) => {
    void reply
      .status(404)
      .send({ error: `Nothing is served at ${request.method} ${request.url.split('?')[0]}.`, code: 'not_found' } satisfies ErrorBody)
  })
  return app
}

/** Turns every failure into `{error, code, errors?}`. A 5xx is logged with its cause and told without it. */
function errorAnswers() {
  const dueAgain = seldom(UNAVAILABLE_LOG_MS)
  return (error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply) => {
    const { status, body, retryAfter } = describe(error)
    const path = request.url.split('?')[0]
    // Who leaves before the answer (a dashboard that switches ranges fast) cancels its work; that is no fault of ours.
    if (reply.raw.destroyed) return request.log.debug({ path }, 'the client left')
    if (body.code === 'unavailable') {
      // It names itself, and meets every request until it is over: a full disk, a database that is away.
      const reason = error.cause instanceof Error ? error.cause.message : undefined
      const unsaid = dueAgain(error.message)
      if (unsaid !== null) request.log.error({ path, reason, unsaid }, error.message)
    } else if (status >= 500) request.log.error({ err: error, path }, 'request failed')
    else request.log.debug({ path, code: body.code, error: body.error }, 'request refused')
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter))
    return reply.status(status).send(body)
  }
}

function describe(error: FastifyError | AppError): { status: number; body: ErrorBody; retryAfter?: number | undefined } {
  if (error instanceof AppError) {
    const body: ErrorBody = { error: error.message, code: error.code, ...(error.errors && { errors: error.errors }) }
    return { status: error.status, body, retryAfter: error.retryAfter }
  }
  if (error.validation) {
    // Without a prototype: a key may be called `valueOf`, and a plain object has that already.
    const errors = Object.create(null) as Record<string, string[]>
    for (const { instancePath, message, params } of error.validation) {
      const field =
        instancePath.slice(1).replaceAll('/', '.') ||
        (params.missingProperty as string) ||
        (params.additionalProperty as string) ||
        error.validationContext ||
        'body'
      ;(errors[field] ??= []).push(
        params.missingProperty ? 'is required' : params.additionalProperty ? 'is not a known key' : (message ?? 'is not valid'),
      )
    }
    const said = Object.entries(errors).map(([field, texts]) => `${field} ${texts.join(', ')}`)
    return { status: 400, body: { error: said.join('; '), code: 'invalid_request', errors } }
  }
  const status = error.statusCode ?? 500
  if (status >= 500)
    return { status: 500, body: { error: 'Something went wrong on the server. The log has the details.', code: 'internal' } }
  return { status, body: { error: error.message, code: CODE_OF_STATUS.get(status) ?? 'invalid_request' } }
}
