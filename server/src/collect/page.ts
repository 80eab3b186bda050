import { EVENT_LIMITS } from '@footfall/contract/event.ts'
import { clickIdOf } from '../lib/acquisition/click-id.ts'
import { withoutWww } from '../lib/acquisition/referrer.ts'

/** What the address of a page says. */
export interface Page {
  /** Without `www.` and port; "(none)" where the address has no host. */
  hostname: string
  /** Decoded, without blanks at the end; with the fragment in hash mode. */
  pathname: string
  query: Campaign | null
}

/** The parameters that say how a visitor came; the values of all others are forgotten here. */
export interface Campaign {
  /** `utm_source`, else `source`, else `ref`. */
  tag: string | null
  utm_medium: string | null
  utm_campaign: string | null
  utm_content: string | null
  utm_term: string | null
  clickId: string
}

const BROKEN: Page = { hostname: '', pathname: '', query: null }
const HASH_MODE = new Set<unknown>([1, true, '1', 'true'])

/**
 * Reads the address of a page. Rules: shared cases `in-url-*`, `in-path-*`, `in-hash-*`, `in-host-*`.
 * @param errors gets `url` where the address cannot be used
 */
export function readPage(given: unknown, hashMode: unknown, errors: Record<string, string[]>): Page {
  if (given === undefined || given === null || given === '') return fail(errors, 'is required')
  if (typeof given !== 'string' || isTooLong(given)) {
    return fail(errors, `must be a valid url of at most ${EVENT_LIMITS.urlBytes} bytes`)
  }
  // A path alone is what some server-side senders have.
  const url = URL.parse(given) ?? (given.startsWith('/') ? URL.parse(given, 'none://') : null)
  if (!url) return fail(errors, 'must be a valid url')
  if (url.protocol === 'data:') return fail(errors, 'must not be a data: url')

  let pathname = decode(url.pathname).trimEnd()
  if (HASH_MODE.has(hashMode)) pathname += decode(url.hash)
  if (!pathname.startsWith('/')) pathname = `/${pathname}`
  if (pathname.includes('\0')) return fail(errors, 'must not contain NUL bytes')
  const query = url.search.length > 1 ? readQuery(url.search) : null
  if (query && hasNul(query)) return fail(errors, 'must not contain NUL bytes')
  return { hostname: withoutWww(url.hostname) || '(none)', pathname, query }
}

function fail(errors: Record<string, string[]>, text: string): Page {
  errors.url = [text]
  return BROKEN
}

const isTooLong = (url: string) =>
  url.length * 3 > EVENT_LIMITS.urlBytes && Buffer.byteLength(url.isWellFormed() ? url : url.toWellFormed()) > EVENT_LIMITS.urlBytes

function readQuery(search: string): Campaign {
  const query = new URLSearchParams(search)
  return {
    tag: query.get('utm_source') ?? query.get('source') ?? query.get('ref'),
    utm_medium: query.get('utm_medium'),
    utm_campaign: query.get('utm_campaign'),
    utm_content: query.get('utm_content'),
    utm_term: query.get('utm_term'),
    clickId: clickIdOf((name) => query.has(name)),
  }
}

const hasNul = (query: Campaign) => Object.values(query).some((value: string | null) => value?.includes('\0'))

/** People read `/über-uns`, not `/%C3%BCber-uns`. What is not valid UTF-8 stays encoded. */
function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
