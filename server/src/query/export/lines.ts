import type { ImportLine } from '@footfall/contract/import.ts'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { StoredEvent } from '../../lib/event.ts'
import { type Cell, csvLine } from './csv.ts'

/**
 * A stored event as a line of the import, such that importing it makes the same event again: what is blank is given as blank,
 * since the import would derive a source that is missing. Visitor and id are hashes: opaque, the same for the same.
 */
export function importLine(event: StoredEvent): ImportLine {
  const { attributes, revenue } = event
  const ping = event.name === 'engagement'
  const { city, ...texts } = attributes
  return {
    timestamp: `${new Date(event.at * 1000).toISOString().slice(0, 19)}Z`,
    visitor: event.visitor,
    ...(event.id !== '0' && { id: event.id }),
    name: event.name,
    hostname: event.hostname,
    pathname: event.pathname,
    ...(event.title && { title: event.title }),
    ...texts,
    city: city === '' ? null : Number(city),
    ...(Object.keys(event.props).length > 0 && { props: event.props }),
    ...(revenue && { revenue }),
    ...(ping && { engagement_ms: event.engagement, scroll_depth: event.scroll }),
    ...(!event.interactive && { interactive: false }),
  }
}

/** Events as newline-delimited JSON in the form of the import. */
export const ndjsonText = (events: StoredEvent[]): string => events.map((event) => `${JSON.stringify(importLine(event))}\n`).join('')

const COLUMNS = {
  timestamp: (line) => line.timestamp,
  visitor: (line) => line.visitor,
  id: (line) => line.id,
  name: (line) => line.name,
  hostname: (line) => line.hostname,
  pathname: (line) => line.pathname,
  title: (line) => line.title,
  ...Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, (line: ImportLine) => line[name]])),
  props: (line) => line.props,
  revenue_amount: (line) => line.revenue?.amount,
  revenue_currency: (line) => line.revenue?.currency,
  engagement_ms: (line) => line.engagement_ms,
  scroll_depth: (line) => line.scroll_depth,
  interactive: (line) => line.interactive ?? true,
} satisfies Record<string, (line: ImportLine) => Cell>

export const csvHeading = (): string => csvLine(Object.keys(COLUMNS))

export const csvText = (events: StoredEvent[]): string => {
  const columns: ((line: ImportLine) => Cell)[] = Object.values(COLUMNS)
  const row = (line: ImportLine) => csvLine(columns.map((column) => column(line)))
  return events.map((event) => row(importLine(event))).join('')
}
