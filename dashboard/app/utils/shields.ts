import type { Site, SitePatch } from '@footfall/contract/sites.ts'

/** What the form about refused visits holds: lists as people type them, one entry a line. */
export interface ShieldsForm {
  ip: string
  page: string
  hostname: string
  country: string[]
  respect_dnt: boolean
  drop_data_centers: boolean
}

/** The entries of a text; commas and blank lines come with pasted lists. */
export const entriesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

/** The form for a site as it is. */
export const shieldsForm = ({ shields, respect_dnt, drop_data_centers }: Site): ShieldsForm => ({
  ip: (shields.ip ?? []).join('\n'),
  page: (shields.page ?? []).join('\n'),
  hostname: (shields.hostname ?? []).join('\n'),
  country: [...(shields.country ?? [])],
  respect_dnt,
  drop_data_centers,
})

/** What the form changes. An empty list is left out: it would read like a list of hosts that lets nothing through. */
export function shieldsPatch(form: ShieldsForm): Required<Pick<SitePatch, 'shields' | 'respect_dnt' | 'drop_data_centers'>> {
  const lists = { ip: entriesOf(form.ip), country: form.country, page: entriesOf(form.page), hostname: entriesOf(form.hostname) }
  return {
    shields: Object.fromEntries(Object.entries(lists).filter(([, entries]) => entries.length > 0)),
    respect_dnt: form.respect_dnt,
    drop_data_centers: form.drop_data_centers,
  }
}

/** Codes that have a name but are no country: unions, test codes, the unknown. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])

/** Every country with its ISO code, by name. Names are the browser's, which lists no codes: each pair of letters is tried. */
export function countries(locale = 'en'): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !NO_COUNTRIES.has(code) && new Intl.Locale(`und-${code}`).region === code) // UK, SU and other old codes become another
    .map((value) => ({ value, label: names.of(value) ?? '' }))
    .filter(({ label }) => label !== '')
    .toSorted((a, b) => a.label.localeCompare(b.label, locale))
}
