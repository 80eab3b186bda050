import { EVENT_LIMITS } from '@footfall/contract/event.ts'
import type { DropReason } from '@footfall/contract/names.ts'
import { isSpamReferrer } from '../lib/acquisition/spam.ts'
import type { Draft } from './draft.ts'

/** Reasons that lie in the request itself. */

export function refusePrefetch({ incoming }: Draft): DropReason | undefined {
  return incoming.prefetch ? 'prefetch' : undefined
}

export function refuseBot({ incoming }: Draft): DropReason | undefined {
  return incoming.agent.bot ? 'bot' : undefined
}

export function refuseSpamReferrer({ incoming }: Draft): DropReason | undefined {
  return incoming.hit.referrer !== '' && isSpamReferrer(incoming.hit.referrer) ? 'spam_referrer' : undefined
}

/** A trusted proxy that knows the operators of networks says so (see `addressType`), or the site wants to go by the operator's list. */
export function refuseDataCenter({ incoming, site, parts }: Draft): DropReason | undefined {
  return incoming.addressType === 'dc_ip' || (site.drop_data_centers && parts.dataCenters(incoming.address)) ? 'dc_ip' : undefined
}

/** Visitors are not recognised beyond a day, so asking not to be tracked is met already; a site may take it for "do not count me". */
export function refuseDoNotTrack({ incoming, site }: Draft): DropReason | undefined {
  return site.respect_dnt && incoming.doNotTrack ? 'do_not_track' : undefined
}

export function refuseOld({ incoming }: Draft): DropReason | undefined {
  return incoming.now - incoming.hit.at > EVENT_LIMITS.maxAgeSeconds * 1000 ? 'too_old' : undefined
}
