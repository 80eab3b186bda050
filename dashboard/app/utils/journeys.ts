import type { JourneysBody } from '@footfall/contract/journeys.ts'
import { numberIn, oneOf, type Query } from './address.ts'

/** From where journeys are told, in which direction, and how far. */
export interface JourneyView {
  /** Null: from the first page of a visit, or back from the last. */
  page: string | null
  direction: 'next' | 'previous'
  steps: number
}
export const STEP_CHOICES: readonly number[] = [1, 2, 3, 4, 5]
const USUAL_STEPS = 3

export const readJourneyView = (query: Query): JourneyView => ({
  page: oneOf(query.page) || null,
  direction: oneOf(query.direction) === 'previous' ? 'previous' : 'next',
  steps: numberIn(query.steps, 1, 5, USUAL_STEPS),
})

/** Parameters of the address for a view; `undefined` where it is at its default. */
export const writeJourneyView = ({ page, direction, steps }: JourneyView): Query => ({
  page: page ?? undefined,
  direction: direction === 'next' ? undefined : direction,
  steps: steps === USUAL_STEPS ? undefined : String(steps),
})

/** What of a question says which journeys. */
export const journeysAsked = ({ page, direction, steps }: JourneyView): Pick<JourneysBody, 'page' | 'direction' | 'steps' | 'limit'> => ({
  ...(page !== null && { page }),
  direction,
  steps,
  // More than the picture has room for: links between its pages are among the first thirty.
  limit: 30,
})
