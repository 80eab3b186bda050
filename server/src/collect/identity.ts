import { getDomain } from 'tldts'
import { keyedHash64 } from '../lib/hash.ts'
import { memo } from '../lib/memo.ts'
import { identifiedVisitor, unidentified } from '../lib/visitor-id.ts'
import { subscriber } from './address.ts'
import type { DaySalts } from './salts.ts'
import { siteDay } from './site-day.ts'

/** What makes a visitor: nothing of it is stored, and it changes at the site's midnight with the salt. */
export interface VisitorTraits {
  site: { id: number; timezone: string }
  address: string
  agent: string
  /** Host of the page. */
  hostname: string
  /** When the event happened, milliseconds. */
  at: number
}

export interface Identity {
  visitor: string
  visitorBefore?: string
  /** Of an identified visitor: who this would be without a name. */
  anonymous?: string
}

/** example.com for shop.example.com: the parts of one organisation are one to a visitor. An address or bare name is its own. */
const registrable = memo(4_000, (hostname: string): string => getDomain(hostname, { allowPrivateDomains: true }) ?? hostname)

/**
 * Who visits: a keyed hash under the salt of the site's day, and the same under the day before for visits that cross midnight.
 *
 * An event that was kept back until after midnight is the visitor of its own day. Two days back the salt is gone: the
 * date goes into the hash instead, so that such a visitor is nobody's of the following day.
 */
export function identify(traits: VisitorTraits, salts: DaySalts): Identity {
  const text = `${traits.site.id}\n${subscriber(traits.address)}\n${registrable(traits.hostname.slice(0, 253))}\n${traits.agent}`
  const day = siteDay(traits.at, traits.site.timezone)
  const named = (salt: Uint8Array, traits: string) => unidentified(keyedHash64(salt, traits))
  if (day === salts.today) return { visitor: named(salts.salt, text), visitorBefore: named(salts.saltBefore, text) }
  return { visitor: named(salts.saltBefore, day === salts.before ? text : `${day}\n${text}`) }
}

/**
 * The same person under the name that the site has for him: a number that outlives all salts. Who he was without goes along, since
 * a visit that began before goes on (ADR 13).
 * @param key secret of this installation
 */
export function nameVisitor({ visitor, ...before }: Identity, key: Uint8Array, site: number, user: string): Identity {
  return { visitor: identifiedVisitor(key, site, user), anonymous: visitor, ...before }
}
