import type { VisitAttribute, VisitPage } from '@footfall/contract/names.ts'
import type { Field } from '../question.ts'

/** What a text is: texts of one kind share ids, so that an entry page and the page of an event can be told to be the same. Numbers are stored. */
export const KINDS = {
  name: 1,
  page: 2,
  host: 3,
  prop: 4,
  value: 5,
  currency: 6,
  title: 7,
  source: 10,
  referrer: 11,
  channel: 12,
  utm_source: 13,
  utm_medium: 14,
  utm_campaign: 15,
  utm_content: 16,
  utm_term: 17,
  country: 18,
  region: 19,
  city: 20,
  browser: 21,
  browser_version: 22,
  os: 23,
  os_version: 24,
  device: 25,
  language: 26,
  screen: 27,
} as const satisfies Record<VisitAttribute, number> & Record<string, number>
export type Kind = keyof typeof KINDS

/** Combinations of attributes: table, the column of events and visits that holds its number, and what it combines. */
export const GROUPS = [
  {
    table: 'origins',
    column: 'origin',
    attributes: ['source', 'referrer', 'channel', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'],
  },
  { table: 'places', column: 'place', attributes: ['country', 'region', 'city', 'language'] },
  { table: 'agents', column: 'agent', attributes: ['browser', 'browser_version', 'os', 'os_version', 'device', 'screen'] },
] as const
export type Group = (typeof GROUPS)[number]
export type GroupTable = Group['table']

/** The combination that each attribute is part of: a new attribute does not compile before it has one. */
export const GROUP_OF = Object.fromEntries(GROUPS.flatMap((group) => group.attributes.map((name) => [name, group] as const))) as Record<
  Group['attributes'][number],
  Group
> satisfies Record<VisitAttribute, Group>

const PAGE_COLUMNS = {
  entry_page: ['entry_page', 'page'],
  exit_page: ['exit_page', 'page'],
  entry_page_hostname: ['entry_host', 'host'],
  exit_page_hostname: ['exit_host', 'host'],
} as const satisfies Record<VisitPage, readonly [column: string, kind: Kind]>

const EVENT_COLUMNS = {
  'event:name': ['name', 'name'],
  'event:page': ['page', 'page'],
  'event:page_title': ['title', 'title'],
  'event:hostname': ['host', 'host'],
} as const satisfies Record<Exclude<Field, `event:props:${string}` | `visit:${string}`>, readonly [column: string, kind: Kind]>

/** Where a field is stored. */
export type Place =
  | { of: 'event'; column: string; kind: Kind }
  | { of: 'visit'; column: string; kind: Kind }
  | { of: 'group'; group: Group; column: VisitAttribute; kind: Kind }
  | { of: 'props'; prop: string; kind: Kind }

export function placeOf(field: Field): Place {
  if (field.startsWith('event:props:')) return { of: 'props', prop: field.slice('event:props:'.length), kind: 'value' }
  if (field in EVENT_COLUMNS) {
    const [column, kind] = EVENT_COLUMNS[field as keyof typeof EVENT_COLUMNS]
    return { of: 'event', column, kind }
  }
  const name = field.slice('visit:'.length)
  if (name in PAGE_COLUMNS) {
    const [column, kind] = PAGE_COLUMNS[name as VisitPage]
    return { of: 'visit', column, kind }
  }
  const attribute = name as VisitAttribute
  return { of: 'group', group: GROUP_OF[attribute], column: attribute, kind: attribute }
}
