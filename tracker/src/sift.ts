import type { Outcome, Payload } from './api.ts'
import { guard } from './guard.ts'
import { send } from './queue.ts'

/** Sends what the filter leaves of an event. */
export const sift = (event: Payload, last?: unknown): Promise<Outcome | void> => {
  const left = guard(FILTER as Exclude<typeof FILTER, false>)(event)
  return left ? send(left, last) : Promise.resolve()
}
