import { AppError } from '../errors.ts'

/** How Node and mysql2 say that nobody is at the other end, or no longer. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
])

/**
 * Asks the store.
 *
 * @throws AppError unavailable where it cannot be reached: that is no fault of this program, and passes
 */
export async function reached<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !AWAY.has(String(error.code))) throw error
    throw new AppError('unavailable', 'The event store cannot be reached at the moment', { retryAfter: 5, cause: error })
  }
}
