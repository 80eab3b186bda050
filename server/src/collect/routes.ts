import { StatedBody } from '@footfall/contract/batch.ts'
import { EventBody } from '@footfall/contract/event.ts'
import { DROP_REASONS } from '@footfall/contract/names.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../lib/app.ts'
import { batchRoute } from './batch.ts'
import { countApiRoute } from './foreign/count-api.ts'
import { countRoutes } from './foreign/count-routes.ts'
import { umamiRoutes } from './foreign/umami-routes.ts'
import { createIntake, type IntakeParts, type Intake } from './intake.ts'
import { bytesOf, parseObject } from './json-body.ts'
import { readHit } from './parse.ts'
import type { Outcome } from './pipeline.ts'
import { collectorScope, preflight, tellReasons } from './scope.ts'
import { readStated } from './stated.ts'

export interface CollectParts extends IntakeParts {
  /** Default: `ROUTES.event`. */
  eventPath?: string
  /** Secret of this installation, for what Umami's answers call a session. */
  umamiKey: Uint8Array
}

const schema = {
  body: Type.Object({ ...EventBody.properties, ...StatedBody.properties }),
  response: { 202: Type.String({ examples: ['ok'] }) },
  tags: ['events'],
  summary: "One event, in Plausible's format",
  security: [{}, { key: [] }],
}

/** Registers the collector, each format in a scope of its own so that its body parsers stay there. */
export function collectRoutes(app: App, parts: CollectParts): void {
  const intake = createIntake(parts)
  const path = parts.eventPath ?? ROUTES.event
  collectorScope(app, {
    ...parts,
    register(scope) {
      preflight(scope, path)
      scope.post(path, { schema }, (request, reply) => collect(intake, request, reply))
      batchRoute(scope, intake)
      umamiRoutes(scope, { intake, key: parts.umamiKey })
      countApiRoute(scope, { ...parts, intake })
    },
  })
  countRoutes(app, { ...parts, intake })
}

async function collect(intake: Intake, request: FastifyRequest, reply: FastifyReply) {
  const sending = await intake.greet(request)
  const body = parseObject(bytesOf(request))
  const hit = readHit(body, sending.now)
  const outcomes = await intake.judge(sending, hit, sending.trusted ? readStated(body, sending.now) : undefined)
  if (request.headers['x-debug-request'] === 'true') return reply.status(200).send(describe(outcomes, sending.sender.address))
  await intake.keep(outcomes)
  tellReasons(reply, outcomes)
  return reply.status(202).type('text/plain; charset=utf-8').send('ok')
}

/** Answer to `X-Debug-Request: true`: what would become of the event. Nothing is stored or counted. */
function describe(outcomes: Outcome[], address: string) {
  return {
    ip: outcomes[0]?.draft.incoming.address ?? address,
    sites: outcomes.map(({ draft, reason }) => ({
      site: draft.domain,
      ...(reason === undefined ? { event: draft.event } : { dropped: reason, because: DROP_REASONS[reason] }),
    })),
  }
}
