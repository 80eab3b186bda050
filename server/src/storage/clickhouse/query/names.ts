import { SOURCES, type Scoped, base, conditionSql } from './condition.ts'
import { createParams, whole } from './params.ts'
import type { Report } from './reports.ts'

/** What each kind of names is: rows to read, and the name in a row. */
const KINDS = {
  property: { from: `${SOURCES.events} ARRAY JOIN mapKeys(props) AS prop`, name: 'prop' },
  event: { from: SOURCES.events, name: 'name' },
} as const

export const names: Report<'names'> = {
  statement(question) {
    const statement: Scoped = { question, params: createParams() }
    const wheres = [base('events', statement), `name != 'engagement'`, conditionSql(question.where, 'events', statement)].join(' AND ')
    const each = Object.entries(KINDS).map(([kind, { from, name }]) =>
      [
        `SELECT '${kind}' AS kind, toString(${name}) AS told, count() AS events, uniqExact(visitor) AS visitors`,
        `FROM ${from} WHERE ${wheres}`,
        `GROUP BY told ORDER BY visitors DESC, events DESC, told LIMIT ${whole(question.limit)}`,
      ].join('\n'),
    )
    // The order of a union is nobody's promise.
    const sql = `SELECT * FROM (\n${each.map((one) => `SELECT * FROM (${one})`).join('\nUNION ALL\n')}\n) ORDER BY kind, visitors DESC, events DESC, told`
    return { sql, params: statement.params.values }
  },
  read: (rows) =>
    rows.map(({ kind, told, events, visitors }) => ({
      kind: kind as keyof typeof KINDS,
      name: String(told),
      events: Number(events),
      visitors: Number(visitors),
    })),
}
