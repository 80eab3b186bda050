import type { TextKey } from '../i18n/areas.ts'

/** The pages of a site, in the order of its navigation. `path` stands below the address of the site. */
export const SITE_PAGES = [
  { text: 'overview', path: '', ranged: true },
  { text: 'realtime', path: '/realtime', ranged: false },
  { text: 'funnels', path: '/funnels', ranged: true },
  { text: 'retention', path: '/retention', ranged: true },
  { text: 'journeys', path: '/journeys', ranged: true },
  { text: 'visits', path: '/visits', ranged: true },
  { text: 'notCounted', path: '/not-counted', ranged: true },
  { text: 'settings', path: '/settings', ranged: false },
] as const satisfies readonly { text: TextKey<'nav'>; path: string; ranged: boolean }[]

/** What is taken along from page to page: the range and the filters. Everything else belongs to the page that is left. */
const KEPT = ['period', 'from', 'to', 'f', 'match'] as const

type Query = Record<string, string | null | undefined | (string | null)[]>

/** Where a link of the navigation leads. */
export function sitePageLink(domain: string, page: (typeof SITE_PAGES)[number], query: Query): { path: string; query: Query } {
  const kept = page.ranged ? KEPT.filter((key) => query[key] !== undefined) : []
  return { path: `/sites/${encodeURIComponent(domain)}${page.path}`, query: Object.fromEntries(kept.map((key) => [key, query[key]])) }
}
