/**
 * What this script does. build.ts makes one script for each set of the first four with these compiled in as constants, so that
 * a site pays only for what it uses; the generic script takes them from generic.ts, the package from package.ts.
 */
declare const HASH: boolean | undefined
declare const LOCALHOST: boolean | undefined
declare const MANUAL: boolean | undefined
declare const TITLES: boolean | undefined
/** Pieces that listen for more, and those that see every event first; false: there is no room for any. */
declare const EXTRAS: import('./extra.ts').Extra[] | false
declare const FILTER: import('./extra.ts').Filter | false
/** The site; undefined: the server takes the host of the page. */
declare const DOMAIN: string | undefined
/** Where events go: an address, or a path relative to BASE. */
declare const ENDPOINT: string
/** The script's own address; for the package, that of the page. */
declare const BASE: string
/** What ENDPOINT is in the generic script, where its tag names none. */
declare const PLACE_ENDPOINT: string

interface Window {
  footfall?: import('./events.ts').Footfall
}
