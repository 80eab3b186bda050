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

/**
 * Where the list of sites leads: the same page of the other site, under the same range. What else is in the address (filters, an opened date or
 * visit, a funnel) belongs to the site that is left.
 */
export function otherSiteLink(domain: string, { path, query }: { path: string; query: Query }): { path: string; query: Query } {
  const tail = /^\/sites\/[^/]+(\/[^/]+)$/.exec(path)?.[1]
  const page = SITE_PAGES.find((each) => each.path === tail) ?? SITE_PAGES[0]
  const { f: _filters, match: _match, ...kept } = sitePageLink(domain, page, query).query
  const shown = page.path === '' ? ['metric', 'interval', 'compare', 'tab'].filter((key) => query[key] !== undefined) : []
  return { path: sitePageLink(domain, page, query).path, query: { ...kept, ...Object.fromEntries(shown.map((key) => [key, query[key]])) } }
}
