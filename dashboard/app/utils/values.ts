/** Names of dimensions in the filter bar. */
export const DIMENSION_NAMES: Readonly<Record<string, string>> = {
  'event:page': 'Page',
  'event:goal': 'Goal',
  'visit:entry_page': 'Entry page',
  'visit:exit_page': 'Exit page',
  'visit:source': 'Source',
  'visit:channel': 'Channel',
  'visit:utm_campaign': 'Campaign',
  'visit:country': 'Country',
  'visit:language': 'Language',
  'visit:browser': 'Browser',
  'visit:os': 'Operating system',
  'visit:device': 'Device',
}

export const dimensionName = (dimension: string): string => DIMENSION_NAMES[dimension] ?? dimension.replace(/^(visit|event):(props:)?/, '')

function named(type: 'region' | 'language', code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code
  } catch {
    return code // not a code: what was stored is the best name there is
  }
}

/** A value of a dimension as people say it: countries and languages by name, everything else as it is. */
export function valueName(dimension: string, value: string, locale = 'en'): string {
  if (dimension === 'visit:country') return named('region', value, locale)
  if (dimension === 'visit:language') return named('language', value, locale)
  return value
}
