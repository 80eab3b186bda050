import { SOURCES, type Scoped, base, column, conditionSql } from './condition.ts'
import { createParams, whole } from './params.ts'
import type { Report } from './reports.ts'

/**
 * windowFunnel is exactly the rule of storage/reports.ts, in one pass over rows in any order: it sorts a visitor's pairs of
 * time and step (an event that meets two steps is two pairs) and keeps for each step the latest start of a chain that got there.
 */
export const funnel: Report<'funnel'> = {
  statement(question) {
    const { steps, window, by, limit } = question
    const statement: Scoped = { question, params: createParams() }
    const text = by && column(by.field, statement)
    const value = text === null ? `''` : `if(${text} = '', ${statement.params.text(by!.blank)}, ${text})`
    const conditions = steps.map((step) => conditionSql(step, 'events', statement))
    const reached = steps.map((_, index) => `countIf(level >= ${index + 1})`)
    const sql = [
      `SELECT value, count() AS visitors, [${reached.join(', ')}] AS reached FROM (`,
      `SELECT ${value} AS value, visitor, windowFunnel(${whole(window)})(time, ${conditions.join(', ')}) AS level`,
      `FROM ${SOURCES.events} WHERE ${base('events', statement)} AND ${conditionSql(question.where, 'events', statement)}`,
      `GROUP BY value, visitor)`,
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
