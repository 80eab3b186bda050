import type { Site } from '@footfall/contract/sites.ts'
import { useRoute, useRouter } from '#imports'
import { computed, inject, provide, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { clockIn } from '../utils/dates.ts'
import { toggle, type Condition } from '../utils/filters.ts'
import { besideView, readView, stepBack, writeView, type View } from '../utils/view.ts'
import { useGuest } from './useGuest.ts'
import { usePolling } from './usePolling.ts'
import { useShortcuts } from './useShortcuts.ts'

/** What the parts of a site's page share: the site, the view in the address, the site's clock. */
export interface SiteView {
  site: ComputedRef<Site>
  /** Whoever looks may change nothing: a shared dashboard. */
  readOnly: boolean
  view: ComputedRef<View>
  /** What the clocks of the site show. */
  clock: Ref<{ day: string; hour: number; minute: number }>
  /** Counts up when the numbers should be asked again quietly. */
  tick: Ref<number>
  /** Changes the view. Pushed to the history, so that the browser's back undoes it; `replace` where nobody would want to go back to it. */
  change(patch: Partial<View>, how?: 'push' | 'replace'): void
  /** Adds a filter, or takes it away again. */
  filter(condition: Condition, patch?: Partial<View>): void
}

const KEY: InjectionKey<SiteView> = Symbol('site view')
const REFRESH_SECONDS = 30

export function provideSiteView(site: ComputedRef<Site>): SiteView {
  const route = useRoute()
  const router = useRouter()
  const view = computed(() => readView(route.query))
  const clock = ref(clockIn(site.value.timezone, new Date()))
  const tick = ref(0)
  usePolling(
    () => {
      clock.value = clockIn(site.value.timezone, new Date())
      tick.value += 1
    },
    REFRESH_SECONDS,
    { atOnce: false },
  )

  function change(patch: Partial<View>, how: 'push' | 'replace' = 'push'): void {
    void router[how]({ path: route.path, query: { ...besideView(route.query), ...writeView({ ...view.value, ...patch }) } })
  }
  const shared: SiteView = {
    site,
    readOnly: useGuest() !== null,
    view,
    clock,
    tick,
    change,
    filter: (condition, patch) => change({ ...patch, filters: toggle(view.value.filters, condition) }),
  }
  provide(KEY, shared)
  useShortcuts((key) => {
    const patch = key === 'escape' ? stepBack(view.value) : null
    if (patch) change(patch)
  })
  return shared
}

export function useSiteView(): SiteView {
  const shared = inject(KEY)
  if (!shared) throw new Error('useSiteView needs a component that called provideSiteView above it')
  return shared
}
