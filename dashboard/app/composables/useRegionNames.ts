import { useState } from '#imports'
import { markRaw } from 'vue'
import { countryOfRegion, isCity, type RegionNames } from '../utils/values.ts'
import { useApi } from './useApi.ts'

/** The server answers so many at once. */
const AT_ONCE = 300

/**
 * Names of regions by code and of cities by number, for all parts of the page. The first look at a region of a country asks for all names of
 * that country, and at a city for its own, together with all that are looked at in the same moment; until they are there there is no name.
 */
export function useRegionNames(): RegionNames {
  const api = useApi()
  const names = useState<Record<string, string>>('region-names', () => ({}))
  const { asked, next } = useState('region-countries', () => markRaw({ asked: new Set<string>(), next: new Set<string>() })).value

  async function ask(keys: string[], load: (some: string[]) => Promise<Record<string, string>>): Promise<void> {
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const some = keys.slice(at, at + AT_ONCE)
      try {
        const found = await load(some)
        names.value = { ...names.value, ...found }
      } catch {
        // Codes stand in for names; the next look asks again.
        for (const key of some) asked.delete(key)
      }
    }
  }
  function load(): void {
    const all = [...next]
    next.clear()
    void ask(
      all.filter((key) => !isCity(key)),
      async (some) => (await api.regions(some)).regions,
    )
    void ask(all.filter(isCity), async (some) => (await api.cities(some)).cities)
  }
  return (code) => {
    const key = isCity(code) ? code : countryOfRegion(code)
    if (key !== null && !asked.has(key)) {
      asked.add(key)
      if (next.size === 0) queueMicrotask(load)
      next.add(key)
    }
    return names.value[code]
  }
}
