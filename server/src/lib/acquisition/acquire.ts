import { channel } from './channel.ts'
import { readReferrer } from './referrer.ts'
import { sourceOfTag } from './sources.ts'

/** What is known about how a visitor came. */
export interface Arrival {
  /** As the browser sent it: a whole address. */
  referrer?: string | null | undefined
  /** Host of the page, without `www.`: a referrer of the same host is none. */
  hostname?: string | null | undefined
  /** Value of the parameter that names the source (`utm_source`, `source` or `ref`); present, even blank, it hides the referrer. Default: `utm_source`, unless blank. */
  tag?: string | null | undefined
  utm_source?: string | null | undefined
  utm_medium?: string | null | undefined
  utm_campaign?: string | null | undefined
  utm_content?: string | null | undefined
  utm_term?: string | null | undefined
  /** Name of the click id parameter: `gclid`, `msclkid`… */
  clickId?: string | null | undefined
  /** Given ones, also "", are kept as they are; null and absent ones are derived. */
  source?: string | null | undefined
  channel?: string | null | undefined
}

/** The acquisition attributes of a visit. Blank means none. */
export interface Acquisition {
  /** Cleaned: host and path. */
  referrer: string
  source: string
  channel: string
  utm_source: string
  utm_medium: string
  utm_campaign: string
  utm_content: string
  utm_term: string
}

/** A click id stands for a paid medium only where its own advertiser sent the visitor. */
const ADVERTISER: Record<string, string> = { gclid: 'Google', msclkid: 'Bing' }

/**
 * Says where a visitor came from: cleaned referrer, source, channel and utm values.
 * Rules: the shared cases ("Acquisition"); never throws.
 */
export function acquire(arrival: Arrival): Acquisition {
  const from = readReferrer(arrival.referrer ?? '', arrival.hostname ?? '')
  const tag = arrival.tag ?? (arrival.utm_source || null)
  const source = arrival.source ?? (tag === null ? from.source : sourceOfTag(tag))
  const utm_source = tag ?? ''
  const utm_campaign = arrival.utm_campaign ?? ''
  const clickId = arrival.clickId ?? ''
  let utm_medium = arrival.utm_medium ?? ''
  if (!utm_medium && clickId && source && ADVERTISER[clickId] === source) utm_medium = `(${clickId})`
  return {
    referrer: from.referrer,
    source,
    channel: arrival.channel ?? channel({ source, utm_source, utm_medium, utm_campaign, clickId }),
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content: arrival.utm_content ?? '',
    utm_term: arrival.utm_term ?? '',
  }
}
