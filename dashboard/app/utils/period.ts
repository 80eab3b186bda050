import type { TextKey } from '../i18n/areas.ts'
import { addDays, addMonths, daysIn, endOfMonth, isDay, startOfMonth, type Day } from './dates.ts'

/** Ranges offered by name. `days` and `of` say what they mean; `ask` is what the Stats API is asked where it knows the name. */
export const PERIODS = [
  { key: 'today', text: 'today', shortcut: 'D' },
  { key: 'yesterday', text: 'yesterday', shortcut: 'E' },
  { key: '24h', text: 'last24Hours', shortcut: 'H' },
  { key: '7d', text: 'last7Days', shortcut: 'W' },
  { key: '28d', text: 'last28Days', shortcut: 'F' },
  { key: '30d', text: 'last30Days', shortcut: 'T' },
  { key: '91d', text: 'last91Days', shortcut: 'N' },
  { key: 'month', text: 'monthToDate', shortcut: 'M' },
  { key: 'last_month', text: 'lastMonth', shortcut: 'P' },
  { key: '12mo', text: 'last12Months', shortcut: 'L' },
  { key: 'year', text: 'yearToDate', shortcut: 'Y' },
  { key: 'all', text: 'allTime', shortcut: 'A' },
] as const satisfies readonly { key: string; text: TextKey<'site'>; shortcut: string }[]

export type PeriodKey = (typeof PERIODS)[number]['key']
export type Period = { key: PeriodKey } | { key: 'custom'; from: Day; to: Day }
export const DEFAULT_PERIOD: Period = { key: '28d' }

export const isPeriodKey = (text: unknown): text is PeriodKey => PERIODS.some((period) => period.key === text)

/** First and last day of a period, or null where only the server knows (`24h`, `all`). Meanings: docs/definitions.md. */
export function daysOf(period: Period, today: Day): { from: Day; to: Day } | null {
  switch (period.key) {
    case 'custom':
      return { from: period.from, to: period.to }
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case '7d':
    case '28d':
    case '30d':
    case '91d':
      return { from: addDays(today, -Number.parseInt(period.key, 10)), to: addDays(today, -1) }
    case 'month':
      return { from: startOfMonth(today), to: today }
    case 'last_month':
      return { from: addMonths(startOfMonth(today), -1), to: addDays(startOfMonth(today), -1) }
    case '12mo':
      return { from: addMonths(startOfMonth(today), -12), to: addDays(startOfMonth(today), -1) }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today }
    case '24h':
    case 'all':
      return null
  }
}

/** `date_range` of the Stats API. Names are sent where the API has them, so that a page left open moves on at midnight. */
export function dateRangeOf(period: Period, today: Day): string | [string, string] {
  if (period.key === 'today') return 'day'
  const days = daysOf(period, today)
  if (days === null || ['7d', '28d', '30d', '91d', '12mo'].includes(period.key)) return period.key
  return [days.from, days.to]
}

/** A range by its days, under its name where it has a short one. */
export function periodFor(from: Day, to: Day, today: Day): Period {
  const named = (['today', 'yesterday', 'last_month', 'month', 'year'] as const).find((key) => {
    const days = daysOf({ key }, today)
    return days?.from === from && days.to === to
  })
  return named === undefined ? { key: 'custom', from, to } : { key: named }
}

/**
 * The period before (-1) or after (+1): whole months and years move by months and years, anything else by its own length.
 * Null where there is none: open-ended ranges, and the future.
 */
export function neighbour(period: Period, step: -1 | 1, today: Day): Period | null {
  const days = daysOf(period, today)
  if (days === null) return null
  const { from, to } = days
  const months = wholeMonths(from, to, today)
  const start = months > 0 ? addMonths(from, step * months) : addDays(from, step * daysIn(from, to))
  if (start > today) return null
  const end = months > 0 ? endOfMonth(addMonths(start, months - 1)) : addDays(start, daysIn(from, to) - 1)
  return periodFor(start, end > today ? today : end, today)
}

/** Number of months a range fills from a first to a last day (or to today), 0 if it does not. A year to date counts as 12. */
function wholeMonths(from: Day, to: Day, today: Day): number {
  if (from !== startOfMonth(from) || (to !== endOfMonth(to) && to !== today) || from === to) return 0
  if (from.endsWith('-01-01') && to === today && to.slice(0, 4) === from.slice(0, 4) && to.slice(5, 7) !== '01') return 12
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1
}

/** Reads a period from the address; null where it says nothing that makes sense. */
export function parsePeriod(key: unknown, from: unknown, to: unknown): Period | null {
  if (isPeriodKey(key)) return { key }
  if (key !== 'custom' || !isDay(from) || !isDay(to)) return null
  return from <= to ? { key, from, to } : { key, from: to, to: from }
}
