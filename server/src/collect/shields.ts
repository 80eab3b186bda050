import type { DropReason } from '@footfall/contract/names.ts'
import type { Shields } from '@footfall/contract/sites.ts'
import { glob } from '../lib/glob.ts'
import { addressList } from './address.ts'
import type { Draft } from './draft.ts'

interface Guard {
  address: (address: string) => boolean
  country: ReadonlySet<string>
  pages: ((pathname: string) => boolean)[]
  /** Empty: every host is welcome. */
  hostnames: ((hostname: string) => boolean)[]
}

/** Compiled once for each set of shields that the directory hands out. */
const guards = new WeakMap<Shields, Guard>()

function guard(shields: Shields): Guard {
  let found = guards.get(shields)
  if (!found) {
    found = {
      address: addressList(shields.ip ?? []),
      country: new Set(shields.country),
      pages: (shields.page ?? []).map(glob),
      hostnames: (shields.hostname ?? []).map((hostname) => glob(hostname.toLowerCase())),
    }
    guards.set(shields, found)
  }
  return found
}

/** The address is excluded by the site. */
export function shieldAddress({ site, incoming }: Draft): DropReason | undefined {
  return guard(site.shields).address(incoming.address) ? 'site_ip_blocklist' : undefined
}

/** The country is excluded by the site. */
export function shieldCountry({ site, place }: Draft): DropReason | undefined {
  return guard(site.shields).country.has(place.country) ? 'site_country_blocklist' : undefined
}

/** The page is excluded by the site. */
export function shieldPage({ site, incoming }: Draft): DropReason | undefined {
  const { pages } = guard(site.shields)
  return pages.some((matches) => matches(incoming.hit.pathname)) ? 'site_page_blocklist' : undefined
}

/** The site names its hosts, and this is none of them. */
export function shieldHostname({ site, incoming }: Draft): DropReason | undefined {
  const { hostnames } = guard(site.shields)
  if (hostnames.length === 0) return undefined
  return hostnames.some((matches) => matches(incoming.hit.hostname)) ? undefined : 'site_hostname_allowlist'
}
