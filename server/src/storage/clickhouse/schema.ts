import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Event, StoredEvent, Visit } from '../../lib/event.ts'

/** What a column takes. */
export type Value = string | number | boolean | Record<string, string>
/** A column and where its value comes from, in the order of the rows sent. */
export type Columns<Item> = readonly (readonly [name: string, value: (item: Item) => Value])[]

const attributes: Columns<Pick<Event, 'attributes'>> = VISIT_ATTRIBUTES.map((name) => [name, (item) => item.attributes[name]] as const)

/** Table `events`, see migrations/0001-events.sql and later ones. */
export const EVENT_COLUMNS: Columns<StoredEvent> = [
  ['site', (event) => event.site],
  ['time', (event) => event.at],
  ['id', (event) => event.id],
  ['visitor', (event) => event.visitor],
  ['visit', (event) => event.visit],
  ['name', (event) => event.name],
  ['hostname', (event) => event.hostname],
  ['pathname', (event) => event.pathname],
  ['title', (event) => event.title ?? ''],
  ['props', (event) => event.props],
  ['revenue_amount', (event) => event.revenue?.amount ?? '0'],
  ['revenue_currency', (event) => event.revenue?.currency ?? ''],
  ['engagement', (event) => event.engagement],
  ['scroll', (event) => event.scroll],
  ['interactive', (event) => event.interactive],
  ...attributes,
]

/** Table `visits`, see migrations/0002-visits.sql. */
export const VISIT_COLUMNS: Columns<Visit> = [
  ['site', (visit) => visit.site],
  ['id', (visit) => visit.id],
  ['visitor', (visit) => visit.visitor],
  ['opened', (visit) => visit.opened],
  ['start', (visit) => visit.start],
  ['end', (visit) => visit.end],
  ['active', (visit) => visit.active],
  ['duration', (visit) => visit.duration],
  ['bounce', (visit) => visit.bounce],
  ['pageviews', (visit) => visit.pageviews],
  ['events', (visit) => visit.events],
  ['entry_page', (visit) => visit.entryPage],
  ['entry_page_hostname', (visit) => visit.entryHostname],
  ['entry_at', (visit) => visit.entryAt],
  ['exit_page', (visit) => visit.exitPage],
  ['exit_page_hostname', (visit) => visit.exitHostname],
  ['exit_at', (visit) => visit.exitAt],
  ...attributes,
  ['batch', (visit) => visit.batch],
]

export const columnNames = <Item>(columns: Columns<Item>): string => columns.map(([name]) => name).join(', ')
