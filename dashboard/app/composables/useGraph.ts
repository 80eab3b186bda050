import { computed } from 'vue'
import { bucketDays, INTERVALS, intervalsFor, type Interval } from '../utils/interval.ts'
import { daysShown, seriesQuestion, shownInterval, shownLength, totalsQuestion } from '../utils/questions.ts'
import { toPoints, type Point } from '../utils/series.ts'
import { isTopMetric, topMetric } from '../utils/top-metrics.ts'
import { zoomFor } from '../utils/zoom.ts'
import { useSiteView } from './useSiteView.ts'
import { useStats } from './useStats.ts'

/** The numbers at the top of a site's page and the line below them: what is asked, what is drawn, and what a click or a drag does. */
export function useGraph() {
  const { site, view, clock, tick, change } = useSiteView()
  const totals = useStats(() => totalsQuestion(site.value, view.value, clock.value.day), tick)

  /** Days of the range; of an open-ended one as the server's answer to the totals says. */
  const days = computed(() => {
    const known = daysShown(view.value, clock.value.day)
    const [from, to] = totals.data.value?.query.date_range ?? []
    return known ?? (from && to && !totals.pending.value ? { from: from.slice(0, 10), to: to.slice(0, 10) } : null)
  })
  const length = computed(() => shownLength(view.value, days.value))
  const series = useStats(
    () => (length.value === null ? null : seriesQuestion(site.value, view.value, clock.value.day, shownInterval(view.value, length.value))),
    tick,
  )

  // Drawn is what the answer speaks of, not what was just asked: else old points would stand under new words for a moment.
  const drawn = computed(() => {
    const query = series.data.value?.query
    const interval = query?.dimensions[0]?.replace('time:', '') as Interval
    const metric = query?.metrics[0]
    if (!query || !series.data.value || !isTopMetric(metric) || !INTERVALS.includes(interval)) return null
    const range = { from: query.date_range[0].slice(0, 10), to: query.date_range[1].slice(0, 10) }
    return { range, graph: { interval, metric: topMetric(metric), points: toPoints(series.data.value, metric, interval, clock.value) } }
  })

  /** Opens a point: its day, week or month; an hour within its day, and of a longer range first that day. */
  function open(point: Point): void {
    if (!drawn.value) return
    const { range, graph } = drawn.value
    const timed = graph.interval === 'hour' || graph.interval === 'minute'
    const hour = timed && range.from === range.to ? Number(point.label.slice(11, 13)) : null
    change({ drill: { ...bucketDays(point.label, graph.interval, range), hour }, interval: null })
  }

  /** Shows the stretch from one point to another, larger. */
  function zoom(first: Point, last: Point): void {
    if (!drawn.value) return
    const { range, graph } = drawn.value
    change({ zoom: zoomFor(first.label, last.label, graph.interval, range), drill: null, interval: null })
  }

  return {
    totals,
    pending: series.pending,
    drawn,
    intervals: computed(() => (length.value === null ? [] : intervalsFor(length.value))),
    /** Label of the hour that is open in its day. */
    marked: computed(() => {
      const { drill } = view.value
      return drill?.hour == null ? null : `${drill.from} ${String(drill.hour).padStart(2, '0')}:00:00`
    }),
    failure: computed(() => series.error.value ?? totals.error.value),
    retry: () => Promise.all([totals.retry(), series.retry()]),
    open,
    zoom,
  }
}
