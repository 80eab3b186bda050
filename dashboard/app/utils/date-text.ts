import type { Say } from '../i18n/areas.ts'
import { endOfMonth, startOfMonth, type Day } from './dates.ts'
import type { Interval } from './interval.ts'
import { PERIODS, type Period } from './period.ts'
import type { Zoom } from './zoom.ts'

type Options = Intl.DateTimeFormatOptions

// Days and labels are wall-clock texts of the site: read and written as if they were UTC, no zone can move them.
const write = (label: string, locale: string, options: Options) =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(
    new Date(`${label.replace(' ', 'T').padEnd(11, 'T').padEnd(19, '00:00:00')}Z`),
  )

/** `Thursday, 5 March 2026`, or with `short` `5 Mar 2026`. */
export const dayText = (day: Day, locale = 'en-GB', short = false): string =>
  write(
    day,
    locale,
    short ? { day: 'numeric', month: 'short', year: 'numeric' } : { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  )

/** `1 – 5 Mar 2026`; a whole month by its name. */
export function daysText(from: Day, to: Day, locale = 'en-GB'): string {
  if (from === to) return write(from, locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  if (from === startOfMonth(from) && to === endOfMonth(from)) return write(from, locale, { month: 'long', year: 'numeric' })
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))
}

/** What the button of the range says. */
export function periodText(period: Period, locale: string, t: Say<'site'>): string {
  if (period.key === 'custom') return daysText(period.from, period.to, locale)
  const named = PERIODS.find(({ key }) => key === period.key)
  return named ? t(named.text) : ''
}

/** A stretch of the graph: days, or times of a day such as `5 Mar 2026, 09:00 – 12:59`. */
export function zoomText({ from, to }: Zoom, locale: string): string {
  const [day, start] = from.split('T') as [Day, string | undefined]
  const [last, end] = to.split('T') as [Day, string | undefined]
  if (!start || !end) return daysText(day, last, locale)
  return day === last
    ? `${dayText(day, locale, true)}, ${start} – ${end}`
    : `${dayText(day, locale, true)}, ${start} – ${dayText(last, locale, true)}, ${end}`
}

const AXIS: Record<Interval, Options> = {
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  hour: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: '2-digit' },
}
const FULL: Record<Interval, Options> = {
  minute: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  week: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
}

/** A bucket under the axis. */
export const axisText = (label: string, interval: Interval, locale: string): string => write(label, locale, AXIS[interval])

/** A bucket in the tooltip and for screen readers. */
export function bucketText(label: string, interval: Interval, locale: string, t: Say<'site'>): string {
  const text = write(label, locale, FULL[interval])
  return interval === 'week' ? t('weekOf', { day: text }) : text
}
