import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cache } from '../cache/cache.ts'
import { AppError } from '../errors.ts'
import type { Gate, Principal } from '../seams.ts'

const HOUR = 3600

/** Lets in who may read statistics. @throws AppError unauthorized, forbidden, too_many_requests */
export type Entrance = (request: FastifyRequest, reply: FastifyReply) => Promise<Principal>

/**
 * The gate for questions, which counts those of every API key by the hour and says in headers how many are left. The dashboard's
 * own session is not counted: it asks a dozen questions a page, and a person's patience limits it.
 *
 * @param parts.keyLimit questions an hour and key; 0 is no limit
 */
export function createEntrance({ gate, cache, keyLimit }: { gate: Gate; cache: Pick<Cache, 'hit'>; keyLimit: number }): Entrance {
  return async (request, reply) => {
    const principal = await gate.require(request, 'stats')
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
