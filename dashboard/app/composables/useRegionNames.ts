import { useState } from '#imports'
import { markRaw } from 'vue'
import { countryOfRegion, type RegionNames } from '../utils/values.ts'
import { useApi } from './useApi.ts'

/**
 * Names of regions by code, for all parts of the page. The first look at a region of a country asks for all names of that country,
 * together with the other countries that are looked at in the same moment; until they are there a region has none.
 */
export function useRegionNames(): RegionNames {
  const api = useApi()
  const names = useState<Record<string, string>>('region-names', () => ({}))
  const { asked, next } = useState('region-countries', () => markRaw({ asked: new Set<string>(), next: new Set<string>() })).value

  async function load(): Promise<void> {
    const countries = [...next]
    next.clear()
    try {
      names.value = { ...names.value, ...(await api.regions(countries)).regions }
    } catch {
      // Codes stand in for names; the next look asks again.
      for (const country of countries) asked.delete(country)
    }
  }
  return (code) => {
    const country = countryOfRegion(code)
    if (country !== null && !asked.has(country)) {
      asked.add(country)
      if (next.size === 0) queueMicrotask(load)
      next.add(country)
    }
    return names.value[code]
  }
}
