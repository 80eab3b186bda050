import type { DropReason } from '@footfall/contract/names.ts'
import type { Draft } from './draft.ts'

/** No domain is longer (contract/sites.ts); what is need not be looked up. */
const MAX_DOMAIN = 253

/** Finds the site that the body names. */
export async function findSite(draft: Draft): Promise<DropReason | undefined> {
  if (draft.domain.length > MAX_DOMAIN) return 'not_found'
  const site = await draft.parts.sites.find(draft.domain)
  if (!site) return 'not_found'
  draft.site = site
  return undefined
}

/** One body counts once for a site, even where it names the site twice. */
export function refuseRepeated({ site, incoming }: Draft): DropReason | undefined {
  if (incoming.served.includes(site.id)) return 'duplicate'
  incoming.served.push(site.id)
  return undefined
}

/** Holds a site to its limit of events a minute; without a limit, as by default, nothing is counted. */
export function limitSite({ site, parts }: Draft): DropReason | undefined | Promise<DropReason | undefined> {
  const limit = site.ingest_rate_limit
  if (limit === null) return undefined
  if (limit === 0) return 'block'
  return parts.cache.hit(`site-limit:${site.id}`, 60).then(
    ({ hits }) => (hits > limit ? 'throttle' : undefined),
    // A cache that is down may not cost an event.
    () => undefined,
  )
}
