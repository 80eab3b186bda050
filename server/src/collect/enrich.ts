import { acquire } from '../lib/acquisition/acquire.ts'
import { hash64 } from '../lib/hash.ts'
import { allowedProps } from '../lib/props.ts'
import type { Draft } from './draft.ts'
import { identify, nameVisitor } from './identity.ts'
import type { DaySalts } from './salts.ts'

/** Steps that add what is known about a visit. None of them refuses. */

export function addPlace(draft: Draft): undefined {
  const { address, addressType } = draft.incoming
  draft.place = addressType === 'anonymous_vpn_ip' ? { country: 'A1', region: '', city: '' } : draft.parts.places(address)
}

export function addAcquisition(draft: Draft): undefined {
  const { hostname, referrer, query } = draft.incoming.hit
  draft.acquisition = acquire({ hostname, referrer, ...query })
}

export function addIdentity(draft: Draft): undefined | Promise<undefined> {
  const salts = draft.parts.salts.now(draft.site)
  if (!('then' in salts)) return identifyWith(draft, salts)
  return salts.then((found) => identifyWith(draft, found))
}

function identifyWith(draft: Draft, salts: DaySalts): undefined {
  const { site } = draft
  const { address, agentText: agent, hit } = draft.incoming
  const anonymous = identify({ site, address, agent, hostname: hit.hostname, at: hit.at }, salts)
  const named = site.tracker.identify === true && hit.user !== ''
  draft.identity = named ? nameVisitor(anonymous, draft.parts.userKey, site.id, hit.user) : anonymous
}

/** Puts the event together. */
export function makeEvent(draft: Draft): undefined {
  const { hit, agent, language } = draft.incoming
  draft.event = {
    site: draft.site.id,
    at: Math.floor(hit.at / 1000),
    id: hit.id === '' ? '0' : hash64(hit.id),
    ...draft.identity,
    name: hit.name,
    hostname: hit.hostname,
    pathname: hit.pathname,
    ...(hit.title !== '' && { title: hit.title }),
    attributes: {
      ...draft.acquisition,
      country: draft.place.country,
      region: draft.place.region,
      city: draft.place.city,
      browser: agent.browser,
      browser_version: agent.browser_version,
      os: agent.os,
      os_version: agent.os_version,
      device: agent.device,
      // In Plausible's API both are one; so a sender that tells no width is not asked for one.
      screen: hit.screen || agent.device,
      language,
    },
    props: allowedProps(hit.props, draft.site.allowed_props, hit.name),
    revenue: hit.revenue,
    engagement: hit.engagement,
    scroll: hit.scroll,
    interactive: hit.interactive,
  }
}
