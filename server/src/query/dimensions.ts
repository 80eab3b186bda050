import { EVENT_DIMENSIONS, TIME_DIMENSIONS, VISIT_DIMENSIONS, VISIT_PAGES } from '@footfall/contract/names.ts'
import type { Bucket, Field } from '../storage/question.ts'

/** What to group by. `name` is what the client calls it. */
export type Grouping =
  | { kind: 'field'; name: string; field: Field; blank: string; show: Show }
  | { kind: 'time'; name: string; bucket: Bucket }
  | { kind: 'goal'; name: 'event:goal' }

/** How a value of a field is written in an answer. */
export type Show = 'text' | 'number' | 'country'

/** Where a field can be looked up: on events only, on visits only, or on both. */
export type Place = 'event' | 'visit' | 'either'

/** Other names that Plausible's API has for the same thing. We store no names of regions and cities: those give the codes. */
const ALIASES: Record<string, { field: Field; show: Show }> = {
  'visit:country_name': { field: 'visit:country', show: 'country' },
  'visit:region_name': { field: 'visit:region', show: 'text' },
  'visit:city_name': { field: 'visit:city', show: 'text' },
}

/** What stands for a blank value; fields that are not here stay blank. */
const BLANKS: Record<string, string> = {
  'visit:source': 'Direct / None',
  'visit:referrer': 'Direct / None',
  'visit:channel': 'Direct',
  'event:page_title': '(not set)',
  ...Object.fromEntries(
    [
      'utm_source',
      'utm_medium',
      'utm_campaign',
      'utm_content',
      'utm_term',
      'browser',
      'browser_version',
      'os',
      'os_version',
      'device',
      'screen',
      'language',
    ].map((name) => [`visit:${name}`, '(not set)']),
  ),
}
export const NO_PROP = '(none)'

const PROPS = 'event:props:'
const MOST_PROP_CHARS = 300
const FIELDS: ReadonlySet<string> = new Set([...EVENT_DIMENSIONS, ...VISIT_DIMENSIONS].filter((name) => name !== 'event:goal'))
const ONLY_VISITS: ReadonlySet<string> = new Set(VISIT_PAGES.map((name) => `visit:${name}`))

export const propOf = (field: string): string | undefined => (field.startsWith(PROPS) ? field.slice(PROPS.length) : undefined)
export const propField = (prop: string): Field => `${PROPS}${prop}` as Field

/** A field by the name a client uses, or undefined. */
export function readField(name: unknown): { field: Field; show: Show } | undefined {
  if (typeof name !== 'string') return undefined
  const alias = ALIASES[name]
  if (alias && Object.hasOwn(ALIASES, name)) return alias
  const prop = propOf(name)
  if (prop !== undefined ? prop.length > 0 && prop.length <= MOST_PROP_CHARS : FIELDS.has(name)) {
    return { field: name as Field, show: name === 'visit:city' ? 'number' : 'text' }
  }
  return undefined
}

export const blankOf = (field: Field): string => (propOf(field) === undefined ? (BLANKS[field] ?? '') : NO_PROP)

export function placeOf(field: Field | 'event:goal'): Place {
  if (field.startsWith('event:')) return 'event'
  return ONLY_VISITS.has(field) ? 'visit' : 'either'
}

/** A dimension by the name a client uses, or undefined; `time` has no bucket yet. */
export function readDimension(name: unknown, internal: boolean): Grouping | { kind: 'time'; name: 'time'; bucket: null } | undefined {
  if (name === 'event:goal') return { kind: 'goal', name }
  if (name === 'time') return { kind: 'time', name, bucket: null }
  if (name === 'time:minute' && !internal) return undefined
  if ((TIME_DIMENSIONS as readonly unknown[]).includes(name)) {
    return { kind: 'time', name: name as string, bucket: (name as string).slice('time:'.length) as Bucket }
  }
  const found = readField(name)
  return found && { kind: 'field', name: name as string, ...found, blank: blankOf(found.field) }
}

/** Names of dimensions for a sentence: those to filter by, and those to group by. */
export const FILTER_LIST = `${[...EVENT_DIMENSIONS, ...VISIT_DIMENSIONS].join(', ')}, event:props:NAME`
export const DIMENSION_LIST = `${FILTER_LIST}, time, time:hour, time:day, time:week, time:month`
