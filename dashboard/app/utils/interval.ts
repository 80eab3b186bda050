import { addDays, addMonths, startOfMonth, type Day } from './dates.ts'

/** What the clocks of a site show. */
export interface Clock {
  day: Day
  hour: number
  minute: number
}

/** Widths of a bucket of the main graph, from narrow to wide. */
export const INTERVALS = ['minute', 'hour', 'day', 'week', 'month'] as const
export type Interval = (typeof INTERVALS)[number]

/** Longest range, in days, for which a bucket still gives a readable line; and shortest for which it gives one at all. A range inside a day is a part of 1. */
const FITS: Record<Interval, { from: number; to: number }> = {
  minute: { from: 0, to: 1 },
  hour: { from: 0.1, to: 14 },
  day: { from: 2, to: 400 },
  week: { from: 14, to: 1900 },
  month: { from: 45, to: Infinity },
}

/** Buckets that fit a range of so many days; never empty. */
export const intervalsFor = (days: number): Interval[] => INTERVALS.filter((each) => days >= FITS[each].from && days <= FITS[each].to)

/** The bucket a range starts with: 20 to 100 points where the length allows it. */
export function defaultInterval(days: number): Interval {
  if (days < 0.1) return 'minute'
  if (days < 2) return 'hour'
  if (days <= 100) return 'day'
  return days <= 190 ? 'week' : 'month'
}

/**
 * First and last day of the bucket with this label, cut to the range where one is given.
 * Labels are `YYYY-MM-DD`, of an hour or minute `YYYY-MM-DD HH:MM:00`; the first week of a range is labelled with the range's start.
 */
export function bucketDays(label: string, interval: Interval, range?: { from: Day; to: Day }): { from: Day; to: Day } {
  const start = label.slice(0, 10)
  const end = lastDay(start, interval)
  if (range === undefined) return { from: start, to: end }
  return { from: start < range.from ? range.from : start, to: end > range.to ? range.to : end }
}

function lastDay(start: Day, interval: Interval): Day {
  switch (interval) {
    case 'minute':
    case 'hour':
    case 'day':
      return start
    case 'week': {
      const weekday = (new Date(`${start}T00:00:00Z`).getUTCDay() + 6) % 7
      return addDays(start, 6 - weekday)
    }
    case 'month':
      return addDays(addMonths(startOfMonth(start), 1), -1)
  }
}

/** Whether a bucket is still open (`now`), over (`past`) or not begun (`future`). */
export function bucketState(label: string, interval: Interval, clock: Clock): 'past' | 'now' | 'future' {
  if (interval === 'hour' || interval === 'minute') {
    const [hour, minute] = [clock.hour, clock.minute].map((part) => String(part).padStart(2, '0'))
    const current = `${clock.day} ${hour}:${minute}`.slice(0, interval === 'hour' ? 13 : 16)
    const bucket = label.slice(0, current.length)
    return bucket === current ? 'now' : bucket < current ? 'past' : 'future'
  }
  const { from, to } = bucketDays(label, interval)
  if (to < clock.day) return 'past'
  return from > clock.day ? 'future' : 'now'
}
