import type { Metric } from '@footfall/contract/names.ts'
import type { TextKey } from '../i18n/areas.ts'
import type { NumberFormat } from './numbers.ts'

/** Web vitals with the limits of good and of poor that web.dev gives for the 75th percentile. */
export const VITALS = [
  { key: 'lcp_p75', name: 'LCP', title: 'Largest Contentful Paint', format: 'milliseconds', good: 2500, poor: 4000 },
  { key: 'inp_p75', name: 'INP', title: 'Interaction to Next Paint', format: 'milliseconds', good: 200, poor: 500 },
  { key: 'cls_p75', name: 'CLS', title: 'Cumulative Layout Shift', format: 'ratio', good: 0.1, poor: 0.25 },
  { key: 'fcp_p75', name: 'FCP', title: 'First Contentful Paint', format: 'milliseconds', good: 1800, poor: 3000 },
  { key: 'ttfb_p75', name: 'TTFB', title: 'Time to First Byte', format: 'milliseconds', good: 800, poor: 1800 },
] as const satisfies readonly { key: Metric; name: string; title: string; format: NumberFormat; good: number; poor: number }[]
export type Vital = (typeof VITALS)[number]

/** How good a value is, in a word; null where it was not measured. */
export function rateVital({ good, poor }: { good: number; poor: number }, value: number | null): TextKey<'site'> | null {
  if (value === null) return null
  if (value <= good) return 'good'
  return value <= poor ? 'needsWork' : 'poor'
}
