/**
 * Options of the generic script: `data-*` of its own tag. Injected by build.ts in place of the constants.
 * Web vitals, which would cost everybody 0.4 kB, are a module of their own at the script's address, for those who want them.
 */
import { pagePattern, VITALS_QUERY } from '@footfall/contract/tracker.ts'
import { CLICKS } from './clicks.ts'
import type { Extra, Filter } from './extra.ts'
import clicks from './extras/clicks.ts'
import pages from './filters/pages.ts'

const { dataset, integrity, src } = document.currentScript as HTMLScriptElement

const flag = (name: string) => name in dataset && dataset[name] !== 'false'
const globs = (name: string) => dataset[name]?.split(/[\s,]+/)
const counted = pages(pagePattern(globs('include'), globs('exclude')))

/** Not under a tag with a hash, which says what code may run here and cannot say it of a second file. */
const vitals: Extra = async (count, hear) => {
  try {
    if (flag(VITALS_QUERY) && !integrity) ((await import(new URL('?' + VITALS_QUERY, src).href)) as { default: Extra }).default(count, hear)
  } catch {
    // Blocked, or offline: none of the page's business.
  }
}

export const HASH = flag('hash')
export const LOCALHOST = flag('localhost')
export const MANUAL = flag('manual')
export const TITLES = flag('pageTitles')
export const EXTRAS = [clicks(CLICKS.flatMap(([name, click]) => (flag(name) ? click : []))), vitals]
export const FILTER: Filter = (event) =>
  counted(event) && (dataset.beforeSend ? (self as unknown as Record<string, Filter>)[dataset.beforeSend]!(event) : event)
export const DOMAIN = dataset.domain
export const BASE = src
export const ENDPOINT = dataset.api || PLACE_ENDPOINT
