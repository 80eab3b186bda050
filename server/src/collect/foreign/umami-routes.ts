import { BATCH_LIMITS } from '@footfall/contract/batch.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { UmamiAnswer, UmamiBatchAnswer, UmamiMessage } from '@footfall/contract/umami.ts'
import { Type } from 'typebox'
import { AppError } from '../../errors.ts'
import type { App } from '../../lib/app.ts'
import type { Intake, Sending } from '../intake.ts'
import { bytesOf, parseList, parseObject } from '../json-body.ts'
import { readHit } from '../parse.ts'
import type { Outcome } from '../pipeline.ts'
import { readLanguage } from '../request.ts'
import { preflight, tellReasons } from '../scope.ts'
import { readStated } from '../stated.ts'
import { translateUmami } from './umami.ts'
import { umamiSession } from './umami-session.ts'

interface Parts {
  intake: Intake
  /** For the ids in answers. */
  key: Uint8Array
}

/** What became of a message: its answer, and what is still to be kept. */
interface Read {
  answer: UmamiAnswer
  outcomes: Outcome[]
}

const common = { tags: ['events'], security: [{}, { key: [] }] }
const sendSchema = { ...common, body: UmamiMessage, response: { 200: UmamiAnswer }, summary: "One event, in Umami's format" }
const batchSchema = {
  ...common,
  body: Type.Array(UmamiMessage, { maxItems: BATCH_LIMITS.events }),
  response: { 200: UmamiBatchAnswer },
  summary: "Events in Umami's format, many at once",
}

/** `POST /api/send` and `/api/batch`: trackers and libraries of Umami, unchanged. */
export function umamiRoutes(scope: App, { intake, key }: Parts): void {
  for (const path of [ROUTES.umamiSend, ROUTES.umamiBatch]) preflight(scope, path)

  async function judge(sending: Sending, given: unknown): Promise<Read> {
    const { body, counts, stated, language } = translateUmami(given)
    const outcomes = await intake.judge(sending, readHit(body, sending.now), {
      ...(sending.trusted && readStated(stated, sending.now)),
      language: readLanguage(language) || undefined,
    })
    const { draft, reason } = outcomes[0]!
    if (!counts) intake.learn(outcomes)
    const answer = reason === 'bot' ? ({ beep: 'boop' } as const) : umamiSession(key, draft.identity.visitor, sending.now)
    return { answer, outcomes: counts || reason === 'not_found' ? outcomes : [] }
  }

  scope.post(ROUTES.umamiSend, { schema: sendSchema }, async (request, reply) => {
    const sending = await intake.greet(request)
    const { answer, outcomes } = await judge(sending, parseObject(bytesOf(request)))
    await intake.keep(outcomes)
    if (tellReasons(reply, outcomes).includes('not_found')) throw unknownWebsite()
    return reply.status(200).send(answer)
  })

  scope.post(ROUTES.umamiBatch, { schema: batchSchema, bodyLimit: BATCH_LIMITS.bodyBytes }, async (request, reply) => {
    const sending = await intake.greet(request)
    const items = parseList(bytesOf(request), BATCH_LIMITS.events)
    await intake.charge(sending, items.length - 1)
    const details: UmamiBatchAnswer['details'] = []
    const all: Outcome[] = []
    let cache: string | undefined
    for (const [index, item] of items.entries()) {
      try {
        const { answer, outcomes } = await judge(sending, item)
        all.push(...outcomes)
        if (outcomes[0]?.reason === 'not_found') throw unknownWebsite()
        if ('cache' in answer) cache = answer.cache
      } catch (error) {
        if (!(error instanceof AppError) || error.status !== 400) throw error
        details.push({ index, response: { error: error.message, code: error.code, errors: error.errors } })
      }
    }
    await intake.keep(all)
    const errors = details.length
    return reply
      .status(200)
      .send({ size: items.length, processed: items.length - errors, errors, details, ...(cache !== undefined && { cache }) })
  })
}

const unknownWebsite = () =>
  new AppError('invalid_request', 'Website not found.', { errors: { website: ['is not the id of a site here'] } })
