import type { Clock } from '../seams.ts'
import { type Passes, createPasses } from './share-pass.ts'

/** Passes of an installation that shares nothing, for tests about something else. */
export const nothingShared = (clock: Clock): Passes =>
  createPasses({ shares: { share: () => Promise.resolve(undefined) }, clock, key: Buffer.alloc(32, 1) })
