import type { Cache } from '../cache/cache.ts'
import { AppError } from '../errors.ts'
import { hashToken } from './tokens.ts'

/**
 * Attempts to sign in or to open a shared link, by who tries and by what they try. A person mistypes; a machine guesses. Many people
 * know the password of a link.
 */
const LIMITS = {
  address: { attempts: 20, seconds: 60 },
  email: { attempts: 10, seconds: 15 * 60 },
  link: { attempts: 100, seconds: 15 * 60 },
} as const

const WHERE = { address: 'from your address', email: 'for this account', link: 'for this link' } as const

const keyOf = (kind: keyof typeof LIMITS, value: string) => `sign-in:${kind}:${hashToken(value)}`

/**
 * Counts an attempt.
 *
 * @throws AppError `too_many_requests` with the seconds to wait
 */
export async function countAttempt(cache: Cache, kind: keyof typeof LIMITS, value: string): Promise<void> {
  const { attempts, seconds } = LIMITS[kind]
  const { hits, resetSeconds } = await cache.hit(keyOf(kind, value), seconds)
  if (hits <= attempts) return
  const wait = resetSeconds > 90 ? `${Math.ceil(resetSeconds / 60)} minutes` : `${resetSeconds} seconds`
  throw new AppError('too_many_requests', `Too many attempts to sign in ${WHERE[kind]}. Try again in ${wait}.`, {
    retryAfter: resetSeconds,
  })
}

/** The right password was given: earlier mistakes are forgiven, unless the cache is away. */
export async function forgiveAttempts(cache: Cache, email: string): Promise<void> {
  await cache.delete(keyOf('email', email)).catch(() => undefined)
}
