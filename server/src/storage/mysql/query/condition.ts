import { VISIT_PAGES } from '@footfall/contract/names.ts'
import type { Condition, Field, Question } from '../../question.ts'
import type { Scope } from '../../reports.ts'
import { whole } from '../literals.ts'
import { type GroupTable, type Kind, placeOf } from '../schema.ts'
import type { Numbers, Resolved } from './resolve.ts'

export type Table = 'events' | 'visits'

/** What the SQL of one statement is made from: where it looks, and the numbers of the texts it is about. */
export interface Scoped {
  question: Pick<Scope, 'site' | 'from' | 'to'>
  texts: Resolved
  /** Visits that were opened before this Unix second have nothing in the range (rollup/reach.ts); 0 or absent: not known. */
  opened?: number
  /** Other tables with the same columns to read instead (rollup/sums.ts). */
  tables?: Record<Table, string>
}
export interface Statement extends Scoped {
  question: Question
}

/** One table that a SELECT reads, and what its conditions and keys had to join to it. */
export interface Source {
  table: Table
  statement: Scoped
  joins: Map<string, string>
}

const ALIASES = { events: 'e', visits: 'v' } as const satisfies Record<Table, string>

export const source = (table: Table, statement: Scoped): Source => ({ table, statement, joins: new Map() })

/**
 * FROM with its joins: always in this order, since only the table of events (or visits) is clustered by time. MySQL 9 has taken the index
 * of ids for events, which has the times of a site too but in no order, and fetched each row by itself (`npm run bench -- explain`).
 */
export function fromSql({ table, statement, joins }: Source): string {
  const own = statement.tables?.[table]
  const hint = table === 'events' && own === undefined ? ' IGNORE INDEX (id)' : ''
  return [`FROM ${own ?? table} AS ${ALIASES[table]}${hint}`, ...joins.values()].join('\n')
}

const PAGES: ReadonlySet<string> = new Set(VISIT_PAGES.map((name) => `visit:${name}`))
const isPage = (field: Field) => PAGES.has(field)

function joinGroup({ table, joins }: Source, group: GroupTable, column: string): void {
  const alias = ALIASES[table]
  joins.set(group, `STRAIGHT_JOIN ${group} AS ${column} ON ${column}.site = ${alias}.site AND ${column}.id = ${alias}.${column}`)
}

/** Number of the value of a property, NULL where the event does not carry it. Null where no event can. */
function propColumn({ joins, statement }: Source, prop: string): string | null {
  const number = statement.texts.number('prop', prop)
  if (number === null) return null
  const name = `prop${number}`
  joins.set(
    name,
    `LEFT JOIN prop_items AS ${name} ON ${name}.site = ${whole(statement.question.site)} AND ${name}.prop = ${number} AND ${name}.prop_set = e.props`,
  )
  return `${name}.value`
}

/** The number of a field's text: 0 where it is blank, and where a property is missing. */
export function column(field: Field, from: Source): { sql: string; kind: Kind } {
  const place = placeOf(field)
  switch (place.of) {
    case 'event':
      return { sql: place.column === 'title' ? 'COALESCE(e.title, 0)' : `e.${place.column}`, kind: place.kind }
    case 'visit':
      return { sql: `${ALIASES[from.table]}.${place.column}`, kind: place.kind }
    case 'group':
      joinGroup(from, place.group.table, place.group.column)
      return { sql: `${place.group.column}.${place.column}`, kind: place.kind }
    case 'props': {
      const value = propColumn(from, place.prop)
      return { sql: value === null ? '0' : `COALESCE(${value}, 0)`, kind: place.kind }
    }
  }
}

/** INT UNSIGNED ends in 2106. */
const moment = (seconds: number) => whole(Math.min(Math.max(seconds, 0), 4_294_967_295))

const WEEK = 7 * 86_400
const DAY = 86_400

/** The rows of a table that belong to the site and the range. A visit counts if it overlaps, unless it began more than a week before. */
export function base(table: Table, { question, opened = 0 }: Scoped): string {
  const { site, from, to } = question
  if (table === 'events') return `e.site = ${whole(site)} AND e.time BETWEEN ${moment(from)} AND ${moment(to)}`
  // `opened` is in the primary key and at most a day after `started` (write/visits.ts), so that a range reads its own days only.
  return [
    `v.site = ${whole(site)} AND v.opened BETWEEN ${moment(Math.max(from - WEEK, opened))} AND ${moment(to + DAY)}`,
    `v.started BETWEEN ${moment(from - WEEK)} AND ${moment(to)} AND v.ended >= ${moment(from)}`,
  ].join(' AND ')
}

const either = (tests: string[]) => (tests.length === 0 ? '0' : `(${tests.join(' OR ')})`)

function oneOf(column: string, { ids, not }: Numbers): string {
  if (ids.length === 0) return not ? '1' : '0'
  return `${column} ${not ? 'NOT IN' : 'IN'} (${ids.join(', ')})`
}

/** A condition as SQL over a source, never NULL. Joins what it needs to the source. */
export function conditionSql(condition: Condition, from: Source): string {
  const { table, statement } = from
  switch (condition.kind) {
    case 'all':
      return condition.of.length === 0 ? '1' : `(${condition.of.map((inner) => conditionSql(inner, from)).join(' AND ')})`
    case 'any':
      return either(condition.of.map((inner) => conditionSql(inner, from)))
    case 'not':
      return `NOT (${conditionSql(condition.of, from)})`
    case 'has': {
      const value = propColumn(from, condition.prop)
      return value === null ? '0' : `${value} IS NOT NULL`
    }
    case 'scroll':
      return `e.scroll BETWEEN ${whole(condition.from)} AND ${whole(condition.to)}`
    case 'did': {
      const events = source('events', statement)
      const inner = conditionSql(condition.of, events)
      return `${table === 'events' ? 'e.visit' : 'v.id'} IN (SELECT e.visit ${fromSql(events)} WHERE ${base('events', statement)} AND ${inner})`
    }
    case 'match': {
      if (table === 'events' && isPage(condition.field)) {
        const visits = source('visits', statement)
        const inner = conditionSql(condition, visits)
        return `e.visit IN (SELECT v.id ${fromSql(visits)} WHERE ${base('visits', statement)} AND ${inner})`
      }
      return oneOf(column(condition.field, from).sql, statement.texts.met(condition))
    }
  }
}
