import { dateOf, dayStart } from './zone.ts'

/** The first day that a site keeps, and its first second. */
export interface KeptFrom {
  day: Temporal.PlainDate
  /** Unix seconds. */
  second: number
}

/**
 * What a site that keeps so many months keeps at this moment: the current month of its time zone and as many whole ones before it.
 * docs/definitions.md, "What is kept".
 *
 * @param now Unix seconds
 */
export function keptFrom(months: number, timezone: string, now: number): KeptFrom {
  const day = dateOf(now, timezone).with({ day: 1 }).subtract({ months })
  return { day, second: dayStart(day, timezone) }
}

/** Unix second at which the site's next day begins. */
export const nextMidnight = (timezone: string, now: number): number => dayStart(dateOf(now, timezone).add({ days: 1 }), timezone)
