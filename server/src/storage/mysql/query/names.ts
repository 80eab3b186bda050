import type { NameRow } from '../../reports.ts'
import { whole } from '../literals.ts'
import { KINDS } from '../schema.ts'
import { base, conditionSql, fromSql, source } from './condition.ts'
import type { Report } from './report.ts'

interface Row {
  kind: NameRow['kind']
  name: Buffer
  events: string
  visitors: string
}

export const names: Report<'names', Row> = {
  wanted: ({ where }) => ({ names: ['engagement'], fields: [], conditions: [where] }),
  statement(question, texts) {
    const { where, limit, site } = question
    const from = source('events', { question, texts })
    const wheres = [base('events', from.statement), `e.name <> ${texts.number('name', 'engagement') ?? -1}`, conditionSql(where, from)]
    const events = (columns: string, more: string[] = []) =>
      `SELECT ${columns} ${fromSql(from)} WHERE ${[...wheres, ...more].join(' AND ')}`

    // From the site's sets to the events that have them: the other way round, each event would look for every property of the site,
    // since the key of prop_items begins with the property.
    const sets = `${events('e.props, e.visitor, COUNT(*) AS events', ['e.props IS NOT NULL'])} GROUP BY e.props, e.visitor`
    const properties = `SELECT item.prop AS term, SUM(used.events) AS events, COUNT(DISTINCT used.visitor) AS visitors
      FROM prop_items AS item STRAIGHT_JOIN (${sets}) AS used ON used.props = item.prop_set WHERE item.site = ${whole(site)} GROUP BY item.prop`
    const named = `${events('e.name AS term, COUNT(*) AS events, COUNT(DISTINCT e.visitor) AS visitors')} GROUP BY e.name`

    const texted = (kind: NameRow['kind'], counted: string, term: 'prop' | 'name') =>
      [
        `(SELECT '${kind}' AS kind, term.value AS name, counted.events, counted.visitors FROM (${counted}) AS counted`,
        `JOIN terms AS term ON term.site = ${whole(site)} AND term.kind = ${KINDS[term]} AND term.id = counted.term`,
        `ORDER BY counted.visitors DESC, counted.events DESC, term.value LIMIT ${whole(limit)})`,
      ].join('\n')
    const each = [texted('event', named, 'name'), texted('property', properties, 'prop')]
    // The order of a union is nobody's promise.
    return `SELECT * FROM (${each.join('\nUNION ALL\n')}) AS names ORDER BY kind, visitors DESC, events DESC, name`
  },
  async read(rows) {
    return rows.map(({ kind, name, events, visitors }) => ({
      kind,
      name: name.toString(),
      events: Number(events),
      visitors: Number(visitors),
    }))
  },
}
