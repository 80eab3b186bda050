/**
 * Local time. Everything about time zones happens here, once: engines get the offsets of a zone as numbers and only add.
 * So two engines cannot disagree about a day, whatever zone tables they carry.
 */

/** Offsets of a zone over a period: `offset` holds from its start on; each change adds `by` seconds from `at` (Unix seconds) on. */
export interface Offsets {
  offset: number
  changes: { at: number; by: number }[]
}

export const HOUR = 3600
export const DAY = 86_400

const at = (seconds: number, timezone: string) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(timezone)
const offsetAt = (moment: Temporal.ZonedDateTime) => Math.round(moment.offsetNanoseconds / 1e9)
const seconds = (moment: { epochMilliseconds: number }) => Math.floor(moment.epochMilliseconds / 1000)

/** Whether the name is a time zone that this runtime knows. */
export function isTimezone(name: string): boolean {
  try {
    at(0, name)
    return true
  } catch {
    return false
  }
}

/** Offsets between two Unix seconds. */
export function offsetsBetween(timezone: string, from: number, to: number): Offsets {
  let moment = at(from, timezone)
  const offset = offsetAt(moment)
  const changes: Offsets['changes'] = []
  for (;;) {
    const next = moment.getTimeZoneTransition('next')
    if (!next || seconds(next) > to) return { offset, changes }
    const by = offsetAt(next) - offsetAt(moment)
    if (by !== 0) changes.push({ at: seconds(next), by })
    moment = next
  }
}

/** Seconds on the local clock, counted as if it were UTC. */
export function localSeconds(instant: number, offsets: Offsets): number {
  let local = instant + offsets.offset
  for (const change of offsets.changes) if (instant >= change.at) local += change.by
  return local
}

/** When the local clock hour (or minute) began that contains this instant. A repeated hour begins twice. */
export function clockStart(instant: number, length: number, offsets: Offsets): number {
  return instant - (((localSeconds(instant, offsets) % length) + length) % length)
}

/** Local date of an instant, as days since 1970-01-01. */
export function localDay(instant: number, offsets: Offsets): number {
  return Math.floor(localSeconds(instant, offsets) / DAY)
}

export function dateOf(instant: number, timezone: string): Temporal.PlainDate {
  return at(instant, timezone).toPlainDate()
}

export function dayNumber(date: Temporal.PlainDate): number {
  return Math.floor(Date.UTC(date.year, date.month - 1, date.day) / 1000 / DAY)
}

export function dateOfDay(day: number): Temporal.PlainDate {
  return new Temporal.PlainDate(1970, 1, 1).add({ days: day })
}

/**
 * First second of a local day: a skipped midnight gives the first moment that exists, a repeated one the second
 * (shared cases, "Time"). `later` says both at once.
 */
export function dayStart(date: Temporal.PlainDate, timezone: string): number {
  return seconds(date.toPlainDateTime().toZonedDateTime(timezone, { disambiguation: 'later' }))
}

/** Last second of a local day; if 23:59:59 happens twice, the first. */
export function dayEnd(date: Temporal.PlainDate, timezone: string): number {
  return seconds(date.toPlainDateTime({ hour: 23, minute: 59, second: 59 }).toZonedDateTime(timezone, { disambiguation: 'earlier' }))
}

/** ISO timestamp with the offset of the zone, as the echo of a query shows it. */
export function zonedText(instant: number, timezone: string): string {
  return at(instant, timezone).toString({ smallestUnit: 'second', timeZoneName: 'never' })
}
