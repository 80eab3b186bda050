import { IDENTIFIED } from '../../../lib/visitor-id.ts'
import { SOURCES, type Scoped, base, conditionSql } from './condition.ts'
import { BUCKETS } from './keys.ts'
import { createParams, whole } from './params.ts'
import type { Report } from './reports.ts'

/** Visits, not events: a third of the rows, and a visitor is there when a visit begins. */
export const retention: Report<'retention'> = {
  statement(question) {
    const { bucket, offsets, firstSeen, identified, where } = question
    const statement: Scoped = { question, params: createParams() }
    const whose = identified ? ` AND visitor BETWEEN ${IDENTIFIED.from} AND ${IDENTIFIED.to}` : ''
    const began = 'toInt64(toUnixTimestamp(start))'
    const each = [
      `SELECT visitor, min(${began}) AS first, ${BUCKETS[bucket]('first', offsets, 0)} AS cohort,`,
      `groupUniqArray(${BUCKETS[bucket](began, offsets, 0)}) AS buckets`,
      `FROM ${SOURCES.visits} WHERE ${base('visits', statement)} AND ${conditionSql(where, 'visits', statement)}${whose}`,
      `GROUP BY visitor HAVING first >= ${whole(firstSeen)}`,
    ]
    const sql = `SELECT cohort, bucket, count() AS visitors FROM (\n${each.join('\n')}\n) ARRAY JOIN buckets AS bucket GROUP BY cohort, bucket`
    return { sql, params: statement.params.values }
  },
  read: (rows) =>
    rows.map(({ cohort, bucket, visitors }) => ({ cohort: Number(cohort), bucket: Number(bucket), visitors: Number(visitors) })),
}
