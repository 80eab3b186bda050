/**
 * What this script does. build.ts makes one script for each set of options with these compiled in as constants, so that
 * a site pays only for what it uses; the generic script takes them from generic.ts.
 */
declare const HASH: boolean
declare const LOCALHOST: boolean
declare const MANUAL: boolean
declare const OUTBOUND_LINKS: boolean
declare const FILE_DOWNLOADS: boolean
declare const FORM_SUBMISSIONS: boolean
/** The site; undefined: the server takes the host of the page. */
declare const DOMAIN: string | undefined
/** Where events go: an address, or a path relative to that of the script. */
declare const ENDPOINT: string
/** What ENDPOINT is in the generic script, where its tag names none. */
declare const PLACE_ENDPOINT: string

interface Window {
  footfall?: import('./events.ts').Footfall
}
