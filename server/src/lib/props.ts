import { EVENT_LIMITS } from '@footfall/contract/event.ts'
import { WEB_VITALS, WEB_VITALS_EVENT } from '@footfall/contract/umami.ts'
import { cleanText, readObject } from './text.ts'

/** Custom properties as they are stored, or why they are refused. */
export type ReadProps = { props: Record<string, string> } | { error: string }

const NONE: ReadProps = { props: Object.freeze<Record<string, string>>({}) }

/**
 * Reads custom properties: an object, or JSON text of one; anything else is no properties. Booleans and numbers
 * become text; blank keys, blank values, null, lists and objects are left out; the first 30 of the rest stay.
 * Rules: shared cases `prop-*`.
 *
 * @param keepBlank History keeps blank values as they stand (shared case dash-countries-284); a tracker's are noise.
 */
export function readProps(value: unknown, keepBlank = false): ReadProps {
  if (value === undefined || value === null) return NONE
  const given = readObject(value)
  if (!given) return NONE
  const kept: [string, string][] = []
  for (const key of Object.keys(given)) {
    const raw = given[key]
    if (kept.length === EVENT_LIMITS.props) break
    if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') continue
    const name = cleanText(key)
    const text = cleanText(String(raw))
    if (name === null || text === null) return { error: 'must not contain NUL bytes' }
    if (name.trim() === '' || (text.trim() === '' && !keepBlank)) continue
    if (isLonger(name, EVENT_LIMITS.propKeyBytes) || isLonger(text, EVENT_LIMITS.propValueBytes)) {
      return { error: `keys must have at most ${EVENT_LIMITS.propKeyBytes} bytes and values at most ${EVENT_LIMITS.propValueBytes} bytes` }
    }
    kept.push([name, text])
  }
  // Not by assignment: a key may be called __proto__.
  return kept.length === 0 ? NONE : { props: Object.fromEntries(kept) }
}

const VITALS: ReadonlySet<string> = new Set(WEB_VITALS.map((name) => name.toUpperCase()))

/**
 * The properties that a site stores: those whose names it allows, where it says so. Web vitals are measurements that travel as
 * properties of an event of their own, and are switched on by themselves.
 */
export function allowedProps(props: Record<string, string>, allowed: readonly string[] | null, event: string): Record<string, string> {
  if (allowed === null) return props
  const kept = Object.entries(props).filter(([key]) => allowed.includes(key) || (event === WEB_VITALS_EVENT && VITALS.has(key)))
  return Object.fromEntries(kept)
}

/** Is the text longer than so many bytes of UTF-8? Most texts need no counting. */
function isLonger(text: string, bytes: number): boolean {
  if (text.length * 3 <= bytes) return false
  return text.length > bytes || Buffer.byteLength(text) > bytes
}
