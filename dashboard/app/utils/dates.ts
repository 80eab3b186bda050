/** A date without time, `YYYY-MM-DD`. Arithmetic on it needs no time zone: the site's zone was applied when it was made. */
export type Day = string

const DAY_MS = 86_400_000
const toMs = (day: Day) => Date.parse(`${day}T00:00:00Z`)
const fromMs = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)

/** Whether a text is a date that exists; 2026-02-30 does not. */
export function isDay(text: unknown): text is Day {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(toMs(text)) && fromMs(toMs(text)) === text
}

export const addDays = (day: Day, days: number): Day => fromMs(toMs(day) + days * DAY_MS)

/** The same day of another month, or its last day where that month is shorter. */
export function addMonths(day: Day, months: number): Day {
  const first = new Date(`${day.slice(0, 7)}-01T00:00:00Z`)
  first.setUTCMonth(first.getUTCMonth() + months)
  const target = fromMs(first.getTime())
  return addDays(target, Math.min(Number(day.slice(8)), Number(endOfMonth(target).slice(8))) - 1)
}

export const startOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`

export function endOfMonth(day: Day): Day {
  const next = new Date(`${startOfMonth(day)}T00:00:00Z`)
  next.setUTCMonth(next.getUTCMonth() + 1)
  return fromMs(next.getTime() - DAY_MS)
}

/** Days from the first to the last, both counted. */
export const daysIn = (from: Day, to: Day): number => Math.round((toMs(to) - toMs(from)) / DAY_MS) + 1

/** Date and hour that the clocks of a zone show at an instant. */
export function clockIn(timezone: string, at: Date): { day: Day; hour: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')), minute: Number(part('minute')) }
}

/** `+05:45`: what a zone is ahead of UTC at an instant. */
export function offsetIn(timezone: string, at: Date): string {
  const name = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value
  return name === undefined || name === 'GMT' ? '+00:00' : name.replace('GMT', '')
}

/**
 * A wall-clock time of a zone as a timestamp with its offset, as the Stats API takes it.
 * The offset is looked up twice, since the first look (as if the clock showed UTC) may fall on the other side of a clock change.
 */
export function zonedTime(day: Day, time: string, timezone: string): string {
  const first = offsetIn(timezone, new Date(`${day}T${time}Z`))
  const offset = offsetIn(timezone, new Date(`${day}T${time}${first}`))
  return `${day}T${time}${offset}`
}
