import { invalid } from '../errors.ts'
import { readAddress } from './address.ts'

/** What a body says of its sender that headers usually say. Address, agent and time are believed only with a key. */
export interface Stated {
  address?: string | undefined
  agent?: string | undefined
  /** When it happened, milliseconds. */
  at?: number | undefined
  /** Two or three letters. */
  language?: string | undefined
  /** The page itself says that a robot looks at it. */
  bot?: boolean | undefined
}

const NOT_A_TIME = 'must be ISO 8601 with an offset, like 2026-01-31T08:00:00Z, or milliseconds since 1970'

/**
 * Reads what a sender with a key states in the words of `contract/batch.ts`. What is absent or null comes from the headers.
 * @param now milliseconds, clock of the server; nothing happens after it
 * @throws AppError `invalid_request`: a server that states nonsense must hear it, or its visitors would all be itself
 */
export function readStated(given: { ip?: unknown; user_agent?: unknown; timestamp?: unknown }, now: number): Stated {
  const errors: Record<string, string[]> = {}
  const address = typeof given.ip === 'string' ? readAddress(given.ip) : ''
  if (given.ip != null && address === '') errors.ip = ['must be an IP address']
  if (given.user_agent != null && typeof given.user_agent !== 'string') errors.user_agent = ['must be text']
  const at = given.timestamp == null ? undefined : readInstant(given.timestamp)
  if (at !== undefined && !Number.isFinite(at)) errors.timestamp = [NOT_A_TIME]
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return {
    address: address || undefined,
    agent: typeof given.user_agent === 'string' ? given.user_agent : undefined,
    at: at === undefined ? undefined : Math.min(at, now),
  }
}

/** Milliseconds, NaN where it is no time. */
function readInstant(given: unknown): number {
  if (typeof given === 'number') return given
  if (typeof given !== 'string') return NaN
  try {
    return Temporal.Instant.from(given).epochMilliseconds
  } catch {
    return NaN
  }
}
