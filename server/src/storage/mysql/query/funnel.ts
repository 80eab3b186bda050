import { bytes, whole } from '../literals.ts'
import { KINDS, placeOf } from '../schema.ts'
import { base, column, conditionSql, fromSql, source } from './condition.ts'
import type { Report } from './report.ts'

type Row = { label: Buffer | string; visitors: string } & Record<`r${number}`, string>

/**
 * The rule of storage/reports.ts in window functions. For each event and each step: when the latest chain began that has got to
 * the step by then. A later start leaves more time for the rest, so earlier ones need not be kept. A window ordered by time
 * counts all events of the same second, so their order does not matter.
 */
export const funnel: Report<'funnel', Row> = {
  wanted: ({ where, steps, by }) => ({ fields: by ? [by] : [], conditions: [where, ...steps] }),
  statement(question, texts) {
    const { steps, window, by, limit, site } = question
    const from = source('events', { question, texts })
    const field = by && column(by.field, from)
    const blank = field && texts.number(field.kind, by.blank)
    const value = field ? (blank ? `IF(${field.sql} = 0, ${blank}, ${field.sql})` : field.sql) : '0'
    const conditions = steps.map((step, index) => `${conditionSql(step, from)} AS c${index}`)
    const wheres = [base('events', from.statement), conditionSql(question.where, from)]
    const met = `SELECT ${[`${value} AS value`, 'e.visitor', 'CAST(e.time AS SIGNED) AS time', ...conditions].join(', ')} ${fromSql(from)} WHERE ${wheres.join(' AND ')}`
    const chains = steps.reduce((inner, _, index) => {
      const start = index === 0 ? 'time' : `s${index - 1}`
      const inTime = index === 0 ? '' : ` AND s${index - 1} >= time - ${whole(window)}`
      return `SELECT chain${index}.*, MAX(IF(c${index}${inTime}, ${start}, NULL)) OVER (PARTITION BY value, visitor ORDER BY time) AS s${index} FROM (${inner}) AS chain${index}`
    }, met)
    const furthest = `SELECT ${['value', 'visitor', ...steps.map((_, index) => `MAX(s${index}) AS s${index}`)].join(', ')} FROM (${chains}) AS chains GROUP BY value, visitor`
    const reached = steps.map((_, index) => `SUM(s${index} IS NOT NULL) AS r${index}`)
    const counted = `SELECT ${['value', 'COUNT(*) AS visitors', ...reached].join(', ')} FROM (${furthest}) AS furthest GROUP BY value`
    return [
      `SELECT ${by ? `IF(counted.value = 0, ${bytes(by.blank)}, term.value)` : `''`} AS label, counted.* FROM (${counted}) AS counted`,
      by
        ? `LEFT JOIN terms AS term ON term.site = ${whole(site)} AND term.kind = ${KINDS[placeOf(by.field).kind]} AND term.id = counted.value`
        : '',
      `ORDER BY r0 DESC, visitors DESC, label LIMIT ${whole(limit)}`,
    ].join('\n')
  },
  async read(rows, { by, steps }) {
    if (rows.length === 0 && !by) return [{ value: '', visitors: 0, reached: steps.map(() => 0) }]
    return rows.map((row) => ({
      value: String(row.label),
      visitors: Number(row.visitors),
      reached: steps.map((_, index) => Number(row[`r${index}`])),
    }))
  },
}
