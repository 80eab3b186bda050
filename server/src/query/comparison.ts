import { dateOf, dayEnd, dayStart } from '../lib/zone.ts'
import { type DateRange, type Range, type RangeContext, daysRange, readDateRange } from './ranges.ts'
import { isObject, onlyKeys, refuse, shown } from './refuse.ts'

export type ComparisonWish =
  | { mode: 'previous_period' | 'year_over_year'; matchWeekday: boolean }
  | { mode: 'custom'; matchWeekday: boolean; dates: DateRange & { kind: 'dates' | 'instants' } }

const MODES = ['previous_period', 'year_over_year', 'custom']

/** Checks `include.comparisons`. */
export function readComparison(value: unknown): ComparisonWish {
  const field = 'include.comparisons'
  if (!isObject(value)) throw refuse(field, `${field} must be an object, as in {"mode": "previous_period"}`)
  onlyKeys(value, ['mode', 'match_day_of_week', 'date_range'], field)
  const { mode, match_day_of_week: matchWeekday = false, date_range: dates } = value
  if (typeof matchWeekday !== 'boolean') throw refuse(field, `${field}.match_day_of_week must be true or false`)
  if (mode === 'custom') {
    const range = Array.isArray(dates) ? readDateRange(dates, { internal: false, field: `${field}.date_range` }) : undefined
    if (range?.kind !== 'dates' && range?.kind !== 'instants')
      throw refuse(field, `With mode custom, ${field}.date_range must be a pair of dates, as in ["2026-01-01", "2026-01-31"]`)
    return { mode, matchWeekday, dates: range }
  }
  if (mode !== 'previous_period' && mode !== 'year_over_year')
    throw refuse(field, `${field}.mode must be one of ${MODES.join(', ')}${mode === undefined ? '' : `, not ${shown(mode)}`}`)
  if (dates !== undefined) throw refuse(field, `${field}.date_range goes with mode custom only`)
  return { mode, matchWeekday }
}

const laterOf = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) > 0 ? a : b)
const earlierOf = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? a : b)

/** A range that is not made of local days (24h, realtime, timestamps) has no dates to move; it moves by seconds. */
function isOfDays(range: Range, asked: DateRange, timezone: string): boolean {
  if (asked.kind === 'instants') {
    return range.from === dayStart(dateOf(range.from, timezone), timezone) && range.to === dayEnd(dateOf(range.to, timezone), timezone)
  }
  return asked.kind !== '24h' && asked.kind !== 'realtime' && asked.kind !== '30m'
}

function movedBySeconds({ from, to }: Range, mode: 'previous_period' | 'year_over_year', timezone: string): Range {
  if (mode === 'previous_period') return { from: from - (to - from) - 1, to: from - 1 }
  const start = Temporal.Instant.fromEpochMilliseconds(from * 1000)
    .toZonedDateTimeISO(timezone)
    .subtract({ years: 1 })
  const moved = Math.floor(start.epochMilliseconds / 1000)
  return { from: moved, to: moved + (to - from) }
}

/**
 * The range to compare with. The source is first cut to today; both have the same number of days.
 * With `match_day_of_week` the start moves to the weekday of the source: forward, or backward where that would be the source itself.
 */
export function comparisonRange(wish: ComparisonWish, range: Range, asked: DateRange, context: RangeContext): Range {
  const { timezone } = context
  if (wish.mode === 'custom') {
    return wish.dates.kind === 'dates' ? daysRange(wish.dates.from, wish.dates.to, timezone) : { from: wish.dates.from, to: wish.dates.to }
  }
  if (!isOfDays(range, asked, timezone)) return movedBySeconds(range, wish.mode, timezone)

  const first = dateOf(range.from, timezone)
  const today = dateOf(context.now, timezone)
  const last = laterOf(first, earlierOf(dateOf(range.to, timezone), today))
  const days = first.until(last, { largestUnit: 'days' }).days + 1
  let start = wish.mode === 'previous_period' ? first.subtract({ days }) : first.subtract({ years: 1 })
  if (wish.matchWeekday && start.dayOfWeek !== first.dayOfWeek) {
    const forward = (first.dayOfWeek - start.dayOfWeek + 7) % 7
    const moved = start.add({ days: forward })
    start = moved.equals(first) ? moved.subtract({ days: 7 }) : moved
  }
  return daysRange(start, start.add({ days: days - 1 }), timezone)
}
