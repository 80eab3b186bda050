import type { Site } from '@footfall/contract/sites.ts'
import { computed } from 'vue'
import { clockIn } from '../utils/dates.ts'
import { toPoints } from '../utils/series.ts'
import { useStats } from './useStats.ts'

/** What the overview shows of one site: its visitors of the last 7 days and their line. */
export function useSiteSummary(site: () => Site) {
  const line = useStats(() => ({
    site_id: site().domain,
    metrics: ['visitors'],
    date_range: '7d',
    dimensions: ['time:day'],
    include: { time_labels: true },
  }))
  const total = useStats(() => ({
    site_id: site().domain,
    metrics: ['visitors'],
    date_range: '7d',
    include: { comparisons: { mode: 'previous_period' } },
  }))
  return {
    error: line.error,
    values: computed(
      () => line.data.value && toPoints(line.data.value, 'visitors', 'day', clockIn(site().timezone, new Date())).map(({ value }) => value),
    ),
    visitors: computed(() => total.data.value && Number(total.data.value.results[0]?.metrics[0] ?? 0)),
    change: computed(() => total.data.value?.results[0]?.comparison?.change[0] ?? null),
  }
}
