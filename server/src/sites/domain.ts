import { domainToASCII } from 'node:url'

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*(?::\d{1,5})?$/
const MAX_CHARS = 253

/**
 * The domain of a site as it is stored, from what people paste: without scheme, `www.`, query and slashes at the end,
 * in lower case, and with umlauts as the browser sends them (punycode). A path stays: several sites may share a host.
 *
 * @returns null where nothing usable is left
 */
export function cleanDomain(text: string): string | null {
  const [host = '', ...path] = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[?#].*$/, '')
    .split('/')
  const [name = '', ...port] = host.toLowerCase().split(':')
  const ascii = [domainToASCII(name), ...port].join(':').replace(/^www\.(?=.)/, '')
  const domain = [ascii, ...path.map((part) => part.toLowerCase())].join('/').replace(/\/+$/, '')
  return HOST.test(ascii) && domain.length <= MAX_CHARS && !/[\s,@\p{C}]/u.test(domain) ? domain : null
}

/** The domain under which an event's site is looked up. Cheap: every event passes here. */
export function lookupDomain(text: string): string {
  // Blanks off: at the end MySQL would overlook them, SQLite would not.
  const lower = text.trim().toLowerCase()
  return lower.startsWith('www.') ? lower.slice(4) : lower
}
