import type { Extra } from '../extra.ts'

/** The fields that differ between the kinds of entries; TypeScript's library does not know all of them. */
interface Entry extends PerformanceEntry {
  interactionId: number
  hadRecentInput: boolean
  value: number
  responseStart: number
}

/**
 * Measures how the page felt, and says it once, when the page is left for the first time: `web-vitals` with LCP, FCP, TTFB, INP (whole
 * milliseconds) and CLS, as far as the browser knows them. Definitions: web.dev/articles/vitals.
 */
export default ((count, hear) => {
  const url = location.href
  // Not 0 where the browser does not know: that would be the best there is.
  const props: Record<string, number> = { CLS: ((self as { LayoutShift?: unknown }).LayoutShift && 0) as number }
  /** Milliseconds by interaction. */
  const slow: Record<number, number> = {}
  // A page loaded in the background, or prerendered, kept nobody waiting: it says nothing.
  let open = !document.hidden
  let sum = 0
  let opened = 0
  let shifted = 0
  const see: Record<string, (entry: Entry, start: number) => unknown> = {
    navigation: (entry) => (props.TTFB = entry.responseStart | 0),
    // Of two: the first paint, then the first contentful one.
    paint: (_, start) => (props.FCP = start),
    'largest-contentful-paint': (_, start) => (props.LCP = start),
    // An interaction makes several events: the slowest is how long it took.
    event: ({ interactionId: id, duration }) => id && (slow[id]! > duration || (slow[id] = duration)),
    // The worst window of shifts, with less than a second between two, and five at most; without those that a click has asked for.
    'layout-shift': (entry, start) => {
      if (entry.hadRecentInput) return
      if (start - shifted > 1e3 || start - opened > 5e3) {
        sum = 0
        opened = start
      }
      shifted = start
      props.CLS = Math.max(props.CLS!, +(sum += entry.value).toFixed(4))
    },
  }
  const observer = new PerformanceObserver((list) =>
    list.getEntries().forEach((entry) => see[entry.entryType]!(entry as Entry, entry.startTime | 0)),
  )
  PerformanceObserver.supportedEntryTypes.forEach(
    (type) => see[type] && observer.observe({ type, buffered: true, durationThreshold: 1 } as PerformanceObserverInit),
  )
  hear('pagehide visibilitychange', () => {
    if (open) {
      open = false
      // One slow interaction in fifty is forgiven.
      // oxlint-disable-next-line unicorn/no-array-sort -- toSorted is younger than the browsers that this runs in
      const slowest = Object.values(slow).sort((a, b) => b - a)
      props.INP = (slowest[((performance as { interactionCount?: number }).interactionCount! / 50) | 0] ?? slowest.pop())!
      count('web-vitals', { url, props, interactive: false }, {})
    }
  })
}) satisfies Extra
