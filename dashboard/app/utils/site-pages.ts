import type { TextKey } from '../i18n/areas.ts'

/**
 * The pages of a site, in the order of its navigation. `path` stands below the address of the site, `shortcut` is pressed after G.
 * `guests` are those that a shared dashboard has: numbers, no single visits, nothing to change.
 */
export const SITE_PAGES = [
  { text: 'overview', path: '', ranged: true, guests: true, shortcut: 'O' },
  { text: 'realtime', path: '/realtime', ranged: false, guests: true, shortcut: 'R' },
  { text: 'funnels', path: '/funnels', ranged: true, guests: true, shortcut: 'F' },
  { text: 'retention', path: '/retention', ranged: true, guests: true, shortcut: 'T' },
  { text: 'journeys', path: '/journeys', ranged: true, guests: true, shortcut: 'J' },
  { text: 'visits', path: '/visits', ranged: true, guests: false, shortcut: 'V' },
  { text: 'notCounted', path: '/not-counted', ranged: true, guests: false, shortcut: 'N' },
  { text: 'settings', path: '/settings', ranged: false, guests: false, shortcut: 'S' },
] as const satisfies readonly { text: TextKey<'nav'>; path: string; ranged: boolean; guests: boolean; shortcut: string }[]
type SitePage = (typeof SITE_PAGES)[number]

/** The pages that somebody may see. */
export const sitePages = (guest: boolean): readonly SitePage[] => SITE_PAGES.filter(({ guests }) => guests || !guest)

/** Where a site's own page is, below which the others are. */
export const siteHome = (domain: string): string => `/sites/${encodeURIComponent(domain)}`
/** The same for a guest of a shared dashboard; `name` is the token of the link, or the domain of a public site. */
export const shareHome = (name: string): string => `/share/${encodeURIComponent(name)}`

/** What is taken along from page to page: the range and the filters. Everything else belongs to the page that is left. */
const KEPT = ['period', 'from', 'to', 'f', 'match'] as const

type Query = Record<string, string | null | undefined | (string | null)[]>

/** How the page of a guest looks inside a frame (utils/share.ts): the frame's, not the page's. */
const LOOK = ['embed', 'theme', 'background'] as const

/** Where a link of the navigation leads. */
export function sitePageLink(home: string, page: SitePage, query: Query): { path: string; query: Query } {
  const kept = [...(page.ranged ? KEPT : []), ...LOOK].filter((key) => query[key] !== undefined)
  return { path: home + page.path, query: Object.fromEntries(kept.map((key) => [key, query[key]])) }
}

/**
 * Where the list of sites leads: the same page of the other site, under the same range. What else is in the address (filters, an opened date or
 * visit, a funnel) belongs to the site that is left.
 */
export function otherSiteLink(domain: string, { path, query }: { path: string; query: Query }): { path: string; query: Query } {
  const tail = /^\/sites\/[^/]+(\/[^/]+)$/.exec(path)?.[1]
  const page = SITE_PAGES.find((each) => each.path === tail) ?? SITE_PAGES[0]
  const link = sitePageLink(siteHome(domain), page, query)
  const { f: _filters, match: _match, ...kept } = link.query
  const shown = page.path === '' ? ['metric', 'interval', 'compare', 'tab'].filter((key) => query[key] !== undefined) : []
  return { path: link.path, query: { ...kept, ...Object.fromEntries(shown.map((key) => [key, query[key]])) } }
}
