import { setTimeout } from 'node:timers/promises'
import { errorCode } from './client.ts'

/** Deadlock, lock wait timeout, and MariaDB's "record has changed since last read". The transaction is gone and may be run again. */
const PASSING = new Set([1213, 1205, 1020])
const ATTEMPTS = 6

/** Runs a transaction again, after a pause of random length, where it lost against another one. */
export async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === ATTEMPTS || !PASSING.has(errorCode(error) ?? 0)) throw error
      await setTimeout(Math.random() * 10 * 2 ** attempt)
    }
  }
}
