import type { Say, TextKey } from '../i18n/areas.ts'
import { SEGMENT } from './filters.ts'

/** What can be filtered by, in the order in which it is offered; each by its name. */
export const DIMENSIONS = {
  'event:page': 'page',
  'event:page_title': 'pageTitle',
  'visit:entry_page': 'entryPage',
  'visit:exit_page': 'exitPage',
  'event:hostname': 'hostname',
  'event:goal': 'goal',
  'visit:source': 'source',
  'visit:channel': 'channel',
  'visit:referrer': 'referrer',
  'visit:utm_campaign': 'campaign',
  'visit:utm_source': 'utmSource',
  'visit:utm_medium': 'utmMedium',
  'visit:utm_content': 'utmContent',
  'visit:utm_term': 'utmTerm',
  'visit:country': 'country',
  'visit:region': 'region',
  'visit:city': 'city',
  'visit:language': 'language',
  'visit:browser': 'browser',
  'visit:browser_version': 'browserVersion',
  'visit:os': 'system',
  'visit:os_version': 'systemVersion',
  'visit:device': 'device',
  'visit:screen': 'screen',
} as const satisfies Record<string, TextKey<'site'>>

const isKnown = (dimension: string): dimension is keyof typeof DIMENSIONS => Object.hasOwn(DIMENSIONS, dimension)

/** A dimension as people call it; a property by its own name. */
export function dimensionName(dimension: string, t: Say<'site'>): string {
  if (isKnown(dimension)) return t(DIMENSIONS[dimension])
  return dimension === SEGMENT ? t('segment') : dimension.replace(/^(visit|event):(props:)?/, '')
}

function named(type: 'region' | 'language', code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code
  } catch {
    return code // not a code: what was stored is the best name there is
  }
}

const REGION = /^([A-Z]{2})-(\w+)$/

/** Names of regions by code, and of cities by number, as far as they are known. */
export type RegionNames = (code: string) => string | undefined

/** The country whose regions this code is one of; null for anything else. */
export const countryOfRegion = (code: string): string | null => REGION.exec(code)?.[1] ?? null

/** Whether a value of `visit:city` is a number at geonames.org; imports may give names. */
export const isCity = (value: string): boolean => /^[1-9]\d{0,8}$/.test(value)

/**
 * A value of a dimension as people say it: countries and languages by name, a region (`DE-BE`) by its name and country (by its country and
 * letters where it has no name), a city by its name, else by its number at geonames.org; everything else as it is.
 */
export function valueName(dimension: string, value: string, locale = 'en', regions?: RegionNames): string {
  if (dimension === 'visit:country') return named('region', value, locale)
  if (dimension === 'visit:language') return named('language', value, locale)
  const [, country, region] = (dimension === 'visit:region' && REGION.exec(value)) || []
  if (country && region) {
    const name = regions?.(value)
    return name === undefined ? `${named('region', country, locale)}, ${region}` : `${name}, ${named('region', country, locale)}`
  }
  if (dimension === 'visit:city' && isCity(value)) return regions?.(value) ?? `GeoNames ${value}`
  return value
}
