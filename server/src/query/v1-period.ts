import { readDate } from './ranges.ts'
import { refuse, shown } from './refuse.ts'

export type Dates = [from: Temporal.PlainDate, to: Temporal.PlainDate]

/**
 * Periods of v1. Unlike today's ranges they hold the date itself, and months go to their end. 30d is what Plausible takes for it:
 * the date and the 30 days before.
 */
const PERIODS: Record<string, (date: Temporal.PlainDate) => Dates> = {
  day: (date) => [date, date],
  '7d': (date) => [date.subtract({ days: 6 }), date],
  '30d': (date) => [date.subtract({ days: 30 }), date],
  month: (date) => months(date, 1),
  '6mo': (date) => months(date, 6),
  '12mo': (date) => months(date, 12),
}
const NAMES = [...Object.keys(PERIODS), 'custom'].join(', ')

function months(date: Temporal.PlainDate, count: number): Dates {
  const first = date.with({ day: 1 })
  return [first.subtract({ months: count - 1 }), first.add({ months: 1 }).subtract({ days: 1 })]
}

/**
 * The dates of a v1 question.
 *
 * @param today in the zone of the site
 * @throws AppError invalid_query
 */
export function readPeriod({ period = '30d', date }: { period?: string; date?: string }, today: Temporal.PlainDate): Dates {
  if (period === 'custom') {
    const [from, to, more] = (date ?? '').split(',').map((text) => readDate(text.trim()))
    if (!from || !to || more !== undefined)
      throw refuse(
        'date',
        `With period custom, date must be two days with a comma between, as in 2026-01-01,2026-01-31, not ${shown(date)}`,
      )
    return Temporal.PlainDate.compare(from, to) <= 0 ? [from, to] : [to, from]
  }
  const dates = Object.hasOwn(PERIODS, period) ? PERIODS[period] : undefined
  if (!dates) throw refuse('period', `period must be one of ${NAMES}, not ${shown(period)}`)
  const day = date === undefined || date === 'today' ? today : readDate(date.trim())
  if (!day) throw refuse('date', `date must be a day, as in 2026-01-31, not ${shown(date)}`)
  return dates(day)
}
