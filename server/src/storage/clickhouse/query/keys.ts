import type { Bucket, Key } from '../../question.ts'
import type { Offsets } from '../../../lib/zone.ts'
import { type Statement, type Table, column, conditionSql } from './condition.ts'
import { whole } from './params.ts'

const HOUR = 3600
const DAY = 86_400

/** A key as SQL: what to group by, what has to be unfolded for it (`ARRAY JOIN`), and which of its values count. */
export interface KeySql {
  expression: string
  unfold?: string
  within?: (name: string) => string
}

function localSql(instant: string, { offset, changes }: Offsets): string {
  return `(${[instant, whole(offset), ...changes.map(({ at, by }) => `(${instant} >= ${whole(at)}) * (${whole(by)})`)].join(' + ')})`
}

const daySql = (instant: string, offsets: Offsets) => `intDiv(${localSql(instant, offsets)}, ${DAY})`
const clockSql = (instant: string, offsets: Offsets, length: number) =>
  `(${instant} - positiveModulo(${localSql(instant, offsets)}, ${length}))`

/** lib/zone.ts in SQL: the same sums on the same offsets. */
export const BUCKETS = {
  minute: (instant, offsets) => clockSql(instant, offsets, 60),
  hour: (instant, offsets) => clockSql(instant, offsets, HOUR),
  day: daySql,
  // Day 0 was a Thursday.
  week: (instant, offsets, first) =>
    `greatest(${whole(first)}, ${daySql(instant, offsets)} - positiveModulo(${daySql(instant, offsets)} + 3, 7))`,
  month: (instant, offsets) => `toInt64(toUInt16(toStartOfMonth(toDate(toUInt16(${daySql(instant, offsets)})))))`,
} satisfies Record<Bucket, (instant: string, offsets: Offsets, first: number) => string>

/**
 * The hours (or minutes) that a visit touches, each once. Quarters of an hour, since clock hours begin on those in every zone
 * of our days (+05:45, the half-hour change of Lord Howe). Cut to the range before unfolding: an imported visit may last for weeks.
 */
function touchedSql(bucket: 'hour' | 'minute', { question }: Statement): string {
  const step = bucket === 'hour' ? 900 : 60
  const first = `intDiv(greatest(toInt64(toUnixTimestamp(start)), ${whole(question.from)}), ${step}) * ${step}`
  const end = `least(toInt64(toUnixTimestamp(end)), ${whole(question.to)}) + 1`
  return `arrayDistinct(arrayMap(slot -> ${clockSql('slot', question.offsets, bucket === 'hour' ? HOUR : 60)}, range(${first}, ${end}, ${step})))`
}

function timeKey(key: Key & { kind: 'time' }, table: Table, statement: Statement, name: string, minute: string | null): KeySql {
  const within = (text: string) => `${text} BETWEEN ${whole(key.first)} AND ${whole(key.last)}`
  if (table === 'visits' && key.bucket === 'hour' && minute !== null)
    return { expression: BUCKETS.hour(`${minute}_each`, statement.question.offsets), within }
  if (table === 'visits' && (key.bucket === 'hour' || key.bucket === 'minute')) {
    return { expression: `${name}_each`, unfold: `${touchedSql(key.bucket, statement)} AS ${name}_each`, within }
  }
  const instant = `toInt64(toUnixTimestamp(${table === 'events' ? 'time' : 'end'}))`
  return { expression: BUCKETS[key.bucket](instant, statement.question.offsets, key.first), within }
}

/**
 * @param name of the column the key becomes; names what it unfolds
 * @param minute name of the key by minute beside it: the hour of a visit is then that of the minute, not each that the visit touches
 */
export function keySql(key: Key, table: Table, statement: Statement, name: string, minute: string | null = null): KeySql {
  const { goals } = statement.question
  const names = () => statement.params.texts(goals.map((goal) => goal.name))
  switch (key.kind) {
    case 'field': {
      const text = column(key.field, statement)
      return { expression: key.blank === '' ? text : `if(${text} = '', ${statement.params.text(key.blank)}, ${text})` }
    }
    case 'time':
      return timeKey(key, table, statement, name, minute)
    case 'goal': {
      const met = goals.map((goal, index) => `if(${conditionSql(goal.condition, table, statement)}, ${index + 1}, 0)`)
      return { expression: `${names()}[goal]`, unfold: `arrayFilter(met -> met > 0, CAST([${met.join(', ')}], 'Array(UInt32)')) AS goal` }
    }
    case 'every goal':
      return { expression: `${names()}[goal]`, unfold: `range(1, ${whole(goals.length + 1)}) AS goal` }
  }
}
