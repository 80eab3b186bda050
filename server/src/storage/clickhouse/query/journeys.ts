import type { JourneyRow } from '../../reports.ts'
import { SOURCES, type Scoped, base, conditionSql } from './condition.ts'
import { createParams, whole } from './params.ts'
import type { Report } from './reports.ts'

/** Kinds of rows, in the order of their numbers in the statement. */
const KINDS = ['all', 'path', 'page', 'end', 'link'] as const satisfies JourneyRow['kind'][]

/**
 * Events are read once: a list of pages a visit, equal lists counted, and each of those told in its rows (itself, its pages, its
 * links), which are added up.
 */
export const journeys: Report<'journeys'> = {
  statement(question) {
    const { page, direction, steps, limit, where } = question
    const statement: Scoped = { question, params: createParams() }
    const most = whole(steps + 1)
    const start = page === null ? null : statement.params.text(page)
    const ways = {
      next: start === null ? 'pages' : `arraySlice(pages, indexOf(pages, ${start}))`,
      previous: `arrayReverse(${start === null ? 'pages' : `arraySlice(pages, 1, indexOf(pages, ${start}))`})`,
    }
    const visits = [
      'SELECT arrayCompact(arrayMap(view -> view.2, arraySort(groupArray((time, toString(pathname)))))) AS pages',
      `FROM ${SOURCES.events} WHERE ${base('events', statement)} AND name = 'pageview' AND ${conditionSql(where, 'events', statement)}`,
      `GROUP BY visit${start === null ? '' : ` HAVING has(pages, ${start})`}`,
    ]
    const rows = [
      `[(0, toUInt64(0), []), (1, toUInt64(0), journey)]`,
      `arrayMap((page, step) -> (2, step - 1, [page]), journey, arrayEnumerate(journey))`,
      `if(length(journey) < ${most}, [(3, length(journey) - 1, [journey[-1]])], [])`,
      `arrayMap(step -> (4, step - 1, arraySlice(journey, step, 2)), range(1, length(journey)))`,
    ]
    const type = `'Array(Tuple(UInt8, UInt64, Array(String)))'`
    const sql = [
      'SELECT row.1 AS kind, toUInt32(row.2) AS step, row.3 AS told, sum(journeys) AS visits FROM (',
      `SELECT arraySlice(${ways[direction]}, 1, ${most}) AS journey, count() AS journeys FROM (`,
      ...visits,
      ') GROUP BY journey',
      `) ARRAY JOIN arrayConcat(${rows.map((row) => `CAST(${row}, ${type})`).join(', ')}) AS row`,
      `GROUP BY kind, step, told ORDER BY kind, step, visits DESC, told LIMIT ${whole(limit)} BY kind, step`,
    ]
    return { sql: sql.join('\n'), params: statement.params.values }
  },
  read: (rows) =>
    rows.map(({ kind, step, told, visits }) => ({
      kind: KINDS[Number(kind)]!,
      step: Number(step),
      pages: told as string[],
      visits: Number(visits),
    })),
}
