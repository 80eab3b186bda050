import type { NewLink, SharedDashboard } from '@footfall/contract/sharing.ts'
import type { Site } from '@footfall/contract/sites.ts'
import { oneOf, type Query } from './address.ts'
import { entriesOf } from './shields.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** How a shared dashboard is to look: in a frame of another page it has no header, and may take over that page's theme and background. */
export interface Look {
  embed: boolean
  theme: Theme
  /** A CSS colour; null is the dashboard's own. */
  background: string | null
}

/** Colours as people write them: `transparent`, a name, `#fff`, `fff` (a # in an address would end it), `rgb(0 0 0 / 50%)`. */
const HEX = /^#?([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i
const OTHER = /^([a-z]{3,24}|(rgb|hsl)a?\([\d\s.,%/]{1,40}\))$/i

/** The colour, if it is one: anything else would be written into the page's styles. */
export function colorOf(text: string | undefined): string | null {
  const hex = HEX.exec(text ?? '')?.[1]
  if (hex !== undefined) return `#${hex}`
  return text !== undefined && OTHER.test(text) ? text : null
}

/** What the address asks for. Theme and background count only in a frame. */
export function lookOf(query: Query): Look {
  const embed = oneOf(query.embed) === 'true'
  const asked = THEMES.find((theme) => theme === oneOf(query.theme))
  return { embed, theme: (embed && asked) || 'system', background: embed ? (colorOf(oneOf(query.background)) ?? 'transparent') : null }
}

/** A piece of HTML that shows a link's dashboard inside another page. */
export function frameFor(link: { url: string; name: string }, theme: Theme): string {
  const title = link.name.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<iframe src="${link.url}?embed=true&amp;theme=${theme}" title="${title}" loading="lazy" style="width: 100%; height: 1600px; border: 0"></iframe>`
}

/** The site as far as a guest may know it. */
export const sharedSite = ({ domain, timezone }: NonNullable<SharedDashboard['site']>): Site => ({
  id: 0,
  domain,
  timezone,
  tracker: {},
  shields: {},
  ingest_rate_limit: null,
  respect_dnt: false,
  drop_data_centers: false,
  keep_months: null,
  allowed_props: null,
  public: false,
  created_at: '',
})

/** What the form of a new link asks the server to make; segment 0 is everything. */
export const newLink = (form: { name: string; password: string; segment: number }): NewLink => ({
  name: form.name.trim(),
  ...(form.password !== '' && { password: form.password }),
  ...(form.segment > 0 && { segment: form.segment }),
})

/** Who may embed a link's dashboard, as a person chooses it. */
export const EMBEDDING = [
  { value: 'anywhere', label: 'anywhere' },
  { value: 'these', label: 'theseOrigins' },
  { value: 'nowhere', label: 'nowhere' },
] as const
export interface EmbeddingForm {
  who: (typeof EMBEDDING)[number]['value']
  /** One origin a line, for `these`. */
  origins: string
}

export const embeddingForm = (origins: readonly string[] | null): EmbeddingForm => ({
  who: origins === null ? 'anywhere' : origins.length === 0 ? 'nowhere' : 'these',
  origins: (origins ?? []).join('\n'),
})

/** What the server is told: null is every page, an empty list is none. People paste whole addresses: what stands behind the host is cut. */
export function embedOrigins({ who, origins }: EmbeddingForm): string[] | null {
  if (who === 'anywhere') return null
  if (who === 'nowhere') return []
  return entriesOf(origins)
    .map((entry) => (/^https?:/i.test(entry) ? entry : `https://${entry}`))
    .map((address) => /^(https?:\/\/[^/\s]+)\//i.exec(address)?.[1] ?? address)
}
