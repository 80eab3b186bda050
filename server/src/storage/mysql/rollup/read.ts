import type { PoolConnection } from 'mysql2/promise'
import { DAY, type Offsets, dateOfDay, localDay, localSeconds } from '../../../lib/zone.ts'
import type { Condition, Measure, Part, Question } from '../../question.ts'
import { select } from '../client.ts'
import { whole } from '../literals.ts'
import { BUCKETS } from '../query/keys.ts'
import type { Resolved } from '../query/resolve.ts'
import { type PartSql, type Placed, isNumber, partSql, termName } from '../query/statement.ts'
import { placeOf } from '../schema.ts'
import { LONG_VISIT, SLOT, changesBetween } from './changes.ts'
import { ROLLUP_TABLES, type RolledDimension, SHAPE, rolledBy } from './dimensions.ts'
import { openedSince } from './reach.ts'
import { OTHER_VISITS, present } from './sums.ts'
import { type RowStretch, type Tiles, stretches, tile } from './tiles.ts'

/** How a part is answered from sums. */
interface FromSums {
  dimension: RolledDimension
  /** Days of the range, as far as they are answered from sums, and from rows. */
  tiles: Tiles
}

const isEmpty = (condition: Condition): boolean => condition.kind === 'all' && condition.of.every(isEmpty)

/** The column of the sums that has a measure. Every visit counts for the bounce rate where no entry page is asked for. */
function columnOf({ of }: Part, measure: Measure): string | undefined {
  const kept: readonly string[] = ROLLUP_TABLES[of === 'visits' ? 'visits' : 'events'].columns
  const column = measure === 'entries' ? 'visits' : measure
  return kept.includes(column) ? column : undefined
}

/** The sums that a part asks for; none where it filters, or asks by something of which no sums are kept. */
function dimensionOf(part: Part, { dimensions }: Question): RolledDimension | undefined {
  const of = part.of === 'visits' ? 'visits' : 'events'
  if (!isEmpty(part.where) || (part.of === 'visits' && !isEmpty(part.entry)) || dimensions > 1) return undefined
  if (part.of === 'values' || part.measures.some((measure) => columnOf(part, measure) === undefined)) return undefined
  const [key] = part.keys
  if (!key) return rolledBy(of, 'nothing')
  if (key.kind === 'field') return rolledBy(of, key.field)
  if (key.kind !== 'time' || key.bucket === 'minute') return undefined
  if (key.bucket === 'hour') return rolledBy(of, 'hour')
  return rolledBy(of, of === 'visits' ? 'ended' : 'nothing')
}

/** Whether rows of its last day may be of visits that end after it, in the same week or month. */
const reachesBeyond = (part: Part): boolean =>
  part.of === 'visits' && part.keys.some((key) => key.kind === 'time' && (key.bucket === 'week' || key.bucket === 'month'))

interface DayRow {
  day: number
  first: number
  last: number
  opened: number
  came_from: number | null
  came_back: number | null
}

/**
 * How the parts of a question become SQL where sums can answer them, together with rows of the days that have none; null where
 * all of it is to be read from rows. Everything is read in the snapshot of the question.
 */
export async function partsFromSums(
  connection: PoolConnection,
  question: Question,
  texts: Resolved,
): Promise<{ sql: PartSql; whole: boolean } | null> {
  const dimensions = new Map(question.parts.map((part) => [part, dimensionOf(part, question)]))
  const { site, from, to, offsets } = question
  const range = { first: localDay(from, offsets), last: localDay(to, offsets) }
  if (question.goals.length > 0 || ![...dimensions.values()].some(Boolean) || from < 0 || !isWholeDays(question)) return null

  const [made] = await select<{ shape: string }>(connection, `SELECT shape FROM rollup_sites WHERE site = ${whole(site)}`)
  if (made?.shape !== SHAPE) return null
  const changes = await changesBetween(connection, site, { from, to })
  if (changes.some(({ never }) => never === 1)) return null
  const changed = new Set(changes.map(({ slot }) => localDay(slot * SLOT, offsets)))
  const rows = await select<DayRow>(
    connection,
    `SELECT day, first, last, opened, came_from, came_back FROM rollup_days
      WHERE site = ${whole(site)} AND day BETWEEN ${whole(range.first)} AND ${whole(range.last)} ORDER BY day`,
  )
  const days = new Map(rows.filter((row) => !changed.has(row.day) && isSameDay(row, offsets)).map((row) => [row.day, row]))
  if (days.get(range.first)?.first !== from) days.delete(range.first)
  if (days.get(range.last)?.last !== to) days.delete(range.last)
  for (const { came_from, came_back } of days.values()) {
    if ((came_from ?? -1) >= range.first || (came_back ?? Infinity) <= range.last) return null
  }

  const parts = new Map<Part, FromSums>()
  for (const [part, dimension] of dimensions) {
    if (!dimension || (await isTwoNames(connection, part, { dimension, texts, site, range }))) continue
    const known = (day: number) => days.get(day)
    const tiles = tile(range, { from, to, known: reachesBeyond(part) ? (day) => (day === range.last ? undefined : known(day)) : known })
    if (tiles.sums.length > 0) parts.set(part, { dimension, tiles })
  }
  if (parts.size === 0) return null
  const open = tile(range, { from, to, known: (day) => days.get(day) }).rows
  for (const stretch of open) if (await reachesOut(connection, question, stretch)) return null
  const complete = parts.size === question.parts.length && [...parts.values()].every(({ tiles }) => tiles.rows.length === 0)
  return {
    whole: complete,
    sql: (part, placed, statement) => {
      const from = parts.get(part)
      return from ? rolledSql(part, placed, from, statement) : partSql(part, placed, statement)
    },
  }
}

/** Whether a range begins and ends at a midnight. */
function isWholeDays({ from, to, offsets }: Question): boolean {
  return localSeconds(from, offsets) % DAY === 0 && localSeconds(to + 1, offsets) % DAY === 0
}

/** Whether the day of the sums has the same seconds in the zone of the question. */
const isSameDay = ({ day, first, last }: DayRow, offsets: Offsets) =>
  localSeconds(first, offsets) === day * DAY && localSeconds(last, offsets) === day * DAY + DAY - 1

/**
 * Whether blank and its name are two values in the sums: somebody called a source "Direct / None". They are one row of the answer, and
 * whoever has both would count twice.
 */
async function isTwoNames(
  connection: PoolConnection,
  part: Part,
  { dimension, texts, site, range }: { dimension: RolledDimension; texts: Resolved; site: number; range: { first: number; last: number } },
): Promise<boolean> {
  const [key] = part.keys
  if (key?.kind !== 'field' || key.blank === '') return false
  const blank = texts.number(placeOf(key.field).kind, key.blank)
  if (blank === null) return false
  const [found] = await select<{ n: number | string }>(
    connection,
    `SELECT COUNT(DISTINCT value) AS n FROM ${ROLLUP_TABLES[dimension.of].table}
      WHERE site = ${whole(site)} AND dimension = ${dimension.number} AND day BETWEEN ${whole(range.first)} AND ${whole(range.last)}
      AND border = 0 AND value IN (0, ${blank})`,
  )
  return Number(found!.n) > 1
}

/**
 * Whether a visitor of the days without sums was also there on a day of the range that is not read together with them. At the ends of
 * the range there is none: a visit that goes on after the last day is no reason to read all of it from rows.
 */
async function reachesOut(connection: PoolConnection, { site, from, to }: Question, stretch: RowStretch): Promise<boolean> {
  // `opened` stands in the index of visitors, so that visits of other times are left out without being read. It is at most a day after
  // `started`, and no visit of these days is longer than LONG_VISIT.
  const outside = [
    ...(stretch.from > from
      ? [`(far.opened < ${whole(stretch.from + DAY)} AND far.started < ${whole(stretch.from)} AND far.active >= ${whole(from)})`]
      : []),
    ...(stretch.to < to
      ? [`(far.opened > ${whole(stretch.to - LONG_VISIT)} AND far.active > ${whole(stretch.to)} AND far.started <= ${whole(to)})`]
      : []),
  ]
  if (outside.length === 0) return false
  const { open } = stretch
  const opened = stretch.opened || (await openedSince(connection, site, open.from))
  const found = await select(
    connection,
    `SELECT 1 FROM ${OTHER_VISITS}
      WHERE ${present('near', site, open.from, open.to)} AND near.opened >= ${whole(opened)} AND (${outside.join(' OR ')}) LIMIT 1`,
  )
  return found.length > 0
}

const between = (column: string, [first, last]: readonly [number, number]) => `${column} BETWEEN ${whole(first)} AND ${whole(last)}`

/** A part as sums of days, less what neighbours count twice, and as the same part over the stretches that are read from rows. */
function rolledSql(part: Part, placed: Placed, { dimension, tiles }: FromSums, statement: Parameters<PartSql>[2]): string {
  const { question } = statement
  const { columns, more } = placed
  const [key] = part.keys
  const value = keyOfSums(part, statement)
  const own = new Map(part.measures.map((measure) => [termName({ part: placed.number, measure }), measure]))
  const numbers = columns.map((term) => {
    const measure = own.get(termName(term))
    const column = measure && columnOf(part, measure)
    return `${column ? `COALESCE(SUM(IF(border = 1, -${column}, ${column})), 0)` : '0'} AS ${termName(term)}`
  })
  const days = [
    ...tiles.sums.map((days) => `(border = 0 AND ${between('day', days)})`),
    ...bordersOf(part, tiles).map((days) => `(border = 1 AND ${between('day', days)})`),
  ]
  const wheres = [
    `site = ${whole(question.site)} AND dimension = ${dimension.number}`,
    between('day', [tiles.sums[0]![0], tiles.sums.at(-1)![1] + 1]),
    `(${days.join(' OR ')})`,
    ...(key?.kind === 'time' && key.bucket === 'hour' ? [between('value', [key.first, key.last])] : []),
  ]
  const sums = [
    `SELECT ${[...(value === null ? [] : [`${value} AS k0`]), ...numbers, ...more].join(', ')}`,
    `FROM ${ROLLUP_TABLES[dimension.of].table} WHERE ${wheres.join(' AND ')}${value === null ? '' : ' GROUP BY k0'}`,
  ].join('\n')
  const rows = tiles.rows.map((stretch) => {
    const over = {
      ...statement,
      question: { ...question, from: stretch.from, to: stretch.to },
      opened: Math.max(statement.opened ?? 0, stretch.opened),
    }
    // A visit belongs to the day of its last event; after the range, only days of the last bucket are left.
    const ended = dimension.by === 'ended' && stretch.to < question.to ? [`v.ended <= ${whole(stretch.to)}`] : []
    return partSql(part, placed, over, ended)
  })
  const stacked = [sums, ...rows].join('\nUNION ALL\n')
  if (!isNumber(part, question) || rows.length === 0) return stacked
  return `SELECT ${columns.map((term) => `SUM(${termName(term)}) AS ${termName(term)}`).join(', ')} FROM (${stacked}) AS stretches`
}

/** Days on which a row of the part counts visitors of the day before too: by day and hour none, by week and month those inside one. */
function bordersOf({ keys: [key] }: Part, { borders }: Tiles): [first: number, last: number][] {
  if (key?.kind !== 'time') return stretches(borders)
  if (key.bucket === 'week') return stretches(borders.filter((day) => dateOfDay(day).dayOfWeek !== 1))
  return key.bucket === 'month' ? stretches(borders.filter((day) => dateOfDay(day).day !== 1)) : []
}

/** The key of a part, in the tables of sums. */
function keyOfSums(part: Part, { texts }: Parameters<PartSql>[2]): string | null {
  const [key] = part.keys
  if (key?.kind === 'time') {
    // A day as if it were an instant of a zone without offsets.
    return key.bucket === 'hour' ? 'value' : BUCKETS[key.bucket](`(CAST(day AS SIGNED) * ${DAY})`, { offset: 0, changes: [] }, key.first)
  }
  if (key?.kind !== 'field') return null
  const blank = texts.number(placeOf(key.field).kind, key.blank)
  return blank === null || blank === 0 ? 'value' : `IF(value = 0, ${blank}, value)`
}
