import type { Site } from '@footfall/contract/sites.ts'
import { useState } from '#imports'
import { ref } from 'vue'
import { useApi } from './useApi.ts'

/** All sites of the installation: asked once, kept for the dropdown, asked again by `load`. */
export function useSites() {
  const api = useApi()
  const sites = useState<Site[] | null>('sites', () => null)
  const error = ref<Error | null>(null)

  async function load(): Promise<void> {
    error.value = null
    try {
      const list = await api.sites()
      sites.value = list.toSorted((a, b) => a.domain.localeCompare(b.domain))
    } catch (failure) {
      error.value = failure as Error
    }
  }
  /** A site as it is after a change. */
  function put(changed: Site): void {
    sites.value = sites.value?.map((site) => (site.id === changed.id ? changed : site)) ?? null
  }
  if (sites.value === null) void load()
  return { sites, error, load, put }
}
