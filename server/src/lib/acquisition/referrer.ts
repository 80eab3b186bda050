import { sourceOfApp, sourceOfHost } from './sources.ts'

/** Where a visitor came from: what is stored as the referrer, and the source it names. Blank: nowhere that counts. */
export interface Referrer {
  referrer: string
  source: string
}

const NOWHERE: Referrer = { referrer: '', source: '' }
const APP = 'android-app://'

/** `www.` is no difference to people. */
export function withoutWww(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : host
}

/**
 * Cleans a referrer: scheme, `www.`, port, user, query, fragment and closing slashes go, host and path stay.
 * Anything but http(s) and android-app, the page's own host and localhost are nowhere.
 * @param text as the browser sent it
 * @param hostname host of the page, without `www.`
 */
export function readReferrer(text: string, hostname: string): Referrer {
  if (text.startsWith(APP)) return readApp(text)
  if (!/^https?:\/\//i.test(text)) return NOWHERE
  const url = URL.parse(text)
  if (!url) return NOWHERE
  const host = withoutWww(url.hostname)
  if (!host || host === hostname || host === 'localhost') return NOWHERE
  return { referrer: host + url.pathname.replace(/\/+$/, ''), source: sourceOfHost(host) }
}

function readApp(text: string): Referrer {
  const app = text.slice(APP.length).split(/[/?#]/, 1)[0] ?? ''
  if (!/^[\w.]+$/.test(app)) return NOWHERE
  const referrer = APP + app
  return { referrer, source: sourceOfApp(app.toLowerCase()) ?? referrer }
}
