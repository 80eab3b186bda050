import { FIRST_BOT_CODE } from '@footfall/contract/goatcounter.ts'
import { invalid } from '../../errors.ts'
import { customName } from './names.ts'

/** A hit of GoatCounter, as its script and its API send it. */
export interface CountHit {
  path: string
  event: boolean
  referrer: string
  /** Query of the page, with or without `?`. */
  query: string
  /** Of the page; blank for events, whose title is their own. */
  title: string
  /** Width of the screen, as told. */
  width: unknown
  /** 0 for people. */
  bot: number
}

/** Where a hit belongs. */
export interface CountPage {
  /** The site as named. */
  site: string
  /** Host of the page. */
  host: string
  /** Path of the page an event happened on. */
  path: string
}

/**
 * Reads the parameters of `/count`. Source: shared field notes 3.4.
 * @param page what the Referer header says: it stands in for a missing `p`, as where `<noscript>` holds the address
 * @throws AppError `invalid_request`
 */
export function readCount(given: URLSearchParams, page: URL | null): CountHit {
  const path = given.get('p') || page?.pathname
  if (path === undefined) throw invalid({ p: ['is required where the Referer header does not name a page'] })
  const bot = given.get('b') || '0'
  // Codes in between are what GoatCounter's own server finds; a page has none of them.
  if (!/^\d{1,4}$/.test(bot) || (Number(bot) > 0 && Number(bot) < FIRST_BOT_CODE)) {
    throw invalid({ b: [`must be 0, or at least ${FIRST_BOT_CODE}`] })
  }
  return {
    path,
    event: /^(?:true|1|on)$/i.test(given.get('e') ?? ''),
    referrer: given.get('r') ?? '',
    query: given.get('q') ?? (given.get('p') ? '' : (page?.search ?? '')),
    title: given.get('t') ?? '',
    width: widthOf(given.get('s')),
    bot: Number(bot),
  }
}

/** Of `1920,1080,1`, or of the same as a list. */
export const widthOf = (size: unknown): unknown => (typeof size === 'string' ? size.split(',') : Array.isArray(size) ? size : [])[0]

/** Puts a hit into our format: what `readHit` reads. */
export function translateCount({ path, event, referrer, query, title, width }: CountHit, page: CountPage): Record<string, unknown> {
  const viewed = event ? page.path : path
  // A `#` is part of the path there, and would end it here.
  const address = `https://${page.host}${viewed.startsWith('/') ? '' : '/'}${viewed.replaceAll('#', '%23')}`
  const search = query.replace(/^\?/, '')
  return {
    n: event ? customName(path) : 'pageview',
    u: search === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${search}`,
    d: page.site,
    r: referrer,
    title: event ? '' : title,
    w: width,
  }
}
