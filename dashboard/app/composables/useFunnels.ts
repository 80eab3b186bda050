import type { Site } from '@footfall/contract/sites.ts'
import { useRoute, useRouter } from '#imports'
import { computed } from 'vue'
import { readFunnelView, writeFunnelView, type FunnelView } from '../utils/funnel.ts'
import { useAnswer } from './useAnswer.ts'
import { useApi } from './useApi.ts'

const OWN = ['funnel', 'step', 'within', 'by']

/** The stored funnels of a site, and which funnel the address shows. */
export function useFunnels(site: Site) {
  const api = useApi()
  const route = useRoute()
  const router = useRouter()
  const list = useAnswer((signal) => api.funnels(site.domain, signal))
  const asked = computed(() => readFunnelView(route.query))
  /** With nothing chosen the first stored one, so that the page is not empty when there is something to see. */
  const view = computed<FunnelView>(() => {
    const first = list.data.value?.[0]?.id ?? null
    return asked.value.steps === null && asked.value.stored === null ? { ...asked.value, stored: first } : asked.value
  })
  const chosen = computed(() => (view.value.steps ? undefined : list.data.value?.find(({ id }) => id === view.value.stored)))

  function change(patch: Partial<FunnelView>, how: 'push' | 'replace' = 'push'): void {
    const others = Object.fromEntries(Object.entries(route.query).filter(([key]) => !OWN.includes(key)))
    void router[how]({ path: route.path, query: { ...others, ...writeFunnelView({ ...view.value, ...patch }) } })
  }
  return { list, view, chosen, change }
}
