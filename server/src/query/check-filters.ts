import type { CheckFilters, SiteDirectory } from '../seams.ts'
import { checkCombination } from './checks.ts'
import { readFilters } from './filters.ts'
import { refuse } from './refuse.ts'

/** Filters that are kept as a segment must be such that a question with them is understood; a segment in a segment is not. */
export function createFilterCheck(sites: Pick<SiteDirectory, 'goals'>): CheckFilters {
  return async (site, value) => {
    const filters = readFilters(value, {
      internal: true,
      segment: () => {
        throw refuse('filters', 'A segment cannot hold another segment')
      },
    })
    if (filters.length === 0) throw refuse('filters', 'A segment needs a filter')
    checkCombination({ metrics: [], dimensions: [], filters, goals: await sites.goals(site.id) })
  }
}
