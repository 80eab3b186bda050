import { memo } from '../lib/memo.ts'
import { dateOf } from '../lib/zone.ts'

/** Midnights and clock changes of every zone in use fall on a quarter of an hour, so a day is worked out once in 15 minutes and zone. */
export const SLOT = 900_000

const remembered = memo(2_000, (key: string): string => {
  const comma = key.indexOf(',')
  return dateOf((Number(key.slice(0, comma)) * SLOT) / 1000, key.slice(comma + 1)).toString()
})

/** Local date `YYYY-MM-DD` of an instant (milliseconds) in a time zone (IANA name). */
export function siteDay(at: number, timezone: string): string {
  return remembered(`${Math.floor(at / SLOT)},${timezone}`)
}

/** The date before, as text. */
export function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}
