import { IDENTIFIED } from '../../../lib/visitor-id.ts'
import { whole } from '../literals.ts'
import { base, conditionSql, fromSql, source } from './condition.ts'
import { BUCKETS, signed } from './keys.ts'
import type { Report } from './report.ts'

type Row = Record<'cohort' | 'bucket' | 'visitors', string>

/** Visits, not events: a third of the rows, and a visitor is there when a visit begins. */
export const retention: Report<'retention', Row> = {
  wanted: ({ where }) => ({ fields: [], conditions: [where] }),
  statement(question, texts) {
    const { bucket, offsets, firstSeen, identified, where } = question
    const from = source('visits', { question, texts })
    const condition = conditionSql(where, from)
    const whose = identified ? ` AND v.visitor BETWEEN ${IDENTIFIED.from} AND ${IDENTIFIED.to}` : ''
    const began = signed('v.started')
    const each = [
      `SELECT v.visitor, ${BUCKETS[bucket](began, offsets, 0)} AS bucket, MIN(${began}) OVER (PARTITION BY v.visitor) AS first`,
      `${fromSql(from)} WHERE ${base('visits', from.statement)} AND ${condition}${whose}`,
    ]
    return `SELECT ${BUCKETS[bucket]('began.first', offsets, 0)} AS cohort, began.bucket, COUNT(DISTINCT began.visitor) AS visitors
      FROM (${each.join(' ')}) AS began WHERE began.first >= ${whole(firstSeen)} GROUP BY cohort, began.bucket`
  },
  async read(rows) {
    return rows.map(({ cohort, bucket, visitors }) => ({ cohort: Number(cohort), bucket: Number(bucket), visitors: Number(visitors) }))
  },
}
