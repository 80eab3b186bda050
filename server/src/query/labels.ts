import type { Bucket } from '../storage/question.ts'
import { DAY, HOUR, type Offsets, clockStart, dateOfDay, dayNumber, localDay, localSeconds, offsetsBetween } from '../lib/zone.ts'
import type { DateRange, Range } from './ranges.ts'
import { refuse } from './refuse.ts'

/** One bucket of a time dimension: its number in storage/question.ts, and its text. */
export interface Label {
  key: number
  text: string
}

const LENGTH = { minute: 60, hour: HOUR } as const
/** Clock hours begin on quarters of an hour in every zone of our days, clock minutes on minutes. */
const STEP = { minute: 60, hour: HOUR / 4 } as const
const MOST_LABELS = 100_000

/** `time` without a bucket: hours up to 48 of them, days up to 40, weeks up to 52, else months. */
export function bucketFor({ from, to }: Range): Bucket {
  const length = to - from
  if (Math.floor(length / HOUR) <= 48) return 'hour'
  if (Math.floor(length / DAY) <= 40) return 'day'
  return Math.floor(length / DAY / 7) <= 52 ? 'week' : 'month'
}

const monday = (day: number) => day - ((((day + 3) % 7) + 7) % 7)
const monthStart = (day: number) => dayNumber(dateOfDay(day).with({ day: 1 }))

/** The number of the bucket that contains a moment. */
export function keyOf(bucket: Bucket, instant: number, offsets: Offsets, first: number): number {
  if (bucket === 'minute' || bucket === 'hour') return clockStart(instant, LENGTH[bucket], offsets)
  const day = localDay(instant, offsets)
  if (bucket === 'day') return day
  return bucket === 'week' ? Math.max(first, monday(day)) : monthStart(day)
}

export function labelText(bucket: Bucket, key: number, offsets: Offsets): string {
  if (bucket !== 'minute' && bucket !== 'hour') return dateOfDay(key).toString()
  const local = new Date(localSeconds(key, offsets) * 1000).toISOString()
  return `${local.slice(0, 10)} ${bucket === 'hour' ? `${local.slice(11, 13)}:00` : local.slice(11, 16)}:00`
}

/**
 * First and last bucket of a range. `realtime` and `30m` end with the minute that is running, and begin so that there are
 * as many as their name says.
 */
export function keysOf(bucket: Bucket, { from, to }: Range, offsets: Offsets, asked: DateRange): { first: number; last: number } {
  const minutes = asked.kind === 'realtime' ? 5 : asked.kind === '30m' ? 30 : 0
  if (bucket === 'minute' && minutes > 0) {
    // `from` is exactly so many minutes before now.
    const last = clockStart(from + minutes * 60 - 1, 60, offsets)
    return { first: last - (minutes - 1) * 60, last }
  }
  const first = keyOf(bucket, from, offsets, localDay(from, offsets))
  return { first, last: keyOf(bucket, to, offsets, first) }
}

/** Every bucket of a range, in order. A repeated hour is there twice, a skipped one not at all. */
export function labelsOf(bucket: Bucket, { first, last }: { first: number; last: number }, offsets: Offsets): Label[] {
  const labels: Label[] = []
  const add = (key: number) => {
    if (labels.length >= MOST_LABELS)
      throw refuse(
        'dimensions',
        `time:${bucket} would give more than ${MOST_LABELS} labels; choose a shorter date_range or a longer bucket`,
      )
    labels.push({ key, text: labelText(bucket, key, offsets) })
  }
  if (bucket === 'minute' || bucket === 'hour') {
    for (let slot = first; slot <= last; slot += STEP[bucket]) {
      const key = clockStart(slot, LENGTH[bucket], offsets)
      // The first slot is a start of an hour, though not always that of its own (a half hour that is repeated).
      if (slot === first || key > labels.at(-1)!.key) add(slot === first ? first : key)
    }
    return labels
  }
  for (let key = first; key <= last; key = next(bucket, key)) add(key)
  return labels
}

/** Number of the bucket that is running, null where the range does not reach it. `now` in Unix seconds. */
export function presentKey(bucket: Bucket, now: number, range: Range, asked: DateRange, timezone: string): number | null {
  if (now < range.from || now > range.to) return null
  const offsets = offsetsBetween(timezone, Math.max(0, range.from - 7 * DAY), range.to)
  return keyOf(bucket, now, offsets, keysOf(bucket, range, offsets, asked).first)
}

/**
 * Labels of the weeks and months that the range cuts: the first may begin before it, the last end after it. Days, hours and minutes
 * have none.
 */
export function partialLabels(bucket: Bucket, labels: Label[], { from, to }: Range, offsets: Offsets): string[] {
  if (bucket !== 'week' && bucket !== 'month') return []
  const [first, last] = [localDay(from, offsets), localDay(to, offsets)]
  const begin = bucket === 'week' ? monday : monthStart
  return labels.filter(({ key }) => begin(key) < first || next(bucket, key) - 1 > last).map(({ text }) => text)
}

function next(bucket: 'day' | 'week' | 'month', key: number): number {
  if (bucket === 'day') return key + 1
  return bucket === 'week' ? monday(key) + 7 : dayNumber(dateOfDay(key).add({ months: 1 }))
}
