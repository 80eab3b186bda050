import { BATCH_LIMITS, BatchAnswer, EventBatch } from '@footfall/contract/batch.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { AppError, invalid } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Intake } from './intake.ts'
import { asObject, bytesOf, parseList } from './json-body.ts'
import { readHit } from './parse.ts'
import type { Outcome } from './pipeline.ts'
import { preflight } from './scope.ts'
import { readStated } from './stated.ts'

/**
 * `POST /api/events`: many events of our format in one request. An item that is wrong does not hold up the others; those
 * that are right are durable together, by one append, before the answer. A retry of the whole is harmless where items have ids.
 */
export function batchRoute(scope: App, intake: Intake): void {
  preflight(scope, ROUTES.events)
  const schema = {
    body: EventBatch,
    response: { 200: BatchAnswer },
    tags: ['events'],
    summary: 'Events, many at once',
    security: [{}, { key: [] }],
  }
  scope.post(ROUTES.events, { schema, bodyLimit: BATCH_LIMITS.bodyBytes }, async (request, reply) => {
    const sending = await intake.greet(request)
    const items = parseList(bytesOf(request), BATCH_LIMITS.events)
    await intake.charge(sending, items.length - 1)
    const read = items.map((item) =>
      attempt(() => {
        const body = asObject(item)
        return { hit: readHit(body, sending.now), stated: sending.trusted ? readStated(body, sending.now) : undefined }
      }),
    )
    boundEvents(read.reduce((sum, one) => sum + ('errors' in one ? 0 : one.hit.domains.length), 0))

    const all: Outcome[] = []
    const answer: BatchAnswer = []
    for (const one of read) {
      if ('errors' in one) {
        answer.push({ status: 400, errors: one.errors })
        continue
      }
      const outcomes = await intake.judge(sending, one.hit, one.stated)
      const dropped = outcomes.find(({ reason }) => reason !== undefined)?.reason
      answer.push({ status: 202, ...(dropped !== undefined && { dropped }) })
      all.push(...outcomes)
    }
    await intake.keep(all)
    return reply.status(200).send(answer)
  })
}

/** What `read` answers, or what it says is wrong with single fields; anything else goes on. */
export function attempt<Read>(read: () => Read): Read | { errors: Record<string, string[]> } {
  try {
    return read()
  } catch (error) {
    if (error instanceof AppError && error.errors) return { errors: error.errors }
    throw error
  }
}

/** Items may name several sites each: what they come to is bounded too. */
function boundEvents(events: number): void {
  if (events > BATCH_LIMITS.events) throw invalid({ request: [`must come to at most ${BATCH_LIMITS.events} events, not ${events}`] })
}
