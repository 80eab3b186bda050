import { getDomain } from 'tldts'
import { keyedHash64 } from '../lib/hash.ts'
import { memo } from '../lib/memo.ts'
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
  if (day === salts.today) return { visitor: keyedHash64(salts.salt, text), visitorBefore: keyedHash64(salts.saltBefore, text) }
  return { visitor: keyedHash64(salts.saltBefore, day === salts.before ? text : `${day}\n${text}`) }
}
