import { useRoute, useRouter } from '#imports'
import { computed } from 'vue'
import type { Query } from '../utils/address.ts'
import { daysIn } from '../utils/dates.ts'
import { toFilters } from '../utils/filters.ts'
import { dateRangeOf, daysOf } from '../utils/period.ts'
import { useSiteView } from './useSiteView.ts'

/** What every report asks with (site, range, filters), and the state of its own that it keeps in the address beside them. */
export function useReport() {
  const route = useRoute()
  const router = useRouter()
  const { site, view, clock } = useSiteView()
  const days = computed(() => daysOf(view.value.period, clock.value.day))
  return {
    /** Site, range and filters, in the form of the API. */
    asked: computed(() => ({
      site_id: site.value.domain,
      date_range: dateRangeOf(view.value.period, clock.value.day),
      filters: toFilters(view.value.filters, view.value.any),
    })),
    /** Days of the range; null where only the server knows. */
    length: computed(() => (view.value.period.key === '24h' ? 1 : days.value && daysIn(days.value.from, days.value.to))),
    own: computed<Query>(() => route.query),
    /** Changes parameters of the address; `undefined` takes one away. */
    set(patch: Query, how: 'push' | 'replace' = 'push'): void {
      const query = Object.entries({ ...route.query, ...patch }).filter(([, value]) => value !== undefined)
      void router[how]({ path: route.path, query: Object.fromEntries(query) })
    },
  }
}
