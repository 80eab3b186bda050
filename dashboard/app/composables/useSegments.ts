import type { Segment } from '@footfall/contract/sites.ts'
import { useState } from '#imports'
import { computed, ref } from 'vue'
import { SEGMENT } from '../utils/filters.ts'
import { useApi } from './useApi.ts'
import { useSiteView } from './useSiteView.ts'

/** The segments of the site: asked when one is to be named or chosen, then kept for the site's other parts. */
export function useSegments() {
  const api = useApi()
  const { site, view, change } = useSiteView()
  const kept = useState<{ domain: string; list: Segment[] } | null>('segments', () => null)
  const error = ref<Error | null>(null)
  const list = computed(() => (kept.value?.domain === site.value.domain ? kept.value.list : null))

  async function load(): Promise<void> {
    const { domain } = site.value
    try {
      kept.value = { domain, list: (await api.segments(domain)).toSorted((a, b) => a.name.localeCompare(b.name)) }
      error.value = null
    } catch (failure) {
      error.value = failure as Error
    }
  }
  /** Deletes it, and takes it out of the filters that are shown. */
  async function remove(id: number): Promise<void> {
    await api.deleteSegment(site.value.domain, id)
    await load()
    const filters = view.value.filters.filter(({ dimension, values }) => dimension !== SEGMENT || !values.includes(String(id)))
    if (filters.length < view.value.filters.length) change({ filters })
  }
  return {
    list,
    error,
    load,
    remove,
    async add(name: string, filters: unknown[]): Promise<Segment> {
      const made = await api.addSegment(site.value.domain, { name, filters })
      await load()
      return made
    },
    async rename(id: number, name: string): Promise<void> {
      await api.changeSegment(site.value.domain, id, { name })
      await load()
    },
    nameOf: (id: string) => list.value?.find((each) => String(each.id) === id)?.name,
  }
}
