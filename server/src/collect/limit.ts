import { AppError } from '../errors.ts'
import type { Cache } from '../cache/cache.ts'
import { keyedHash64 } from '../lib/hash.ts'
import { subscriber } from './address.ts'
import type { Salts } from './salts.ts'

const WINDOW_SECONDS = 60
const INSTALLATION = { id: 0, timezone: 'UTC' }

/**
 * Holds one address to so many events a minute. The shared cache sees a hash under the salt of the day, never the address.
 * @param perMinute 0 is no limit
 * @returns a function that throws AppError `too_many_requests` with the seconds to wait
 */
export function createAddressLimit(parts: {
  cache: Cache
  salts: Salts
  perMinute: number
}): (address: string, events?: number) => Promise<void> {
  const { cache, salts, perMinute } = parts
  if (perMinute === 0) return async () => {}
  return async (address, events = 1) => {
    if (address === '') return
    const { salt } = await salts.now(INSTALLATION)
    let window
    try {
      window = await cache.hit(`address-limit:${keyedHash64(salt, subscriber(address))}`, WINDOW_SECONDS, events)
    } catch {
      // The cache may forget; it may never refuse an event.
      return
    }
    if (window.hits <= perMinute) return
    throw new AppError('too_many_requests', `More than ${perMinute} events a minute came from this address.`, {
      retryAfter: Math.max(1, window.resetSeconds),
    })
  }
}
