import type { IncomingHttpHeaders } from 'node:http'
import type { Agent } from './agent.ts'

/** What a Chromium browser says about itself beside a user agent that is frozen on purpose. Blank where it says nothing. */
export interface ClientHints {
  /** Sec-CH-UA-Full-Version-List, only where the site asked for it, else Sec-CH-UA. */
  brands: string
  /** Sec-CH-UA-Mobile: `?1` or `?0`. */
  mobile: string
  /** Sec-CH-UA-Platform, in quotes. */
  platform: string
  /** Sec-CH-UA-Platform-Version, in quotes; only where the site asked for it. */
  platformVersion: string
}

/** No browser sends more, and what is remembered by these texts shall stay small. */
const MAX_LENGTH = 300

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).slice(0, MAX_LENGTH)

/** Reads the hints of a request; null where it has none, as from Firefox and Safari. */
export function readHints(headers: IncomingHttpHeaders): ClientHints | null {
  const hints = {
    brands: one(headers['sec-ch-ua-full-version-list'] ?? headers['sec-ch-ua']),
    mobile: one(headers['sec-ch-ua-mobile']),
    platform: one(headers['sec-ch-ua-platform']),
    platformVersion: one(headers['sec-ch-ua-platform-version']),
  }
  return hints.brands || hints.mobile || hints.platform || hints.platformVersion ? hints : null
}

/** Brands that hide behind the user agent of Chrome, and their names here. Chrome itself is left to the user agent. */
const BRANDS: Record<string, string> = {
  Brave: 'Brave',
  'Microsoft Edge': 'Microsoft Edge',
  Opera: 'Opera',
  'Opera GX': 'Opera GX',
  Vivaldi: 'Vivaldi',
  YaBrowser: 'Yandex Browser',
  Yandex: 'Yandex Browser',
  'Samsung Internet': 'Samsung Browser',
  DuckDuckGo: 'DuckDuckGo Privacy Browser',
  Whale: 'Whale Browser',
  'Naver Whale': 'Whale Browser',
  HuaweiBrowser: 'Huawei Browser',
  'Avast Secure Browser': 'Avast Secure Browser',
  'AVG Secure Browser': 'AVG Secure Browser',
  CocCoc: 'Coc Coc',
  HeadlessChrome: 'HeadlessChrome',
}

const PLATFORMS: Record<string, string> = {
  Windows: 'Windows',
  macOS: 'Mac',
  Android: 'Android',
  'Chrome OS': 'Chrome OS',
  'Chromium OS': 'Chrome OS',
  iOS: 'iOS',
  Linux: 'GNU/Linux',
}

/** Systems whose version stands frozen in the user agent, so that the hint knows better or nobody does. */
const FROZEN = new Set(['Windows', 'Mac', 'Android'])

const own = (table: Record<string, string>, word: string) => (Object.hasOwn(table, word) ? table[word]! : '')
const unquoted = (text: string) => /^"([^"]*)"$/.exec(text.trim())?.[1] ?? ''
const twoParts = (version: string) => version.split('.', 2).join('.')

/** A list of brands is in random order and holds an invented one, lest anybody rely on it. */
function findBrand(list: string): { name: string; version: string } | null {
  for (const [, brand = '', version = ''] of list.matchAll(/"([^"]{1,60})"\s*;\s*v="([\d.]{1,40})"/g)) {
    const name = own(BRANDS, brand)
    if (name) return { name, version: twoParts(version.includes('.') ? version : `${version}.0`) }
  }
  return null
}

/**
 * Windows 11 and 10 have the same user agent; the hint is the version of an interface that is 13 or more in 11
 * (learn.microsoft.com, "Detect Windows 11 using User-Agent Client Hints").
 */
function windowsVersion(version: string): string {
  const major = Number(version.split('.', 1)[0])
  return major >= 13 ? '11' : major > 0 ? '10' : ''
}

/**
 * What is known of an agent once its hints are heard. They refine, and only what Chromium hides: a browser that does not
 * call itself Chrome said more in its user agent already.
 */
export function refine(agent: Agent, hints: ClientHints): Agent {
  const refined = { ...agent }
  const brand = agent.browser === 'Chrome' || agent.browser === '' ? findBrand(hints.brands) : null
  if (brand?.name === 'HeadlessChrome') refined.bot = true
  else if (brand) {
    refined.browser = brand.name
    refined.browser_version = brand.version
  }
  const system = own(PLATFORMS, unquoted(hints.platform))
  if (agent.os === '' && system) refined.os = system
  const version = unquoted(hints.platformVersion)
  // Both must mean one system: a phone that asks for the page of a desktop keeps its word.
  if (system === refined.os && FROZEN.has(system) && /^\d+(\.\d+)*$/.test(version)) {
    const better = system === 'Windows' ? windowsVersion(version) : twoParts(version)
    if (better) refined.os_version = better
  }
  if (hints.mobile === '?1' && agent.device !== 'Tablet') refined.device = 'Mobile'
  return refined
}
