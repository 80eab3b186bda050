import { UMAMI_LIMITS, WEB_VITALS, WEB_VITALS_EVENT } from '@footfall/contract/umami.ts'
import { EVENT_LIMITS } from '@footfall/contract/event.ts'
import { invalid } from '../../errors.ts'
import { readRevenue } from '../../lib/revenue.ts'
import { cutText, isObject } from '../../lib/text.ts'
import { asObject } from '../json-body.ts'
import { customName } from './names.ts'

/** A message of Umami's trackers in our words: what `readHit` and `readStated` read. */
export interface Translated {
  /** False: the message says something of a visitor and nothing of what he did. */
  counts: boolean
  body: Record<string, unknown>
  /** What only a sender with a key may state. */
  stated: { ip: unknown; user_agent: unknown; timestamp: unknown }
  /** As `en-US`, from the page; blank without. */
  language: string
}

type Payload = Record<string, unknown>

/** What each type of message becomes. */
const TYPES: Record<string, (payload: Payload) => Record<string, unknown>> = {
  event: ({ name, data, tag }) => ({
    n: typeof name === 'string' && name !== '' ? customName(name) : 'pageview',
    ...readData(data, tag),
  }),
  // Counts nothing; its body is that of a page view so that the steps can say who sends.
  identify: ({ data }) => ({ n: 'pageview', traits: readTraits(data) }),
  performance: (payload) => ({
    n: WEB_VITALS_EVENT,
    i: false,
    p: Object.fromEntries(WEB_VITALS.flatMap((name) => readVital(name, payload[name]))),
  }),
  engagement: ({ engagement }) => ({ n: 'engagement', e: engagement }),
}

/**
 * Puts one message into our format. Source: shared field notes 3.3. `payload.id` is our `uid`: it names a person,
 * while our `id` names an event and would make all events of the person one.
 * @throws AppError `invalid_request`
 */
export function translateUmami(given: unknown): Translated {
  const { type, payload } = asObject(given)
  const translate = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (!translate) throw invalid({ type: [`must be one of ${Object.keys(TYPES).join(', ')}`] })
  if (!isObject(payload)) throw invalid({ payload: ['must be an object'] })
  const { website, referrer, title, screen, language, ip, userAgent, timestamp, id } = payload
  if (typeof website !== 'string' || website.trim() === '' || website.includes(',')) {
    throw invalid({ website: ['must be the id of a website'] })
  }
  return {
    counts: type !== 'identify',
    body: { ...translate(payload), u: pageOf(payload), d: website, r: referrer, title, w: widthOf(screen), uid: userOf(id) },
    stated: { ip, user_agent: userAgent, timestamp: typeof timestamp === 'number' ? timestamp * 1000 : timestamp },
    language: typeof language === 'string' ? language : '',
  }
}

/** Umami cuts ids, so that one that is too long refuses nothing. */
const userOf = (id: unknown) => (typeof id === 'string' ? cutText(id, EVENT_LIMITS.userChars) : undefined)

/** Of `1920x1080`. */
const widthOf = (screen: unknown) => (typeof screen === 'string' ? screen.split('x')[0] : undefined)

/** Umami sends a whole address, or a path beside the host. */
function pageOf({ url, hostname }: Payload): unknown {
  if (url !== undefined && typeof url !== 'string') return url
  const base = typeof hostname === 'string' && hostname !== '' ? `https://${hostname}` : undefined
  return URL.parse(url ?? '/', base)?.href ?? (url || '/')
}

/** Properties and revenue. Nested keys are joined by points, as Umami shows them; the words of revenue are no properties. */
function readData(data: unknown, tag: unknown): Record<string, unknown> {
  const given = isObject(data) ? data : {}
  const revenue = readRevenue({ amount: given.revenue, currency: given.currency })
  const props = new Map<string, unknown>()
  if (typeof tag === 'string') props.set('tag', cutText(tag, UMAMI_LIMITS.textChars))
  flatten(given, '', 0, props)
  if (revenue) for (const key of ['revenue', 'currency']) props.delete(key)
  // Not by assignment: a key may be called __proto__.
  return { p: Object.fromEntries(props), $: revenue }
}

/** What is said of a person: as properties, within the bounds of traits, where Umami refuses nothing. */
function readTraits(data: unknown): Record<string, unknown> {
  const all = new Map<string, unknown>()
  flatten(isObject(data) ? data : {}, '', 0, all)
  const { traits, traitKeyChars, traitValueChars } = EVENT_LIMITS
  const kept = [...all].filter(([key]) => key.length <= traitKeyChars).slice(0, traits)
  return Object.fromEntries(kept.map(([key, value]) => [key, typeof value === 'string' ? cutText(value, traitValueChars) : value]))
}

function flatten(given: Record<string, unknown>, prefix: string, depth: number, into: Map<string, unknown>): void {
  for (const key of Object.keys(given)) {
    // Two more than are kept: revenue and currency may go again.
    if (into.size >= EVENT_LIMITS.props + 2) return
    const name = prefix + key
    const value = given[key]
    if (isObject(value)) {
      if (depth < UMAMI_LIMITS.depth) flatten(value, `${name}.`, depth + 1, into)
    } else if (Buffer.byteLength(name) <= EVENT_LIMITS.propKeyBytes) into.set(name, scalar(value))
  }
}

/** Text is cut and lists become text, as Umami has them. Lists in lists are left out: to write them out could take any depth of stack. */
function scalar(value: unknown): unknown {
  const text = Array.isArray(value) ? value.filter((item) => typeof item !== 'object').join(', ') : value
  return typeof text === 'string' ? cutText(text, UMAMI_LIMITS.textChars) : text
}

/** Whole milliseconds, and three decimals of a layout shift: finer values would be as many as visits. */
function readVital(name: string, value: unknown): [string, number][] {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return []
  return [[name.toUpperCase(), name === 'cls' ? Math.round(value * 1000) / 1000 : Math.round(value)]]
}
