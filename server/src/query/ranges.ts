import { DAY, dateOf, dayEnd, dayStart } from '../lib/zone.ts'
import { refuse, shown } from './refuse.ts'

/** Unix seconds, both ends included. */
export interface Range {
  from: number
  to: number
}

/** A date_range as it was asked for. */
export type DateRange =
  | { kind: 'day' | '24h' | 'month' | 'year' | 'all' | 'realtime' | '30m' }
  | { kind: 'days' | 'months'; count: number }
  | { kind: 'dates'; from: Temporal.PlainDate; to: Temporal.PlainDate }
  | { kind: 'instants'; from: number; to: number }

/** What a date_range depends on. */
export interface RangeContext {
  /** Unix seconds. */
  now: number
  timezone: string
  /** What counts as today instead of the local date. */
  today?: Temporal.PlainDate | undefined
  /** First event of the site, Unix seconds. */
  firstAt: number | null
}

const WORDS = ['day', '24h', 'month', 'year', 'all'] as const
const INTERNAL_WORDS = ['realtime', '30m'] as const
const LIMITS = { days: 5000, months: 100 } as const
const LAST_YEAR = 2100

const isWord = <const Word extends string>(value: string, words: readonly Word[]): value is Word =>
  (words as readonly string[]).includes(value)

function notUnderstood(value: unknown, field: string): Error {
  const known =
    'day, 24h, 7d, 28d, 30d, 91d (any number of days up to 5000), month, 6mo, 12mo (up to 100), year, all, or a pair of dates or of timestamps with an offset'
  return refuse(field, `${field} ${shown(value)} is not understood; use ${known}`)
}

const DATE = /^\d{4}-\d\d-\d\d$/

function notAPair(pair: unknown[], field: string): Error {
  const [first, last] = pair
  const noDay = pair.find((end): end is string => typeof end === 'string' && DATE.test(end) && !readDate(end))
  const mixed = pair.length === 2 && typeof first === 'string' && typeof last === 'string' && DATE.test(first) !== DATE.test(last)
  const whys = [noDay && `: ${noDay} is no day between 1970 and ${LAST_YEAR}`, mixed && ': both ends must be of the same kind']
  const known =
    '["2026-01-01", "2026-01-31"], or two timestamps with an offset, as in ["2026-01-01T06:00:00Z", "2026-01-01T18:00:00+01:00"]'
  return refuse(field, `${field} ${shown(pair)} is not understood${whys.find(Boolean) ?? ''}; a pair is two dates, as in ${known}`)
}

/** Checks a date_range. `internal` allows what only the dashboard uses. */
export function readDateRange(value: unknown, options: { internal: boolean; field?: string }): DateRange {
  const field = options.field ?? 'date_range'
  if (Array.isArray(value)) return readPair(value, field)
  if (typeof value !== 'string') throw notUnderstood(value, field)
  if (isWord(value, WORDS) || (options.internal && isWord(value, INTERNAL_WORDS))) return { kind: value }
  const [, digits, unit] = /^(\d{1,5})(d|mo)$/.exec(value) ?? []
  const kind = unit === 'd' ? 'days' : 'months'
  const count = Number(digits)
  if (digits === undefined || count < 1 || count > LIMITS[kind]) throw notUnderstood(value, field)
  return { kind, count }
}

function readPair(pair: unknown[], field: string): DateRange {
  const [first, last] = pair
  if (pair.length !== 2 || typeof first !== 'string' || typeof last !== 'string') throw notAPair(pair, field)
  const dates = [first, last].flatMap((text) => readDate(text) ?? [])
  if (dates.length === 2) {
    const [from, to] = dates.toSorted((a, b) => Temporal.PlainDate.compare(a, b)) as [Temporal.PlainDate, Temporal.PlainDate]
    return { kind: 'dates', from, to }
  }
  const instants = [first, last].flatMap((text) => readInstant(text) ?? [])
  if (instants.length < 2) throw notAPair(pair, field)
  const [from, to] = instants.toSorted((a, b) => a - b) as [number, number]
  return { kind: 'instants', from, to }
}

/** A date between 1970 and 2100, or undefined. */
export function readDate(text: unknown): Temporal.PlainDate | undefined {
  if (typeof text !== 'string' || !DATE.test(text)) return undefined
  try {
    const date = Temporal.PlainDate.from(text, { overflow: 'reject' })
    return date.year >= 1970 && date.year <= LAST_YEAR ? date : undefined
  } catch {
    return undefined
  }
}

function readInstant(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  try {
    const seconds = Math.floor(Temporal.Instant.from(text).epochMilliseconds / 1000)
    return seconds >= 0 && seconds < (LAST_YEAR + 1 - 1970) * 365.25 * DAY ? seconds : undefined
  } catch {
    return undefined
  }
}

/** Local days as a range. */
export function daysRange(from: Temporal.PlainDate, to: Temporal.PlainDate, timezone: string): Range {
  return { from: dayStart(from, timezone), to: dayEnd(to, timezone) }
}

/** Seconds that `realtime` and `30m` look ahead: a clock that runs behind must not hide the newest events. */
const AHEAD = 5

/** The date_range in Unix seconds. Rules: docs/definitions.md, "Date ranges". */
export function resolveRange(range: DateRange, { now, timezone, today: given, firstAt }: RangeContext): Range {
  const actual = dateOf(now, timezone)
  const today = given ?? actual
  const days = (from: Temporal.PlainDate, to: Temporal.PlainDate) => daysRange(from, to, timezone)
  const month = today.with({ day: 1 })
  switch (range.kind) {
    case 'day': {
      const whole = days(today, today)
      return today.equals(actual) ? { from: Math.min(whole.from, now), to: now } : whole
    }
    case '24h':
      return { from: now - DAY, to: now }
    case 'realtime':
      return { from: now - 5 * 60, to: now + AHEAD }
    case '30m':
      return { from: now - 30 * 60, to: now + AHEAD }
    case 'days':
      return days(today.subtract({ days: range.count }), today.subtract({ days: 1 }))
    case 'month':
      return days(month, today.with({ day: today.daysInMonth }))
    case 'months':
      return days(month.subtract({ months: range.count }), month.subtract({ days: 1 }))
    case 'year':
      return days(today.with({ month: 1, day: 1 }), today.with({ month: 12, day: 31 }))
    case 'all': {
      const first = firstAt === null ? today : dateOf(firstAt, timezone)
      return days(Temporal.PlainDate.compare(first, today) < 0 ? first : today, today)
    }
    case 'dates':
      return days(range.from, range.to)
    case 'instants':
      return { from: range.from, to: range.to }
  }
}

/** `include.trim_relative_date_range`: a month or year that is not over ends with today. */
export function trimToToday(range: Range, asked: DateRange, { now, timezone }: RangeContext): Range {
  const end = dayEnd(dateOf(now, timezone), timezone)
  return (asked.kind === 'month' || asked.kind === 'year') && range.from <= now ? { from: range.from, to: Math.min(range.to, end) } : range
}
