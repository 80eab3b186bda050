import { uint64, whole } from '../literals.ts'
import { COLUMNS, type VisitRow, WITH_GROUPS, readVisits } from '../visits.ts'
import { base, conditionSql, fromSql, source } from './condition.ts'
import type { Report } from './report.ts'

/** Which visits are on the page is found first: sorting whole rows of a month would take all of their columns. */
export const visits: Report<'visits', VisitRow> = {
  wanted: ({ where }) => ({ fields: [], conditions: [where] }),
  statement(question, texts) {
    const { after, where, limit } = question
    const from = source('visits', { question, texts })
    const wheres = [base('visits', from.statement), conditionSql(where, from)]
    if (after) wheres.push(`(v.opened < ${whole(after.opened)} OR (v.opened = ${whole(after.opened)} AND v.id < ${uint64(after.id)}))`)
    const page = `SELECT v.site, v.opened, v.id ${fromSql(from)} WHERE ${wheres.join(' AND ')} ORDER BY v.opened DESC, v.id DESC LIMIT ${whole(limit)}`
    return [
      `SELECT ${COLUMNS} FROM (${page}) AS page`,
      'STRAIGHT_JOIN visits AS v ON v.site = page.site AND v.opened = page.opened AND v.id = page.id',
      WITH_GROUPS('v'),
      'ORDER BY v.opened DESC, v.id DESC',
    ].join('\n')
  },
  read: (rows, _question, connection) => readVisits(connection, rows),
}
