import { itemsOf } from '../items.ts'
import { uint64, whole } from '../literals.ts'
import { KINDS } from '../schema.ts'
import { texts as readTexts } from '../texts.ts'
import { WITH_GROUPS } from '../visits.ts'
import { base, conditionSql, fromSql, source } from './condition.ts'
import type { Report } from './report.ts'

const DIRECTIONS = { 'oldest first': 'ASC', 'newest first': 'DESC' } as const

const TEXTS = ['name', 'host', 'page', 'source', 'country', 'browser', 'device'] as const

type Row = Record<(typeof TEXTS)[number], number> & {
  at: number
  visit: string
  props: number | null
  amount: string | null
  currency: number | null
  engagement: number | null
  scroll: number
}

/** Texts to sort by; the others are read for the page alone. */
const sortText = (kind: 'name' | 'page') =>
  `LEFT JOIN terms AS text_${kind} ON text_${kind}.site = e.site AND text_${kind}.kind = ${KINDS[kind]} AND text_${kind}.id = e.${kind}`

export const events: Report<'events', Row> = {
  wanted: ({ where }) => ({ fields: [], conditions: [where] }),
  statement(question, texts) {
    const { where, visit, order, limit } = question
    const from = source('events', { question, texts })
    const wheres = [base('events', from.statement), conditionSql(where, from)]
    if (visit !== null) wheres.push(`e.visit = ${uint64(visit)}`)
    const page = [
      'SELECT e.site, e.time, e.batch, e.position, CAST(e.visit AS CHAR) AS visit_text, text_name.value AS name_text, text_page.value AS page_text',
      fromSql(from),
      sortText('name'),
      sortText('page'),
      `WHERE ${wheres.join(' AND ')}`,
      `ORDER BY e.time ${DIRECTIONS[order]}, visit_text, name_text, page_text, COALESCE(e.id, 0) LIMIT ${whole(limit)}`,
    ]
    return [
      'SELECT e.time AS at, e.visit, e.name, e.host, e.page, e.props, e.scroll, e.engagement, e.currency,',
      'CAST(e.amount * 1000 AS SIGNED) AS amount,',
      'origin.source AS source, place.country AS country, agent.browser AS browser, agent.device AS device',
      `FROM (${page.join('\n')}) AS page`,
      'STRAIGHT_JOIN events AS e ON e.site = page.site AND e.time = page.time AND e.batch = page.batch AND e.position = page.position',
      WITH_GROUPS('e'),
      `ORDER BY e.time ${DIRECTIONS[order]}, page.visit_text, page.name_text, page.page_text, COALESCE(e.id, 0)`,
    ].join('\n')
  },
  async read(rows, { site }, connection) {
    const sets = rows.flatMap(({ props }) => props ?? [])
    const items = await itemsOf(connection, site, sets)
    const numbers = rows.flatMap((row) => [...TEXTS.map((name) => row[name]), row.currency ?? 0])
    const text = await readTexts(connection, [...numbers, ...items.flatMap(({ prop, value }) => [prop, value])])
    const bySet = Map.groupBy(items, (item) => item.prop_set)
    return rows.map((row) => ({
      at: row.at,
      visit: row.visit,
      name: text(row.name),
      hostname: text(row.host),
      pathname: text(row.page),
      props: Object.fromEntries((bySet.get(row.props ?? 0) ?? []).map(({ prop, value }) => [text(prop), text(value)])),
      revenue: row.currency === null ? null : { amount: Number(row.amount), currency: text(row.currency) },
      engagement: row.engagement ?? 0,
      scroll: row.scroll,
      source: text(row.source),
      country: text(row.country),
      browser: text(row.browser),
      device: text(row.device),
    }))
  },
}
