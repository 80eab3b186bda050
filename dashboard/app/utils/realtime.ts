import type { Realtime } from '@footfall/contract/realtime.ts'

export type LiveEvent = Realtime['events'][number]

/**
 * Events with a name each that stays the same from message to message, so that only what is new appears. Two events that
 * are alike in everything are told apart by counting from the oldest, since the list grows at its other end.
 */
export function named(events: readonly LiveEvent[]): { key: string; event: LiveEvent }[] {
  const seen = new Map<string, number>()
  return events
    .toReversed()
    .map((event) => {
      const text = JSON.stringify(event)
      const times = (seen.get(text) ?? 0) + 1
      seen.set(text, times)
      return { key: `${text}#${times}`, event }
    })
    .toReversed()
}

/** One minute as a bar; `share` (0–1) is its height against `top`, the highest line of the axis. */
export interface MinuteBar {
  ago: number
  visitors: number
  pageviews: number
  share: number
}

export function minuteBars(minutes: Realtime['minutes'], top: number): MinuteBar[] {
  return minutes.map(({ visitors, pageviews }, index) => ({ ago: minutes.length - 1 - index, visitors, pageviews, share: visitors / top }))
}

/** Rows of a list with bars, as long as their share of the largest. */
export interface BarRow {
  value: string
  visitors: number
  share: number
}

export function barRows(rows: readonly { value: string; visitors: number }[]): BarRow[] {
  const largest = Math.max(1, ...rows.map(({ visitors }) => visitors))
  return rows.map((row) => ({ ...row, share: row.visitors / largest }))
}

/** `09:15:52`, as the clocks of the site showed it. */
export const clockText = (time: string): string => time.slice(11, 19)
