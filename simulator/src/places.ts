import { type Random, weighted } from './random.ts'

/**
 * Countries with the languages browsers ask for there and two or three blocks of addresses of consumer internet providers.
 * Every /16 lies wholly in the country by the database that ships; places.test.ts looks them up, so a new release that
 * moves one is noticed.
 */
const PLACES = {
  AE: { languages: { en: 6, ar: 4 }, blocks: ['94.200', '86.98'] },
  AT: { languages: { de: 9, en: 1 }, blocks: ['80.120', '93.83'] },
  AU: { languages: { en: 19, zh: 1 }, blocks: ['49.178', '58.171', '121.210'] },
  BE: { languages: { nl: 5, fr: 4, en: 1 }, blocks: ['91.181', '80.201'] },
  BR: { languages: { pt: 19, en: 1 }, blocks: ['177.131', '189.4', '187.29'] },
  CA: { languages: { en: 8, fr: 2 }, blocks: ['70.27', '24.222', '142.120'] },
  CH: { languages: { de: 6, fr: 2, it: 1, en: 1 }, blocks: ['85.0', '62.202'] },
  CZ: { languages: { cs: 9, en: 1 }, blocks: ['88.101', '90.180'] },
  DE: { languages: { de: 9, en: 1 }, blocks: ['87.165', '93.200', '84.150'] },
  DK: { languages: { da: 8, en: 2 }, blocks: ['87.61', '80.165'] },
  ES: { languages: { es: 9, ca: 1 }, blocks: ['83.58', '88.14', '81.40'] },
  FI: { languages: { fi: 8, en: 2 }, blocks: ['91.157', '85.23'] },
  FR: { languages: { fr: 19, en: 1 }, blocks: ['78.238', '86.197', '90.47'] },
  GB: { languages: { en: 19, pl: 1 }, blocks: ['90.206', '84.70', '86.150'] },
  IE: { languages: { en: 1 }, blocks: ['109.76', '79.97'] },
  IN: { languages: { en: 8, hi: 2 }, blocks: ['117.197', '59.98', '122.173'] },
  IT: { languages: { it: 19, en: 1 }, blocks: ['79.47', '82.49', '87.4'] },
  JP: { languages: { ja: 19, en: 1 }, blocks: ['126.193', '58.91'] },
  KE: { languages: { en: 9, sw: 1 }, blocks: ['105.160', '197.232'] },
  KR: { languages: { ko: 19, en: 1 }, blocks: ['121.187', '112.181'] },
  MX: { languages: { es: 19, en: 1 }, blocks: ['189.163', '187.144'] },
  NL: { languages: { nl: 7, en: 3 }, blocks: ['84.83', '80.101', '77.160'] },
  NO: { languages: { nb: 8, en: 2 }, blocks: ['84.214', '88.95'] },
  NP: { languages: { en: 6, ne: 4 }, blocks: ['36.252', '49.126', '49.244'] },
  NZ: { languages: { en: 1 }, blocks: ['122.57', '125.236'] },
  PL: { languages: { pl: 19, en: 1 }, blocks: ['83.20', '79.190', '37.47'] },
  PT: { languages: { pt: 9, en: 1 }, blocks: ['85.242', '82.155'] },
  SE: { languages: { sv: 7, en: 3 }, blocks: ['90.229', '81.228'] },
  SG: { languages: { en: 8, zh: 2 }, blocks: ['58.182', '116.86'] },
  TH: { languages: { th: 9, en: 1 }, blocks: ['171.97', '49.228'] },
  US: { languages: { en: 18, es: 2 }, blocks: ['67.240', '76.7', '24.5', '71.56', '98.200'] },
  ZA: { languages: { en: 8, af: 2 }, blocks: ['105.233', '41.246'] },
} as const satisfies Record<string, { languages: Record<string, number>; blocks: readonly string[] }>

export type Country = keyof typeof PLACES

/** Two-letter codes of every country that visitors may come from. */
export const COUNTRIES = Object.keys(PLACES) as Country[]

const languageOf = new Map(COUNTRIES.map((country) => [country, weighted(Object.entries(PLACES[country].languages))]))

/** A language that people in this country browse in, ISO 639-1. */
export function language(country: Country, random: Random): string {
  return languageOf.get(country)!(random)
}

/** An IPv4 address that the country database maps to this country. */
export function address(country: Country, random: Random): string {
  const { blocks } = PLACES[country]
  // 1–254: a provider gives nobody the first or last address of a net.
  return `${blocks[random.below(blocks.length)]}.${random.below(256)}.${1 + random.below(254)}`
}
