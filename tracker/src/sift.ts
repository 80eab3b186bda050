import type { Outcome, Payload } from './api.ts'
import { guard } from './guard.ts'
import { send } from './queue.ts'

/** Made once: a filter may remember. */
const filter = /* @__PURE__ */ guard(FILTER as Exclude<typeof FILTER, false>)

/** Sends what the filter leaves of an event. */
export const sift = (event: Payload, last?: unknown): Promise<Outcome | void> => {
  const left = filter(event)
  return left ? send(left, last) : Promise.resolve()
}
