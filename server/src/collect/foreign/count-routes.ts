import { EVENT_LIMITS } from '@footfall/contract/event.ts'
import { CountQuery, FIRST_BOT_CODE, GOATCOUNTER_HEADER } from '@footfall/contract/goatcounter.ts'
import { DROP_REASONS } from '@footfall/contract/names.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../lib/app.ts'
import type { Metrics } from '../../metrics.ts'
import type { SiteDirectory } from '../../seams.ts'
import type { Intake } from '../intake.ts'
import { readHit } from '../parse.ts'
import { collectorScope, preflight, tellReasons } from '../scope.ts'
import { readCount, translateCount } from './count.ts'
import { findCountSite, queryOf } from './count-site.ts'

interface Parts {
  intake: Intake
  sites: SiteDirectory
  metrics: Metrics
}

/** A transparent point: the 43 bytes that pages expect as a picture. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

const schema = {
  querystring: CountQuery,
  tags: ['events'],
  summary: "One event, in GoatCounter's format; always answered with a GIF",
  security: [{}],
}

/**
 * `GET` and `POST /count`: GoatCounter's script unchanged, and a picture for pages without scripts. It is always a GIF; the
 * status and `X-Goatcounter` say what became of the hit.
 */
export function countRoutes(app: App, parts: Parts): void {
  collectorScope(app, {
    ...parts,
    register(scope) {
      preflight(scope, ROUTES.goatcounter)
      scope.removeAllContentTypeParsers()
      // The parameters stand in the address, of POST too (navigator.sendBeacon); a body, of whatever type, says nothing.
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: EVENT_LIMITS.bodyBytes }, (_request, _body, done) => done(null))
      // Who asks with HEAD whether the picture is there looks at no page.
      const route = { url: ROUTES.goatcounter, method: ['GET', 'POST'], exposeHeadRoute: false, schema }
      scope.route({ ...route, handler: (request, reply) => count(parts, request, reply) })
    },
    fail(reply, failure, status) {
      if ('retryAfter' in failure && failure.retryAfter !== undefined) void reply.header('retry-after', String(failure.retryAfter))
      return picture(reply, status, failure.message)
    },
  })
}

async function count({ intake, sites }: Parts, request: FastifyRequest, reply: FastifyReply) {
  const sending = await intake.greet(request)
  const given = queryOf(request)
  const { referer, origin, host } = request.headers
  const page = readUrl(referer)
  const hit = readCount(given, page)
  const from = page?.host ?? readUrl(origin)?.host
  const named = given.get('site')
  const site = await findCountSite(sites, named ? [named] : [from, host])
  const body = translateCount(hit, { site: site.name, host: from ?? site.host, path: page?.pathname ?? '/' })
  const outcomes = await intake.judge(sending, readHit(body, sending.now), { bot: hit.bot >= FIRST_BOT_CODE })
  await intake.keep(outcomes)
  const reason = tellReasons(reply, outcomes)[0]
  if (reason === undefined) return picture(reply, 200)
  return picture(reply, reason === 'not_found' ? 400 : 202, `ignored: ${DROP_REASONS[reason]}`)
}

function readUrl(text: string | undefined): URL | null {
  const url = text === undefined ? null : URL.parse(text)
  return url && /^https?:$/.test(url.protocol) ? url : null
}

function picture(reply: FastifyReply, status: number, reason?: string) {
  if (reason !== undefined) void reply.header(GOATCOUNTER_HEADER, reason.replaceAll(/[^\x20-\x7e]/g, '?'))
  return reply.status(status).header('cross-origin-resource-policy', 'cross-origin').type('image/gif').send(GIF)
}
