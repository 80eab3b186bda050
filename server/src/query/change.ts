import type { Metric } from '@footfall/contract/names.ts'
import type { MetricValue } from '@footfall/contract/query.ts'
import { factsOf } from './metrics.ts'

const numberOf = (value: MetricValue): number | null => (typeof value === 'object' && value !== null ? value.value : value)

/** Halves away from zero. */
const round = (value: number, digits: number) => {
  const scale = 10 ** digits
  // Through text, since 1.005 × 100 is less than 100.5 in binary.
  return (Math.sign(value) * Math.round(Number(Math.abs(value).toPrecision(12)) * scale)) / scale || 0
}

/**
 * How a metric changed: whole percent, or a difference in points for rates. From nothing to something is 100 %; null where
 * either is unknown.
 */
export function changeOf(metric: Metric, value: MetricValue, before: MetricValue): number | null {
  const [now, then] = [numberOf(value), numberOf(before)]
  if (now === null || then === null) return null
  const { change } = factsOf(metric)
  if (change !== 'percent') return then === 0 && !change.fromZero ? null : round(now - then, change.digits)
  if (then === 0) return now > 0 ? 100 : 0
  return round(((now - then) / then) * 100, 0)
}
