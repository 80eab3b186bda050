import { COLUMNS, type VisitRow, visit } from '../visits.ts'
import { SOURCES, type Scoped, base, conditionSql } from './condition.ts'
import { createParams, whole } from './params.ts'
import type { Report } from './reports.ts'

/** Which visits are on the page is found first, from two columns: sorting whole rows of a month would take all of its columns. */
export const visits: Report<'visits'> = {
  statement(question) {
    const statement: Scoped = { question, params: createParams() }
    const { after, where, limit } = question
    const scope = base('visits', statement)
    const next = after ? [`(toUnixTimestamp(opened), id) < (${whole(after.opened)}, toUInt64(${statement.params.text(after.id)}))`] : []
    const order = 'ORDER BY opened DESC, id DESC'
    const page = [
      `SELECT opened, id FROM ${SOURCES.visits}`,
      `WHERE ${[scope, conditionSql(where, 'visits', statement), ...next].join(' AND ')} ${order} LIMIT ${whole(limit)}`,
    ].join(' ')
    const sql = `SELECT ${COLUMNS} FROM ${SOURCES.visits} WHERE ${scope} AND (opened, id) IN (${page}) ${order}`
    return { sql, params: statement.params.values }
  },
  read: (rows) => rows.map((row) => visit(row as unknown as VisitRow)),
}
