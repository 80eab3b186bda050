import { VISIT_PAGES } from '@footfall/contract/names.ts'
import type { Condition, EventField, Field, Operator, Question } from '../../question.ts'
import type { Scope } from '../../reports.ts'
import { anyCase as folded } from '../../any-case.ts'
import { type Params, whole } from './params.ts'

export type Table = 'events' | 'visits'

/** What the SQL of one statement is made from: the values it binds and where it looks. */
export interface Scoped {
  question: Pick<Scope, 'site' | 'from' | 'to'>
  params: Params
}
export interface Statement extends Scoped {
  question: Question
}

const EVENT_COLUMNS = {
  'event:name': 'name',
  'event:page': 'pathname',
  'event:page_title': 'title',
  'event:hostname': 'hostname',
} as const satisfies Record<Exclude<EventField, `event:props:${string}`>, string>

const PAGES: ReadonlySet<string> = new Set(VISIT_PAGES.map((name) => `visit:${name}`))
const isPage = (field: Field) => PAGES.has(field)

/** The column of a field: attributes and pages of visits are named as in contract/names.ts. A property that is missing reads as blank. */
export function column(field: Field, { params }: Scoped): string {
  if (field.startsWith('event:props:')) return `props[${params.text(field.slice('event:props:'.length))}]`
  if (field.startsWith('visit:')) return `toString(${field.slice('visit:'.length)})`
  return `toString(${EVENT_COLUMNS[field as keyof typeof EVENT_COLUMNS]})`
}

/** DateTime ends in 2106. */
export const moment = (seconds: number) => `toDateTime(${whole(Math.min(Math.max(seconds, 0), 4_294_967_295))}, 'UTC')`

const WEEK = 7 * 86_400
const DAY = 86_400

/** The rows of a table that belong to the site and the range. A visit counts if it overlaps, unless it began more than a week before. */
export function base(table: Table, { question }: Scoped): string {
  const { site, from, to } = question
  if (table === 'events') return `site = ${whole(site)} AND time >= ${moment(from)} AND time <= ${moment(to)}`
  // `opened` is in the sorting key and at most a day after `start` (migrations/0002), so that a range reads its own days only.
  return [
    `site = ${whole(site)}`,
    `opened >= ${moment(from - WEEK)} AND opened <= ${moment(to + DAY)}`,
    `start >= ${moment(from - WEEK)} AND start <= ${moment(to)} AND end >= ${moment(from)}`,
  ].join(' AND ')
}

export const SOURCES = { events: 'events', visits: 'visits FINAL' } as const satisfies Record<Table, string>

/** * in a wildcard stands for any text; everything else is itself. */
const likePattern = (wildcard: string) => wildcard.replaceAll(/[\\%_]/g, '\\$&').replaceAll(/\*+/g, '%')

const either = (tests: string[]) => (tests.length === 0 ? '0' : `(${tests.join(' OR ')})`)

/** any-case.ts in SQL. positionCaseInsensitiveUTF8 has rules of its own: it finds ß in ẞ, but not ẞ in ß. */
const foldedSql = (text: string) => `replaceAll(lowerUTF8(${text}), 'ς', 'σ')`

/** How a column is compared with any of the values. ClickHouse compiles a regular expression only if it is a constant: hence one test a value. */
const OPERATORS = {
  is: (text, values, anyCase, { params }) =>
    anyCase
      ? `${foldedSql(text)} IN ${params.texts(values.map(folded))}`
      : values.length === 0
        ? '0'
        : `${text} IN ${params.texts(values)}`,
  contains: (text, values, anyCase, { params }) => {
    const within = anyCase ? foldedSql(text) : text
    return either(values.map((value) => `position(${within}, ${params.text(anyCase ? folded(value) : value)}) > 0`))
  },
  matches: (text, values, _anyCase, { params }) => either(values.map((value) => `match(${text}, ${params.text(value)})`)),
  wildcard: (text, values, _anyCase, { params }) => either(values.map((value) => `${text} LIKE ${params.text(likePattern(value))}`)),
} satisfies Record<Operator, (text: string, values: string[], anyCase: boolean, statement: Scoped) => string>

/** A condition as SQL over the columns of a table. */
export function conditionSql(condition: Condition, table: Table, statement: Scoped): string {
  switch (condition.kind) {
    case 'all':
      return condition.of.length === 0 ? '1' : `(${condition.of.map((inner) => conditionSql(inner, table, statement)).join(' AND ')})`
    case 'any':
      return either(condition.of.map((inner) => conditionSql(inner, table, statement)))
    case 'not':
      return `NOT (${conditionSql(condition.of, table, statement)})`
    case 'has':
      return `mapContains(props, ${statement.params.text(condition.prop)})`
    case 'scroll':
      return `(scroll >= ${whole(condition.from)} AND scroll <= ${whole(condition.to)})`
    case 'did': {
      const inner = conditionSql(condition.of, 'events', statement)
      return `${table === 'events' ? 'visit' : 'id'} IN (SELECT visit FROM events WHERE ${base('events', statement)} AND ${inner})`
    }
    case 'match': {
      if (table === 'events' && isPage(condition.field)) {
        return `visit IN (SELECT id FROM ${SOURCES.visits} WHERE ${base('visits', statement)} AND ${conditionSql(condition, 'visits', statement)})`
      }
      const text = column(condition.field, statement)
      return OPERATORS[condition.operator](text, condition.values, condition.anyCase, statement)
    }
  }
}
