import { isDay, type Day } from './dates.ts'
import { bucketDays, type Interval } from './interval.ts'

/** A stretch of the graph that was zoomed into: two days, or two minutes `YYYY-MM-DDTHH:MM` of the site's clock. Both ends belong to it. */
export interface Zoom {
  from: string
  to: string
}

const FORM = /^(\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d)?$/
const dayOf = (text: string): Day | null => {
  const day = FORM.exec(text)?.[1]
  return isDay(day) ? day : null
}

/** Reads `FROM..TO` of the address; null for anything else. */
export function readZoom(text: string | undefined): Zoom | null {
  const [from, to, more] = (text ?? '').split('..')
  if (!from || !to || more !== undefined || from.length !== to.length || from > to) return null
  return dayOf(from) && dayOf(to) ? { from, to } : null
}
export const writeZoom = ({ from, to }: Zoom): string => `${from}..${to}`

/** Whether a zoom has times, not only days. */
export const hasTimes = ({ from }: Zoom): boolean => from.includes('T')
export const zoomDays = ({ from, to }: Zoom): { from: Day; to: Day } => ({ from: from.slice(0, 10), to: to.slice(0, 10) })

/** Length in days; of times a part of one. */
export const zoomLength = ({ from, to }: Zoom): number =>
  from.includes('T')
    ? (Date.parse(`${to}:00Z`) - Date.parse(`${from}:00Z`) + 60_000) / 86_400_000
    : (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000 + 1

/** The stretch from one bucket of the graph to another, both with all they hold. */
export function zoomFor(first: string, last: string, interval: Interval, range: { from: Day; to: Day }): Zoom {
  if (interval !== 'hour' && interval !== 'minute')
    return { from: bucketDays(first, interval, range).from, to: bucketDays(last, interval, range).to }
  const minute = (label: string) => label.slice(0, 16).replace(' ', 'T')
  return { from: minute(first), to: interval === 'minute' ? minute(last) : `${minute(last).slice(0, 14)}59` }
}
