/** Options of the package: those that `init` is given. Injected by build-package.ts in place of the constants, inside of `init`. */
import { pagePattern } from '@footfall/contract/tracker.ts'
import type { Options } from './api.ts'
import { CLICKS } from './clicks.ts'
import type { Filter } from './extra.ts'
import clicks from './extras/clicks.ts'
import webVitals from './extras/web-vitals.ts'
import beforeSend from './filters/before-send.ts'
import pages from './filters/pages.ts'

declare const options: Options

const { include, exclude, beforeSend: given } = options
const counted = pages(pagePattern(include, exclude))
const own = typeof given === 'string' ? beforeSend(given) : given

export const HASH = options.hash
export const LOCALHOST = options.localhost
export const MANUAL = options.manual
export const TITLES = options.pageTitles
export const EXTRAS = [
  clicks(CLICKS.flatMap(([name, click]) => (options[name as keyof Options] ? click : []))),
  ...(options.webVitals ? [webVitals] : []),
]
export const FILTER: Filter = (event) => counted(event) && (own ? own(event) : event)
export const DOMAIN = options.domain
export const ENDPOINT = options.endpoint
