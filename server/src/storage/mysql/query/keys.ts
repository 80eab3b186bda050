import type { Offsets } from '../../../lib/zone.ts'
import type { Bucket, Key, Question } from '../../question.ts'
import { bytes, whole } from '../literals.ts'
import { KINDS, type Kind, placeOf } from '../schema.ts'
import { type Source, type Statement, column, conditionSql } from './condition.ts'

const HOUR = 3600
const DAY = 86_400

/** A key as SQL: what to group by, a condition on rows once it is joined, and which of its values count. */
export interface KeySql {
  expression: string
  where?: string
  within?: (name: string) => string
}

function localSql(instant: string, { offset, changes }: Offsets): string {
  return `(${[instant, whole(offset), ...changes.map(({ at, by }) => `(${instant} >= ${whole(at)}) * (${whole(by)})`)].join(' + ')})`
}

/** The remainder of a division that rounds down. */
const remainder = (number: string, divisor: number) => `((${number} % ${divisor} + ${divisor}) % ${divisor})`
const daySql = (instant: string, offsets: Offsets) => `(${localSql(instant, offsets)} DIV ${DAY})`
const clockSql = (instant: string, offsets: Offsets, length: number) => `(${instant} - ${remainder(localSql(instant, offsets), length)})`

/** Day 0 of FROM_DAYS is in the year 0; this is 1970-01-01. */
const EPOCH = 719_528

/** lib/zone.ts in SQL: the same sums on the same offsets. */
export const BUCKETS = {
  minute: (instant, offsets) => clockSql(instant, offsets, 60),
  hour: (instant, offsets) => clockSql(instant, offsets, HOUR),
  day: daySql,
  // Day 0 was a Thursday.
  week: (instant, offsets, first) =>
    `GREATEST(${whole(first)}, ${daySql(instant, offsets)} - ${remainder(`(${daySql(instant, offsets)} + 3)`, 7)})`,
  month: (instant, offsets) => `(${daySql(instant, offsets)} - DAYOFMONTH(FROM_DAYS(${EPOCH} + ${daySql(instant, offsets)})) + 1)`,
} satisfies Record<Bucket, (instant: string, offsets: Offsets, first: number) => string>

/** Unsigned numbers of MySQL refuse to become negative, even on the way to something positive. */
export const signed = (column: string) => `CAST(${column} AS SIGNED)`

/**
 * The hours (or minutes) that a visit touches, each once. Quarters of an hour, since clock hours begin on those in every zone
 * of our days (+05:45, the half-hour change of Lord Howe). Cut to the range before unfolding: an imported visit may last for weeks.
 *
 * Slots are counted in three digits of base 64, since table `spans` gives the numbers up to a length by its index. That is enough for
 * 262,144 slots: 7 years of quarters, half a year of minutes.
 * Where both are asked for at once, minutes alone are unfolded: the hour is that of the minute.
 */
function touched(bucket: 'hour' | 'minute', from: Source, { question }: Statement): KeySql {
  const step = bucket === 'hour' ? 900 : 60
  const first = `(GREATEST(${signed('v.started')}, ${whole(question.from)}) DIV ${step} * ${step})`
  const last = `LEAST(${signed('v.ended')}, ${whole(question.to)})`
  const slots = `((${last} - ${first}) DIV ${step})`
  const digits = [
    { name: `${bucket}_high`, unit: 4096 },
    { name: `${bucket}_middle`, unit: 64 },
    { name: `${bucket}_low`, unit: 1 },
  ]
  for (const { name, unit } of digits) {
    from.joins.set(name, `STRAIGHT_JOIN spans AS ${name} ON ${name}.length = LEAST(63, ${slots} DIV ${unit})`)
  }
  const number = signed(digits.map(({ name, unit }) => `${name}.n * ${unit}`).join(' + '))
  const slot = (steps: string) => `(${first} + (${number}${steps}) * ${step})`
  const clock = (steps: string) => clockSql(slot(steps), question.offsets, bucket === 'hour' ? HOUR : 60)
  // Neighbours in the same hour: only the first counts.
  return { expression: clock(''), where: `${number} <= ${slots} AND (${number} = 0 OR ${clock('')} <> ${clock(' - 1')})` }
}

function timeKey(key: Key & { kind: 'time' }, from: Source, statement: Statement, byMinute: boolean): KeySql {
  const within = (name: string) => `${name} BETWEEN ${whole(key.first)} AND ${whole(key.last)}`
  if (from.table === 'visits' && key.bucket === 'hour' && byMinute)
    return { expression: BUCKETS.hour(touched('minute', from, statement).expression, statement.question.offsets), within }
  if (from.table === 'visits' && (key.bucket === 'hour' || key.bucket === 'minute'))
    return { ...touched(key.bucket, from, statement), within }
  const instant = signed(from.table === 'events' ? 'e.time' : 'v.ended')
  return { expression: BUCKETS[key.bucket](instant, statement.question.offsets, key.first), within }
}

/** Goals with the same name are one row: that of the first. */
const rowOf = (goals: Question['goals'], index: number) => goals.findIndex(({ name }) => name === goals[index]!.name) + 1

/** A row for each goal, whose column `number` tells it, and `line` the row of the answer. */
function goalsJoin({ goals }: Question): string {
  const rows = goals.map((_, index) => `SELECT ${index + 1} AS number, ${rowOf(goals, index)} AS line`)
  return `STRAIGHT_JOIN (${rows.join(' UNION ALL ') || 'SELECT 0 AS number, 0 AS line FROM DUAL WHERE 1 = 0'}) AS goal`
}

/**
 * A key that groups rows of this source by a number; what the numbers stand for says `labelSql`.
 * @param byMinute whether a key of minutes stands beside it
 */
export function keySql(key: Key, from: Source, statement: Statement, byMinute = false): KeySql {
  switch (key.kind) {
    case 'field': {
      const { sql, kind } = column(key.field, from)
      // Where blank has a name that some value has too, they are one row.
      const blank = statement.texts.number(kind, key.blank)
      return { expression: blank === null || blank === 0 ? sql : `IF(${sql} = 0, ${blank}, ${sql})` }
    }
    case 'time':
      return timeKey(key, from, statement, byMinute)
    case 'goal': {
      const met = statement.question.goals.map((goal, index) => `WHEN ${index + 1} THEN ${conditionSql(goal.condition, from)}`)
      from.joins.set('goal', goalsJoin(statement.question))
      return { expression: 'goal.line', where: met.length === 0 ? '0' : `CASE goal.number ${met.join(' ')} END` }
    }
    case 'every goal':
      from.joins.set('goal', goalsJoin(statement.question))
      return { expression: 'goal.line' }
  }
}

/** What a number of a key stands for: a text as bytes, which sort as ClickHouse sorts them; or the time itself. */
export function labelSql(keys: Key[], name: string, { site, goals }: Question): { sql: string; join?: string } {
  const [key] = keys
  switch (key!.kind) {
    case 'time':
      return { sql: name }
    case 'goal':
    case 'every goal':
      // ELT wants one text at least; of no goals there are no rows.
      return { sql: `ELT(${[name, ...goals.map((goal) => bytes(goal.name)), bytes('')].join(', ')})` }
    case 'field': {
      const kinds = new Set(keys.map((each) => (each.kind === 'field' ? kindOf(each) : null)))
      if (kinds.size > 1) throw new TypeError('Parts of a question group by texts of different kinds')
      const table = `text_${name}`
      return {
        sql: `IF(${name} = 0, ${bytes(key!.blank)}, ${table}.value)`,
        join: `LEFT JOIN terms AS ${table} ON ${table}.site = ${whole(site)} AND ${table}.kind = ${KINDS[kindOf(key!)]} AND ${table}.id = ${name}`,
      }
    }
  }
}

const kindOf = (key: Key & { kind: 'field' }): Kind => placeOf(key.field).kind
