import type { TextKey } from '../i18n/areas.ts'

/** What numbers are compared with, by the modes of the Stats API. */
export const COMPARISONS = [
  { key: 'previous_period', text: 'previousPeriod', title: 'againstPrevious' },
  { key: 'year_over_year', text: 'yearBefore', title: 'againstYear' },
  { key: 'off', text: 'noComparison', title: 'noComparison' },
] as const satisfies readonly { key: string; text: TextKey<'site'>; title: TextKey<'site'> }[]

export type Comparison = (typeof COMPARISONS)[number]['key']
export const DEFAULT_COMPARISON: Comparison = 'previous_period'
export const comparisonOf = (key: Comparison) => COMPARISONS.find((each) => each.key === key) ?? COMPARISONS[0]

/** Reads a comparison from the address. */
export const readComparison = (text: unknown): Comparison => COMPARISONS.find(({ key }) => key === text)?.key ?? DEFAULT_COMPARISON
