/** What the hand-written statements look at. Unix seconds, both ends included. */
export interface Period {
  from: number
  to: number
  timezone: string
}

/**
 * The questions of the dashboard's first screen as a person would write them for these tables: no names of goals to think of, no
 * filters, no rounding to whole numbers. They must give the same visitors; bench/dashboard.ts checks that.
 */
export function handWritten(site: number, { from, to, timezone }: Period): Record<string, string[]> {
  const events = ({ from, to }: Pick<Period, 'from' | 'to'>) =>
    `FROM events WHERE site = ${site} AND time BETWEEN toDateTime(${from}) AND toDateTime(${to})`
  // A visit counts if it overlaps the period; `opened` is in the sorting key.
  const visits = ({ from, to }: Pick<Period, 'from' | 'to'>) =>
    `FROM visits FINAL WHERE site = ${site} AND opened BETWEEN toDateTime(${from} - 604800) AND toDateTime(${to} + 86400) AND start <= toDateTime(${to}) AND end >= toDateTime(${from})`
  const totals = (period: Pick<Period, 'from' | 'to'>) => `SELECT * FROM
    (SELECT uniqExact(visitor) AS visitors, uniqExact(visit) AS visits, countIf(name = 'pageview') AS pageviews ${events(period)}) AS e,
    (SELECT sum(pageviews) / count() AS views_per_visit, 100 * avg(bounce) AS bounce_rate, avg(duration) AS visit_duration ${visits(period)}) AS v`
  const shares = (column: string) => `WITH (SELECT uniqExact(visitor) ${visits({ from, to })}) AS everybody
    SELECT ${column} AS label, uniqExact(visitor) AS visitors, round(100 * visitors / everybody, 1) AS share ${visits({ from, to })}
    GROUP BY label ORDER BY visitors DESC, label LIMIT 10`
  return {
    totals: [totals({ from, to }), totals({ from: from - (to - from) - 1, to: from - 1 })],
    series: [
      `SELECT toDate(end, '${timezone}') AS label, uniqExact(visitor) AS visitors ${visits({ from, to })} GROUP BY label HAVING label <= toDate(toDateTime(${to}), '${timezone}') ORDER BY label`,
    ],
    sources: [shares('source')],
    pages: [
      `SELECT pathname AS label, uniqExact(visitor) AS visitors, countIf(name = 'pageview') AS pageviews ${events({ from, to })}
        GROUP BY label ORDER BY visitors DESC, label LIMIT 10`,
    ],
    locations: [shares('country')],
    devices: [shares('browser')],
  }
}
