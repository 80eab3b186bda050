import { SOURCES, type Scoped, base, conditionSql } from './condition.ts'
import { createParams, whole } from './params.ts'
import type { Report } from './reports.ts'

const DIRECTIONS = { 'oldest first': 'ASC', 'newest first': 'DESC' } as const

/** Names that no column has: an alias of a column's name would take its place in WHERE. */
const COLUMNS = [
  'toUnixTimestamp(time) AS at',
  'toString(visit) AS visit_id',
  'name, hostname, pathname, props, engagement, scroll, source, country, browser, device',
  'toInt64(revenue_amount * 1000) AS amount',
  'revenue_currency',
].join(', ')

interface Row {
  at: number
  visit_id: string
  name: string
  hostname: string
  pathname: string
  props: Record<string, string>
  engagement: number
  scroll: number
  source: string
  country: string
  browser: string
  device: string
  amount: string
  revenue_currency: string
}

export const events: Report<'events'> = {
  statement(question) {
    const statement: Scoped = { question, params: createParams() }
    const { where, visit, order, limit } = question
    const one = visit === null ? [] : [`visit = toUInt64(${statement.params.text(visit)})`]
    const sql = [
      `SELECT ${COLUMNS} FROM ${SOURCES.events}`,
      `WHERE ${[base('events', statement), ...one, conditionSql(where, 'events', statement)].join(' AND ')}`,
      `ORDER BY time ${DIRECTIONS[order]}, visit_id, name, pathname, id LIMIT ${whole(limit)}`,
    ]
    return { sql: sql.join('\n'), params: statement.params.values }
  },
  read: (rows) =>
    rows.map((row) => {
      const { visit_id: visit, amount, revenue_currency: currency, ...event } = row as unknown as Row
      return { ...event, visit, revenue: currency === '' ? null : { amount: Number(amount), currency } }
    }),
}
