import { EVENT_LIMITS } from '@footfall/contract/event.ts'
import { invalid } from '../errors.ts'
import { readProps } from '../lib/props.ts'
import { readRevenue, type Revenue } from '../lib/revenue.ts'
import { screenClass } from '../lib/screen.ts'
import { cleanText, cutText } from '../lib/text.ts'
import { parseObject } from './json-body.ts'
import { readPage, type Page } from './page.ts'
import { type Person, readPerson } from './person.ts'

/** A body of the collector, read and checked; nothing in it was looked up yet. */
export interface Hit extends Page, Person {
  name: string
  /** Sites as named, without `www.`; at least one. */
  domains: string[]
  /** As the browser sent it. */
  referrer: string
  /** Title of the page; blank without one. */
  title: string
  /** Class of the screen; blank where its width is unknown. */
  screen: string
  props: Record<string, string>
  revenue: Revenue | null
  interactive: boolean
  /** Milliseconds; 0 but for engagement pings. */
  engagement: number
  /** Percent 0–100, 255 unknown; 0 but for engagement pings. */
  scroll: number
  /** The client's own id of the event; blank without one. */
  id: string
  /** When it happened by the clock of the server, milliseconds. */
  at: number
}

type Errors = Record<string, string[]>

/** Events about a page that is missing or sent a form: the page is what people want to see of them. */
const PATH_EVENTS = new Set(['404', 'WP Form Completions', 'Form: Submission'])
const NOT_A_TIME = 'must be a number of milliseconds since 1970'

/**
 * Reads the body of `POST /api/event`. Rules: the shared cases (ingest.json) and `contract/event.ts`.
 * @param bytes as they came
 * @param now milliseconds, clock of the server
 * @throws AppError `invalid_request` that names every field that is wrong
 */
export function parseHit(bytes: Buffer, now: number): Hit {
  return readHit(parseObject(bytes), now)
}

/** The same of a body that is parsed already: an item of a batch, or another product's format put into ours. */
export function readHit(body: Record<string, unknown>, now: number): Hit {
  const errors: Errors = {}
  const name = readName(body, errors)
  const page = readPage(body.u ?? body.url, body.h ?? body.hashMode, errors)
  const hit: Hit = {
    ...page,
    ...readPerson(body, errors),
    name,
    domains: readDomains(body.d ?? body.domain, page.hostname, errors),
    referrer: readText(body.r ?? body.referrer, EVENT_LIMITS.referrerChars),
    title: readText(body.dt ?? body.title, EVENT_LIMITS.titleChars).trim(),
    screen: screenClass(body.w ?? body.screen_width),
    props: readEventProps(body.m ?? body.meta ?? body.p ?? body.props, name, page.pathname, errors),
    revenue: readRevenue(body.$ ?? body.revenue),
    interactive: (body.i ?? body.interactive) !== false,
    engagement: 0,
    scroll: 0,
    id: readId(body.id, errors),
    at: readTime(body.t, body.s, now, errors),
  }
  if (name === 'engagement') readEngagement(hit, body, errors)
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return hit
}

function readName(body: Record<string, unknown>, errors: Errors): string {
  const given = body.n ?? body.name
  const name = typeof given === 'string' ? cleanText(given) : Number.isSafeInteger(given) ? String(given) : undefined
  if (given === undefined || given === null) errors.event_name = ['is required']
  else if (name === undefined) errors.event_name = ['must be text']
  else if (name === null) errors.event_name = ['must not contain NUL bytes']
  else if (name.trim() === '') errors.event_name = ['cannot be blank']
  else if (name.length > EVENT_LIMITS.nameChars && Array.from(name).length > EVENT_LIMITS.nameChars) {
    errors.event_name = [`must have at most ${EVENT_LIMITS.nameChars} characters`]
  }
  return name ?? ''
}

function readDomains(given: unknown, hostname: string, errors: Errors): string[] {
  if (given === undefined || given === null || given === '') return [hostname]
  if (typeof given !== 'string' || given.includes('\0')) {
    errors.domain = ['must be the domain of a site']
    return []
  }
  const domains: string[] = []
  for (const part of given.split(',')) {
    const domain = part.trim()
    if (domain !== '') domains.push(domain.startsWith('www.') ? domain.slice(4) : domain)
  }
  if (domains.length > EVENT_LIMITS.domains) errors.domain = [`must name at most ${EVENT_LIMITS.domains} sites`]
  return domains.length === 0 ? [hostname] : domains
}

/** Text that may as well be missing: a broken one refuses nothing. */
function readText(given: unknown, chars: number): string {
  if (typeof given !== 'string') return ''
  return cutText(cleanText(given) ?? '', chars)
}

function readEventProps(given: unknown, name: string, pathname: string, errors: Errors): Record<string, string> {
  const read = readProps(given)
  if ('error' in read) {
    errors.props = [read.error]
    return {}
  }
  return PATH_EVENTS.has(name) && read.props.path === undefined ? { ...read.props, path: pathname } : read.props
}

function readId(given: unknown, errors: Errors): string {
  if (given === undefined || given === null) return ''
  const id = typeof given === 'string' ? cleanText(given) : null
  if (id === null || id.length > EVENT_LIMITS.idChars) errors.id = [`must be text of at most ${EVENT_LIMITS.idChars} characters`]
  return id ?? ''
}

/**
 * When it happened, by the clock of the server. A client that also says when it sent the request (`s`) has its own
 * error taken out: only the difference of its two times counts. `t` alone comes from programs, not from our
 * tracker, and is believed. Nothing happens in the future.
 */
function readTime(t: unknown, s: unknown, now: number, errors: Errors): number {
  if (t === undefined || t === null) return now
  const sent = s ?? now
  // JSON has no infinity, but 1e999 is read as one.
  if (typeof t !== 'number' || !Number.isFinite(t)) errors.t = [NOT_A_TIME]
  else if (typeof sent !== 'number' || !Number.isFinite(sent)) errors.s = [NOT_A_TIME]
  else if (sent > t) return now - (sent - t)
  return now
}

const DIGITS = /^\d{1,15}$/

/** A whole number from 0, also as text of digits. */
function readDigits(value: unknown): number | undefined {
  const number = typeof value === 'string' && DIGITS.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

function readEngagement(hit: Hit, body: Record<string, unknown>, errors: Errors): void {
  const engagement = readDigits(body.e)
  const scroll = readDigits(body.sd)
  if (engagement === undefined && scroll === undefined) errors.event_name = ['engagement needs a whole number in sd or e']
  // A ping of a month is a broken clock, not a reader.
  hit.engagement = engagement !== undefined && engagement < EVENT_LIMITS.engagementMs ? engagement : 0
  hit.scroll = scroll === undefined ? 255 : Math.min(scroll, 100)
}
