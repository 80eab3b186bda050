import { SOURCES, type Scoped, base, column, conditionSql } from './condition.ts'
import { createParams, whole } from './params.ts'
import type { Report } from './reports.ts'

/**
 * windowFunnel is exactly the rule of storage/reports.ts, in one pass over rows in any order: it sorts a visitor's pairs of
 * time and step (an event that meets two steps is two pairs) and keeps for each step the latest start of a chain that got there.
 *
 * Its state is some hundred bytes a visitor, so only the events of those who entered go through it that meet a step: over 3.3
 * million visitors of 10 million events, all of them took more than a gigabyte. Everybody is counted beside it and added up.
 */
export const funnel: Report<'funnel'> = {
  statement(question) {
    const { steps, window, by, limit } = question
    const statement: Scoped = { question, params: createParams() }
    const text = by && column(by.field, statement)
    const value = text === null ? `''` : `if(${text} = '', ${statement.params.text(by!.blank)}, ${text})`
    const conditions = steps.map((step) => conditionSql(step, 'events', statement))
    const scope = `FROM ${SOURCES.events} WHERE ${base('events', statement)} AND ${conditionSql(question.where, 'events', statement)}`
    const reached = steps.map((_, index) => `countIf(level >= ${index + 1})`)
    const sql = [
      `SELECT value, sum(everybody) AS visitors, sumForEach(came) AS reached FROM (`,
      `SELECT ${value} AS value, uniqExact(visitor) AS everybody, [${steps.map(() => 'toUInt64(0)').join(', ')}] AS came`,
      `${scope} GROUP BY value`,
      `UNION ALL SELECT value, toUInt64(0), [${reached.join(', ')}] FROM (`,
      `SELECT ${value} AS value, visitor, windowFunnel(${whole(window)})(time, ${conditions.join(', ')}) AS level`,
      `${scope} AND (${conditions.join(' OR ')}) AND visitor IN (SELECT visitor ${scope} AND ${conditions[0]})`,
      `GROUP BY value, visitor) GROUP BY value)`,
      `GROUP BY value ORDER BY reached[1] DESC, visitors DESC, value LIMIT ${whole(limit)}`,
    ]
    return { sql: sql.join('\n'), params: statement.params.values }
  },
  read(rows, { by, steps }) {
    if (rows.length === 0 && !by) return [{ value: '', visitors: 0, reached: steps.map(() => 0) }]
    return rows.map(({ value, visitors, reached }) => ({
      value: String(value),
      visitors: Number(visitors),
      reached: (reached as string[]).map(Number),
    }))
  },
}
