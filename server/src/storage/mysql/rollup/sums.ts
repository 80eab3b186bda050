import type { PoolConnection } from 'mysql2/promise'
import { DAY, type Offsets, dateOfDay, dayEnd, dayStart, localSeconds } from '../../../lib/zone.ts'
import type { Key, Question } from '../../question.ts'
import { command } from '../client.ts'
import { whole } from '../literals.ts'
import type { Scoped, Statement } from '../query/condition.ts'
import { KNOWN_NAMES } from '../query/measures.ts'
import { type Resolved, resolve } from '../query/resolve.ts'
import { partSql, termName } from '../query/statement.ts'
import { SLOT } from './changes.ts'
import { ROLLED, ROLLUP_TABLES, type RolledDimension, hasBorders } from './dimensions.ts'

/** A day of a site: its number since 1970, its first and last second. */
export interface SiteDay {
  day: number
  first: number
  last: number
}

/** Sums by value, in the order of the table's columns. */
export type Sums = Map<number, number[]>

/** The sums of one dimension: of a day, or of what it and the day before count twice. */
export interface DimensionSums {
  dimension: RolledDimension
  day: number
  border: 0 | 1
  sums: Sums
}

interface Stretch {
  site: number
  from: number
  to: number
  offsets: Offsets
  texts: Resolved
  tables?: Scoped['tables']
}

const WEEK = 7 * DAY
const HALVES = ['events', 'visits'] as const
const CARRIED = { events: 'rolling_events', visits: 'rolling_visits' }

export function siteDay(day: number, zone: string): SiteDay {
  const date = dateOfDay(day)
  return { day, first: dayStart(date, zone), last: dayEnd(date, zone) }
}

/** Whether a day begins at midnight, with a whole hour and a whole slot. Where clocks change at midnight, it may not. */
export const beginsWhole = ({ day, first }: SiteDay, offsets: Offsets): boolean =>
  first % SLOT === 0 && localSeconds(first, offsets) === day * DAY

/** The texts that every sum is about. */
export const textsOfSums = (connection: PoolConnection, site: number): Promise<Resolved> =>
  resolve(connection, site, { names: KNOWN_NAMES, fields: [], conditions: [] })

function keysOf({ by }: RolledDimension): Key[] {
  if (by === 'nothing' || by === 'ended') return []
  if (by === 'hour') return [{ kind: 'time', bucket: 'hour', first: 0, last: 2 ** 32 - 1 }]
  return [{ kind: 'field', field: by, blank: '' }]
}

/** Dimensions in one statement: few round trips, and not all sums of a day in memory. */
const TOGETHER = 7

/**
 * Sums over a stretch of time: in the SQL of questions, so that an answer from sums is that from rows. One part a statement
 * where temporary tables are read: MySQL opens each of those once.
 */
async function sumUp(connection: PoolConnection, dimensions: readonly RolledDimension[], stretch: Stretch): Promise<Map<number, Sums>> {
  const found = new Map(dimensions.map(({ number }): [number, Sums] => [number, new Map()]))
  const parts = dimensions.flatMap((dimension) => partsSql(dimension, stretch))
  for (const some of stretch.tables ? parts.map((part) => [part]) : [parts]) {
    const [rows] = await connection.query({ sql: some.join('\nUNION ALL\n'), rowsAsArray: true })
    for (const [dimension, value, ...numbers] of rows as (string | number)[][]) {
      const sums = found.get(Number(dimension))!
      const before = sums.get(Number(value))
      sums.set(
        Number(value),
        numbers.map((number, index) => Number(number) + (before?.[index] ?? 0)),
      )
    }
  }
  for (const sums of found.values()) withoutEmpty(sums)
  return found
}

/** The parts that fill the sums of a dimension, each as SELECT of dimension, value and all columns. */
function partsSql(dimension: RolledDimension, { site, from, to, offsets, texts, tables }: Stretch): string[] {
  const { columns, parts } = ROLLUP_TABLES[dimension.of]
  const keys = keysOf(dimension)
  const nothing = { dimensions: keys.length, times: [], parts: [], goals: [], currency: '', formulas: [], order: [] }
  const question: Question = { site, from, to, offsets, ...nothing, limit: 0, offset: 0, count: false }
  const statement: Statement = { question, texts, ...(tables && { tables }) }
  const also = dimension.by === 'ended' ? [`v.ended BETWEEN ${whole(from)} AND ${whole(to)}`] : []
  const terms = columns.map((measure) => ({ part: 0, measure }))
  const shown = [`${dimension.number} AS dimension`, `${keys.length > 0 ? 'k0' : '0'} AS value`, ...terms.map(termName)]
  return parts.map((part) => {
    const sql = partSql({ ...part, keys }, { number: 0, columns: terms, more: [] }, statement, also)
    return `SELECT ${shown.join(', ')} FROM (${sql}) AS part`
  })
}

/** Without values of which nothing is left to count: every row counts a visitor. */
function withoutEmpty(sums: Sums): Sums {
  for (const [value, numbers] of sums) if (numbers.every((number) => number === 0)) sums.delete(value)
  return sums
}

function* together(dimensions: readonly RolledDimension[]): Generator<RolledDimension[]> {
  // Numbers are told apart within a half only.
  for (const half of HALVES) {
    const own = dimensions.filter((dimension) => dimension.of === half)
    for (let at = 0; at < own.length; at += TOGETHER) yield own.slice(at, at + TOGETHER)
  }
}

/** Every sum of a day, a few dimensions at a time. */
export async function* daySums(connection: PoolConnection, site: number, day: SiteDay, context: Pick<Stretch, 'offsets' | 'texts'>) {
  for (const dimensions of together(ROLLED)) {
    const sums = await sumUp(connection, dimensions, { site, from: day.first, to: day.last, ...context })
    for (const dimension of dimensions) {
      yield { dimension, day: day.day, border: 0, sums: sums.get(dimension.number)! } satisfies DimensionSums
    }
  }
}

/**
 * What a day and the one before it count twice. Only visitors of both can be in it, so that their rows are copied first; there
 * are few, and all of the rest is about them alone.
 */
export async function* borderSums(
  connection: PoolConnection,
  site: number,
  [before, day]: readonly [SiteDay, SiteDay],
  context: Pick<Stretch, 'offsets' | 'texts'>,
) {
  const any = await copyCarried(connection, site, before, day)
  if (any) {
    const over = async (dimension: RolledDimension, from: number, to: number) =>
      (await sumUp(connection, [dimension], { site, from, to, ...context, tables: CARRIED })).get(dimension.number)!
    for (const dimension of ROLLED.filter(hasBorders)) {
      const sums = await over(dimension, before.first, before.last)
      add(sums, await over(dimension, day.first, day.last), 1)
      add(sums, await over(dimension, before.first, day.last), -1)
      yield { dimension, day: day.day, border: 1, sums: withoutEmpty(sums) } satisfies DimensionSums
    }
  }
  await command(connection, 'DROP TEMPORARY TABLE IF EXISTS rolling_visitors, rolling_visits, rolling_events')
}

function add(sums: Sums, others: Sums, sign: 1 | -1): void {
  for (const [value, numbers] of others) {
    const into = sums.get(value) ?? numbers.map(() => 0)
    sums.set(
      value,
      into.map((number, index) => number + sign * numbers[index]!),
    )
  }
}

/** Visits with something between two moments; those that are longer than a few days are not asked for (changes.ts, LONG_VISIT). */
export const present = (alias: string, site: number, from: number, to: number): string =>
  [
    `${alias}.site = ${whole(site)} AND ${alias}.opened BETWEEN ${whole(Math.max(0, from - WEEK))} AND ${whole(to + DAY)}`,
    `${alias}.started <= ${whole(to)} AND ${alias}.active >= ${whole(from)}`,
  ].join(' AND ')

/**
 * Visits (`near`) with the others of their visitors (`far`), to tell where visitors are seen on other days. The index is named: MariaDB has
 * taken the primary key for `far`, and read all visits of the site for each of `near`.
 */
export const OTHER_VISITS = `visits AS near
  STRAIGHT_JOIN visits AS far FORCE INDEX (visitor) ON far.site = near.site AND far.visitor = near.visitor`

async function copyCarried(connection: PoolConnection, site: number, before: SiteDay, day: SiteDay): Promise<boolean> {
  const { affectedRows } = await command(
    connection,
    `CREATE TEMPORARY TABLE rolling_visitors (visitor BIGINT UNSIGNED NOT NULL PRIMARY KEY) ENGINE = InnoDB
      SELECT v.visitor FROM visits AS v WHERE ${present('v', site, before.first, day.last)}
      GROUP BY v.visitor HAVING MIN(v.started) < ${whole(day.first)} AND MAX(v.active) >= ${whole(day.first)}`,
  )
  if (affectedRows === 0) return false
  const among = (alias: string) => `STRAIGHT_JOIN rolling_visitors AS carried ON carried.visitor = ${alias}.visitor`
  await command(
    connection,
    `CREATE TEMPORARY TABLE rolling_visits ENGINE = InnoDB
      SELECT v.* FROM visits AS v ${among('v')} WHERE ${present('v', site, before.first, day.last)}`,
  )
  await command(
    connection,
    `CREATE TEMPORARY TABLE rolling_events ENGINE = InnoDB
      SELECT e.* FROM events AS e ${among('e')} WHERE e.site = ${whole(site)} AND e.time BETWEEN ${whole(before.first)} AND ${whole(day.last)}`,
  )
  return true
}
