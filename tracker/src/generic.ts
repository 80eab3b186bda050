/**
 * Options of the generic script: `data-*` of its own tag. Injected by build.ts in place of the constants.
 * Web vitals are not among them: they would cost everybody 0.4 kB.
 */
import { clicksOf, filterOf } from './pieces.ts'

const { dataset } = document.currentScript as HTMLScriptElement

const flag = (name: string) => name in dataset && dataset[name] !== 'false'
const globs = (name: string) => dataset[name]?.split(/[\s,]+/)

export const HASH = flag('hash')
export const LOCALHOST = flag('localhost')
export const MANUAL = flag('manual')
export const TITLES = flag('pageTitles')
export const EXTRAS = [clicksOf(flag)]
export const FILTER = filterOf(globs('include'), globs('exclude'), dataset.beforeSend)
export const DOMAIN = dataset.domain
export const ENDPOINT = dataset.api || PLACE_ENDPOINT
