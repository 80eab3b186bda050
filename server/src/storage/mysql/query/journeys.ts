import type { JourneyRow, JourneysQuestion } from '../../reports.ts'
import { whole } from '../literals.ts'
import { KINDS } from '../schema.ts'
import { texts as readTexts } from '../texts.ts'
import { base, conditionSql, fromSql, source } from './condition.ts'
import type { Report } from './report.ts'

/** A journey as numbers of its pages, `1,2,3`, and how many visits took it. */
interface Row {
  journey: string
  visits: string
}

const ORDER_OF_KINDS = ['all', 'path', 'page', 'end', 'link'] as const satisfies JourneyRow['kind'][]

/** Equal journeys are counted by the store; what rows they add to is worked out here, over as many as there are different ones. */
export const journeys: Report<'journeys', Row> = {
  wanted: ({ where, page }) => ({ names: ['pageview'], pages: page === null ? [] : [page], fields: [], conditions: [where] }),
  statement(question, texts) {
    const { page, direction, steps, where, site } = question
    const from = source('events', { question, texts })
    const wheres = [base('events', from.statement), `e.name = ${texts.number('name', 'pageview') ?? -1}`, conditionSql(where, from)]
    const order = '(PARTITION BY visit ORDER BY time, path, id, position)'
    const views = [
      'SELECT e.visit, e.page, e.time, text_page.value AS path, e.batch AS id, e.position',
      fromSql(from),
      `LEFT JOIN terms AS text_page ON text_page.site = ${whole(site)} AND text_page.kind = ${KINDS.page} AND text_page.id = e.page`,
      `WHERE ${wheres.join(' AND ')}`,
    ].join(' ')
    const before = `SELECT views.*, LAG(page) OVER ${order} AS before_it FROM (${views}) AS views`
    const compact = `SELECT visit, page, ROW_NUMBER() OVER ${order} AS n FROM (${before}) AS seen WHERE before_it IS NULL OR before_it <> page`
    const start =
      page === null
        ? direction === 'next'
          ? '1'
          : 'MAX(n) OVER (PARTITION BY visit)'
        : `MIN(IF(page = ${texts.number('page', page) ?? -1}, n, NULL)) OVER (PARTITION BY visit)`
    const started = `SELECT visit, page, n, ${start} AS start FROM (${compact}) AS compact`
    // Numbers of rows are unsigned in MySQL, so nothing is taken off them.
    const kept = direction === 'next' ? `n BETWEEN start AND start + ${whole(steps)}` : `n <= start AND n + ${whole(steps)} >= start`
    const each = `SELECT GROUP_CONCAT(page ORDER BY n ${direction === 'next' ? 'ASC' : 'DESC'}) AS journey FROM (${started}) AS started WHERE ${kept} GROUP BY visit`
    return `SELECT CAST(journey AS CHAR) AS journey, COUNT(*) AS visits FROM (${each}) AS each_visit GROUP BY journey`
  },
  async read(rows, question, connection) {
    const taken = rows.map(({ journey, visits }) => ({ pages: journey.split(',').map(Number), visits: Number(visits) }))
    const text = await readTexts(
      connection,
      taken.flatMap(({ pages }) => pages),
    )
    return rowsOf(
      taken.map(({ pages, visits }) => ({ pages: pages.map(text), visits })),
      question,
    )
  },
}

interface Taken {
  pages: string[]
  visits: number
}

function rowsOf(taken: Taken[], { steps, limit }: JourneysQuestion): JourneyRow[] {
  const rows = new Map<string, JourneyRow>()
  const add = (kind: JourneyRow['kind'], step: number, pages: string[], visits: number) => {
    const key = JSON.stringify([kind, step, pages])
    const row = rows.get(key)
    if (row) row.visits += visits
    else rows.set(key, { kind, step, pages, visits })
  }
  for (const { pages, visits } of taken) {
    add('all', 0, [], visits)
    add('path', 0, pages, visits)
    for (const [step, page] of pages.entries()) {
      add('page', step, [page], visits)
      if (step > 0) add('link', step - 1, [pages[step - 1]!, page], visits)
    }
    if (pages.length <= steps) add('end', pages.length - 1, [pages.at(-1)!], visits)
  }
  const groups = Map.groupBy(rows.values(), ({ kind, step }) => `${ORDER_OF_KINDS.indexOf(kind)} ${step}`)
  return [...groups.values()].flatMap((group) =>
    group.toSorted((a, b) => b.visits - a.visits || comparePages(a.pages, b.pages)).slice(0, limit),
  )
}

/** Page by page, byte by byte. */
function comparePages(a: string[], b: string[]): number {
  for (const [index, page] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    if (page !== other) return Buffer.compare(Buffer.from(page), Buffer.from(other))
  }
  return a.length - b.length
}
