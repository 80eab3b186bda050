import { EVENT_LIMITS } from '@footfall/contract/event.ts'
import type { DropReason } from '@footfall/contract/names.ts'
import { isSpamReferrer } from '../lib/acquisition/spam.ts'
import type { Draft } from './draft.ts'

/** Reasons that lie in the request itself, whatever the site. */

export function refusePrefetch({ incoming }: Draft): DropReason | undefined {
  return incoming.prefetch ? 'prefetch' : undefined
}

export function refuseBot({ incoming }: Draft): DropReason | undefined {
  return incoming.agent.bot ? 'bot' : undefined
}

export function refuseSpamReferrer({ incoming }: Draft): DropReason | undefined {
  return incoming.hit.referrer !== '' && isSpamReferrer(incoming.hit.referrer) ? 'spam_referrer' : undefined
}

/** Only a proxy that knows the operators of networks says this; see `addressType`. */
export function refuseDataCentre({ incoming }: Draft): DropReason | undefined {
  return incoming.addressType === 'dc_ip' ? 'dc_ip' : undefined
}

export function refuseOld({ incoming }: Draft): DropReason | undefined {
  return incoming.now - incoming.hit.at > EVENT_LIMITS.maxAgeSeconds * 1000 ? 'too_old' : undefined
}
