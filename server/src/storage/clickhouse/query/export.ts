import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Attributes, StoredEvent } from '../../../lib/event.ts'
import type { ExportRange } from '../../engine.ts'
import { SOURCES, base, moment } from './condition.ts'
import { createParams, whole } from './params.ts'
import type { Bound } from './reports.ts'

/** Names that no column has, where an expression stands for it: see events.ts. */
const COLUMNS = [
  'toUnixTimestamp(time) AS at',
  'toString(id) AS event_id',
  'toString(visitor) AS person',
  'toString(visit) AS visit_id',
  'name, hostname, pathname, title, props',
  'toString(revenue_amount) AS amount',
  'revenue_currency, engagement, scroll, interactive',
  ...VISIT_ATTRIBUTES,
].join(', ')

type Row = Attributes & {
  at: number
  event_id: string
  person: string
  visit_id: string
  name: string
  hostname: string
  pathname: string
  title: string
  props: Record<string, string>
  amount: string
  revenue_currency: string
  engagement: number
  scroll: number
  interactive: boolean
}

/** Where a page of an export ended. */
export type Position = Pick<StoredEvent, 'at' | 'visitor'>

/** The order of the table itself (migrations/0001-events.sql): a page then reads where the last one ended, and sorts nothing. */
const ORDER = 'site, toDate(time), visitor, time'

/**
 * One page. Events of a visitor in one second have no order but that in which they were stored: they stay together on a page
 * (WITH TIES), so that a page can begin after a time.
 */
export function exportPage(range: ExportRange, after: Position | null, rows: number): Bound {
  const params = createParams()
  const where = [base('events', { question: range, params })]
  if (after) {
    const [day, visitor] = [`toDate(${moment(after.at)})`, `toUInt64(${params.text(after.visitor)})`]
    const later = `visitor > ${visitor} OR (visitor = ${visitor} AND time > ${moment(after.at)})`
    where.push(`toDate(time) >= ${day}`, `(toDate(time) > ${day} OR ${later})`)
  }
  const sql = `SELECT ${COLUMNS} FROM ${SOURCES.events} WHERE ${where.join(' AND ')} ORDER BY ${ORDER} LIMIT ${whole(rows)} WITH TIES`
  return { sql, params: params.values }
}

export function readExported(site: number, row: Row): StoredEvent {
  return {
    site,
    at: row.at,
    id: row.event_id,
    visitor: row.person,
    visit: row.visit_id,
    name: row.name,
    hostname: row.hostname,
    pathname: row.pathname,
    ...(row.title !== '' && { title: row.title }),
    attributes: Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, row[name]])) as Attributes,
    props: row.props,
    revenue: row.revenue_currency === '' ? null : { amount: row.amount, currency: row.revenue_currency },
    engagement: row.engagement,
    scroll: row.scroll,
    interactive: row.interactive,
  }
}

/** All of it under the names of the import format, for Parquet. Ids as text: many readers know no unsigned 64 bits. */
export function exportAll(range: ExportRange): Bound {
  const params = createParams()
  const texts = ['name', 'hostname', 'pathname', 'title', ...VISIT_ATTRIBUTES].map((name) => `toString(${name}) AS ${name}`)
  const columns = [
    'time AS timestamp',
    'toString(visitor) AS visitor',
    'toString(visit) AS visit',
    `if(id = 0, '', toString(id)) AS id`,
    ...texts,
    `CAST(props, 'Map(String, String)') AS props`,
    'revenue_amount',
    'toString(revenue_currency) AS revenue_currency',
    'engagement AS engagement_ms',
    'scroll AS scroll_depth',
    'interactive',
  ]
  // In a query of its own: the names above would take the place of columns in WHERE and ORDER BY.
  const rows = `SELECT * FROM ${SOURCES.events} WHERE ${base('events', { question: range, params })} ORDER BY ${ORDER}`
  return { sql: `SELECT ${columns.join(', ')} FROM (${rows})`, params: params.values }
}
