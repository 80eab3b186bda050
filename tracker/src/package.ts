/** Options of the package: those that `init` is given. Injected by build-package.ts in place of the constants, inside of `init`. */
import type { Options } from './api.ts'
import webVitals from './extras/web-vitals.ts'
import { clicksOf, filterOf } from './pieces.ts'

declare const options: Options

export const HASH = options.hash
export const LOCALHOST = options.localhost
export const MANUAL = options.manual
export const TITLES = options.pageTitles
export const EXTRAS = [clicksOf((name) => options[name as keyof Options]), ...(options.webVitals ? [webVitals] : [])]
export const FILTER = filterOf(options.include, options.exclude, options.beforeSend)
export const DOMAIN = options.domain
export const ENDPOINT = options.endpoint
