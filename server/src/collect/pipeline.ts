import type { DropReason } from '@footfall/contract/names.ts'
import type { Site } from '@footfall/contract/sites.ts'
import type { Acquisition } from '../lib/acquisition/acquire.ts'
import type { Draft, Incoming, PipelineParts, Step } from './draft.ts'
import { addAcquisition, addIdentity, addPlace, makeEvent } from './enrich.ts'
import { refuseBot, refuseDataCenter, refuseDoNotTrack, refuseOld, refusePrefetch, refuseSpamReferrer } from './refuse.ts'
import { shieldAddress, shieldCountry, shieldHostname, shieldPage } from './shields.ts'
import { findSite, limitSite, refuseRepeated } from './site-steps.ts'

/**
 * The way of an event from a checked body to the journal. Each step adds to the draft or drops it with one reason.
 * The site comes first, so that every other refusal is shown to its owner; nothing about the visitor is worked out before all have agreed.
 */
export const STEPS: readonly { name: string; step: Step }[] = [
  { name: 'site', step: findSite },
  { name: 'prefetch', step: refusePrefetch },
  { name: 'bot', step: refuseBot },
  { name: 'spam referrer', step: refuseSpamReferrer },
  { name: 'data center', step: refuseDataCenter },
  { name: 'do not track', step: refuseDoNotTrack },
  { name: 'age', step: refuseOld },
  { name: 'once per site', step: refuseRepeated },
  { name: 'site limit', step: limitSite },
  { name: 'shielded address', step: shieldAddress },
  { name: 'place', step: addPlace },
  { name: 'shielded country', step: shieldCountry },
  { name: 'shielded page', step: shieldPage },
  { name: 'welcome hostname', step: shieldHostname },
  { name: 'acquisition', step: addAcquisition },
  { name: 'identity', step: addIdentity },
  { name: 'event', step: makeEvent },
]

const NO_SITE: Site = {
  id: 0,
  domain: '',
  timezone: 'UTC',
  tracker: {},
  shields: {},
  ingest_rate_limit: null,
  respect_dnt: false,
  drop_data_centers: false,
  keep_months: null,
  allowed_props: null,
  public: false,
  created_at: '',
}
const NO_PLACE = { country: '', region: '', city: '' }
const NO_ACQUISITION: Acquisition = {
  referrer: '',
  source: '',
  channel: '',
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_content: '',
  utm_term: '',
}

/** What became of the copy for one site: its event, or why there is none. */
export interface Outcome {
  draft: Draft
  reason: DropReason | undefined
}

/**
 * Takes the copy of a request for one of its sites through the steps.
 * @throws what the directory of sites or the salts throw when the database is away
 */
export async function runPipeline(parts: PipelineParts, incoming: Incoming, domain: string): Promise<Outcome> {
  const draft: Draft = {
    parts,
    incoming,
    domain,
    site: NO_SITE,
    place: NO_PLACE,
    acquisition: NO_ACQUISITION,
    identity: { visitor: '0' },
    event: null,
  }
  for (const { step } of STEPS) {
    // Most steps answer at once; awaiting those anyway would cost a turn of the microtask queue each.
    const answer = step(draft)
    const reason = answer instanceof Promise ? await answer : answer
    if (reason !== undefined) return { draft, reason }
  }
  return { draft, reason: undefined }
}
