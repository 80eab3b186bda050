import type { DropReason } from '@footfall/contract/names.ts'
import type { Site } from '@footfall/contract/sites.ts'
import type { Cache } from '../cache/cache.ts'
import type { Acquisition } from '../lib/acquisition/acquire.ts'
import type { Event } from '../lib/event.ts'
import type { SiteDirectory } from '../seams.ts'
import type { Agent } from './agent.ts'
import type { Identity } from './identity.ts'
import type { Hit } from './parse.ts'
import type { Place } from './place.ts'
import type { Salts } from './salts.ts'

/** What the steps ask. */
export interface PipelineParts {
  sites: SiteDirectory
  cache: Cache
  salts: Salts
  /** Secret of this installation: turns ids of users into visitors, the same for ever. */
  userKey: Uint8Array
  places: (address: string) => Place
  /** Is the address one of a data centre? */
  dataCenters: (address: string) => boolean
}

/** One request, as all its events see it. */
export interface Incoming {
  hit: Hit
  /** Milliseconds, clock of the server. */
  now: number
  /** Address of the client; blank if unknown. Never stored. */
  address: string
  /** User agent as sent. Never stored. */
  agentText: string
  agent: Agent
  /** Two or three letters, from Accept-Language. */
  language: string
  /** The browser fetched the page before anybody asked for it. */
  prefetch: boolean
  /** The browser asks not to be tracked. */
  doNotTrack: boolean
  /** What a trusted proxy says about the address: `dc_ip`, `anonymous_vpn_ip`. */
  addressType: string
  /** Sites that have their event of this request already. */
  served: number[]
}

/** An event on its way through the steps: one for each site that the body names. */
export interface Draft {
  readonly parts: PipelineParts
  readonly incoming: Incoming
  /** The site as named. */
  readonly domain: string
  site: Site
  place: Place
  acquisition: Acquisition
  identity: Identity
  event: Event | null
}

/** A step adds what it knows to the draft, or says why the event is not counted. It answers at once where it can. */
export type Step = (draft: Draft) => DropReason | undefined | Promise<DropReason | undefined>
