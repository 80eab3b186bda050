import type { Engine, Turn } from './engine.ts'

/**
 * Turns at a store that has one writer: always at once, and the number is the segment's own, so that one that comes again after a
 * crash comes under the number it had. Nothing holds the turn, and nothing is rolled back where it fails.
 */
export function soleWriter(engine: Omit<Turn, 'number' | 'before' | 'stored'>): Engine['turn'] {
  const { visits, knownIds, recentIds, write, fits } = engine
  return (number, work) => work({ number, before: null, stored: async () => false, visits, knownIds, recentIds, write, fits })
}
