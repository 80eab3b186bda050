import { ImportLine } from '@footfall/contract/import.ts'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import { Compile } from 'typebox/compile'
import { acquire } from '../../lib/acquisition/acquire.ts'
import type { Attributes, Event } from '../../lib/event.ts'
import { hash64, keyedHash64 } from '../../lib/hash.ts'
import { memo } from '../../lib/memo.ts'
import type { KeptFrom } from '../../lib/kept-from.ts'
import { allowedProps, readProps } from '../../lib/props.ts'
import { readRevenue } from '../../lib/revenue.ts'
import { unidentified } from '../../lib/visitor-id.ts'
import { lineErrors } from './line-errors.ts'

const schema = Compile(ImportLine)

/** The Web is not older; and a wrong unit (seconds as milliseconds) shows at once. */
const EARLIEST = Date.parse('1990-01-01T00:00:00Z')
const DAY = 86_400_000
const TIMESTAMP = /^\d{4}-\d\d-(\d\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i

/** Escaped NUL bytes and halves of surrogate pairs pass as UTF-8 and JSON, and are no text. */
const SUSPICIOUS = /\\u(0000|d[89a-f])/i

export type Parsed = { event: Event } | { errors: string[] }

export type LineReader = (text: string) => Parsed

/** What a site keeps of an import; null is everything. */
export interface SiteKeeps {
  from: KeptFrom | null
  props: readonly string[] | null
}
const KEEPS_ALL: SiteKeeps = { from: null, props: null }

/**
 * Makes the function that reads one line of an import into an event, as the collector would make it.
 * @param site id of the site
 * @param key secret of this installation: visitors of imports may be names or addresses, and are stored as a keyed hash
 * @param clock a line more than a day ahead of it is refused
 * @param keeps what the site keeps: older lines are refused, other properties left out
 */
export function lineReader(site: number, key: Uint8Array, clock: () => number, keeps: SiteKeeps = KEEPS_ALL): LineReader {
  // Lines of one visitor mostly stand together, and the hash is a fifth of what a line costs.
  const visitorOf = memo(5_000, (visitor) => unidentified(keyedHash64(key, `${site} ${visitor}`)))
  return (text) => {
    const value = readJson(text)
    if (value === undefined) return { errors: ['is not valid JSON'] }
    if (!schema.Check(value)) return { errors: lineErrors(schema.Errors(value)) }
    if (SUSPICIOUS.test(text) && !isText(value)) return { errors: ['must not contain NUL bytes or broken Unicode'] }
    const errors: string[] = []
    const at = readTimestamp(value.timestamp, clock(), errors)
    if (keeps.from && at < keeps.from.second)
      errors.push(`timestamp must not be before ${keeps.from.day.toString()}, the first day that the site keeps`)
    const props = readProps(value.props, true)
    if ('error' in props) errors.push(`props ${props.error}`)
    const revenue = readRevenue(value.revenue)
    if (value.revenue && !revenue) errors.push('revenue must have an amount like "10.00" and a currency of ISO 4217')
    if (errors.length > 0 || 'error' in props) return { errors }
    const name = value.name ?? 'pageview'
    const ping = name === 'engagement'
    return {
      event: {
        site,
        at,
        id: value.id === undefined ? '0' : hash64(value.id),
        visitor: visitorOf(value.visitor),
        name,
        hostname: value.hostname ?? '',
        pathname: value.pathname,
        ...(value.title && { title: value.title }),
        attributes: attributesOf(value),
        props: allowedProps(props.props, keeps.props, name),
        revenue,
        engagement: ping ? (value.engagement_ms ?? 0) : 0,
        scroll: ping ? (value.scroll_depth ?? 255) : 0,
        interactive: value.interactive ?? true,
      },
    }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether every text in a value, keys included, is well-formed and without NUL. */
function isText(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isText(key) && isText(inner))
}

/** Unix seconds. */
function readTimestamp(text: string, now: number, errors: string[]): number {
  const parts = TIMESTAMP.exec(text)
  const at = parts ? Date.parse(text) : NaN
  // Date.parse reads February 30th as March 2nd.
  const exists = Number(parts?.[1]) <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
  if (!parts || Number.isNaN(at) || !exists) errors.push('timestamp must be ISO 8601 with an offset, like 2026-01-31T08:00:00Z')
  else if (at > now + DAY) errors.push('timestamp must not be more than a day in the future')
  else if (at < EARLIEST) errors.push('timestamp must not be before 1990')
  return Math.floor(at / 1000)
}

/** What is given stays as it is; source, channel and what hangs on them are derived where they are missing. */
function attributesOf(line: ImportLine): Attributes {
  const derived = line.source != null && line.channel != null ? {} : acquire({ ...line, clickId: line.click_id_param })
  const given: Record<string, string | number | null | undefined> = {
    ...derived,
    ...(line.referrer != null && { referrer: line.referrer }),
    ...(line.screen == null && { screen: line.device }),
  }
  const blank = (value: string | number | null | undefined) => (value === undefined || value === null || value === 0 ? '' : String(value))
  return Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, blank(given[name] ?? line[name])])) as Attributes
}
