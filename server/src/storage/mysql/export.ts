import type { Pool } from 'mysql2/promise'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Attributes, StoredEvent } from '../../lib/event.ts'
import type { ExportRange } from '../engine.ts'
import { select } from './client.ts'
import { itemsOf } from './items.ts'
import { whole } from './literals.ts'
import { GROUPS } from './schema.ts'
import { texts } from './texts.ts'
import { WITH_GROUPS } from './visits.ts'

const PAGE = 20_000

const TEXTS = ['name', 'host', 'page'] as const
const COLUMNS = [
  'e.time AS at, e.batch, e.position, COALESCE(e.id, 0) AS id, e.visitor, e.visit, e.name, e.host, e.page, e.title, e.props',
  'e.amount, e.currency, e.engagement, e.scroll, e.interactive',
  ...GROUPS.flatMap(({ column, attributes }) => attributes.map((name) => `${column}.${name} AS ${name}`)),
].join(', ')

type Row = Record<keyof Attributes | (typeof TEXTS)[number], number> & {
  at: number
  batch: number
  position: number
  id: string | number
  visitor: string
  visit: string
  title: number | null
  props: number | null
  amount: string | null
  currency: number | null
  engagement: number | null
  scroll: number
  interactive: number
}

/** Every event of a site and period, page by page, in the order of the primary key: a page reads on where the last one ended. */
export async function* exportEvents(
  pool: Pool,
  range: ExportRange,
  signal?: AbortSignal,
  page: number = PAGE,
): AsyncGenerator<StoredEvent[]> {
  for (let after: Row | null = null, full = true; full;) {
    signal?.throwIfAborted()
    const rows: Row[] = await select(pool, pageSql(range, after, page))
    full = rows.length === page
    after = rows.at(-1) ?? null
    if (rows.length > 0) yield readEvents(pool, range.site, rows)
  }
}

function pageSql({ site, from, to }: ExportRange, after: Row | null, page: number): string {
  const where = [
    `e.site = ${whole(site)}`,
    `e.time BETWEEN ${whole(Math.max(from, after?.at ?? 0, 0))} AND ${whole(Math.min(to, 2 ** 32 - 1))}`,
  ]
  if (after) {
    const [at, batch, position] = [after.at, after.batch, after.position].map(whole)
    where.push(`(e.time > ${at} OR e.batch > ${batch} OR (e.batch = ${batch} AND e.position > ${position}))`)
  }
  return `SELECT ${COLUMNS} FROM events AS e\n${WITH_GROUPS('e')}\nWHERE ${where.join(' AND ')} ORDER BY e.time, e.batch, e.position LIMIT ${whole(page)}`
}

async function readEvents(pool: Pool, site: number, rows: Row[]): Promise<StoredEvent[]> {
  const items = await itemsOf(
    pool,
    site,
    rows.flatMap((row) => row.props ?? []),
  )
  const bySet = Map.groupBy(items, (item) => item.prop_set)
  const text = await texts(pool, [
    ...rows.flatMap((row) => [
      ...VISIT_ATTRIBUTES.map((name) => row[name]),
      ...TEXTS.map((name) => row[name]),
      row.title ?? 0,
      row.currency ?? 0,
    ]),
    ...items.flatMap(({ prop, value }) => [prop, value]),
  ])
  return rows.map((row) => ({
    site,
    at: row.at,
    id: String(row.id),
    visitor: row.visitor,
    visit: row.visit,
    name: text(row.name),
    hostname: text(row.host),
    pathname: text(row.page),
    ...(row.title !== null && { title: text(row.title) }),
    attributes: Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, text(row[name])])) as Attributes,
    props: Object.fromEntries((bySet.get(row.props ?? 0) ?? []).map(({ prop, value }) => [text(prop), text(value)])),
    revenue: row.currency === null ? null : { amount: String(row.amount), currency: text(row.currency) },
    engagement: row.engagement ?? 0,
    scroll: row.scroll,
    interactive: row.interactive === 1,
  }))
}
