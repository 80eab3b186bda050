import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cache } from '../cache/cache.ts'
import { AppError } from '../errors.ts'
import type { Gate, Principal, Reader } from '../seams.ts'

const HOUR = 3600

/** Lets in who may read statistics. @throws AppError unauthorized, forbidden, too_many_requests */
export type Entrance = (request: FastifyRequest, reply: FastifyReply) => Promise<Reader>

/** A page of a shared dashboard asks twenty questions; who clicks through it, a few hundred a minute. */
const GUEST_LIMIT = { questions: 600, seconds: 60 }

export interface EntranceParts {
  gate: Gate
  cache: Pick<Cache, 'hit'>
  /** Questions an hour and key; 0 is no limit. */
  keyLimit: number
  /** Address of the client, through trusted proxies; counts the questions of guests. */
  address(request: FastifyRequest): string
}

/**
 * The gate for questions, which counts those of every API key by the hour and says in headers how many are left. The dashboard's
 * own session is not counted: it asks a dozen questions a page, and a person's patience limits it. Guests are counted by link and address.
 */
export function createEntrance({ gate, cache, keyLimit, address }: EntranceParts): Entrance {
  return async (request, reply) => {
    const principal = await gate.reader(request)
    if (principal.kind === 'guest') {
      const { hits, resetSeconds } = await cache.hit(
        `stats:guest:${principal.link}:${principal.site}:${address(request)}`,
        GUEST_LIMIT.seconds,
      )
      if (hits <= GUEST_LIMIT.questions) return principal
      throw new AppError('too_many_requests', 'Too many questions from your address. Wait a minute.', { retryAfter: resetSeconds })
    }
    if (principal.kind === 'user' || keyLimit === 0) return principal
    const { hits, resetSeconds } = await cache.hit(`stats:key:${principal.key}`, HOUR)
    void reply.headers({
      'x-ratelimit-limit': String(keyLimit),
      'x-ratelimit-remaining': String(Math.max(0, keyLimit - hits)),
      'x-ratelimit-reset': String(resetSeconds),
    })
    if (hits <= keyLimit) return principal
    const minutes = Math.ceil(resetSeconds / 60)
    throw new AppError(
      'too_many_requests',
      `This key has asked its ${keyLimit} questions of the hour; the next is possible in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
      { retryAfter: resetSeconds },
    )
  }
}

/** Single visits and events are for those who run the site: a link that is handed on shows numbers. @throws AppError forbidden */
export function refuseGuests(reader: Reader): asserts reader is Principal {
  if (reader.kind === 'guest')
    throw new AppError('forbidden', 'A shared dashboard shows numbers, not single visits, and exports no events.')
}
