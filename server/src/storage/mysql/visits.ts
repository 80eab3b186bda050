import type { Pool, PoolConnection } from 'mysql2/promise'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Attributes, Visit } from '../../lib/event.ts'
import type { VisitSearch } from '../engine.ts'
import { select } from './client.ts'
import { uint64, whole } from './literals.ts'
import { GROUPS } from './schema.ts'
import { pieces, texts } from './texts.ts'

const DAY = 86_400

/** Every column of a visit, as `readVisits` reads them: attributes as numbers of their texts. */
export const COLUMNS = [
  'v.site, v.opened, v.id, v.visitor, v.started, v.ended, v.active, v.duration, v.bounce, v.pageviews, v.events',
  'v.entry_page, v.entry_host, v.entry_at, v.exit_page, v.exit_host, v.exit_at, v.batch',
  ...GROUPS.flatMap(({ column, attributes }) => attributes.map((name) => `${column}.${name} AS ${name}`)),
].join(', ')

/** Tables of groups, each under the name of the column that points to it. */
export const WITH_GROUPS = (alias: string): string =>
  GROUPS.map(
    ({ table, column }) => `STRAIGHT_JOIN ${table} AS ${column} ON ${column}.site = ${alias}.site AND ${column}.id = ${alias}.${column}`,
  ).join('\n')

export type VisitRow = Record<keyof Attributes, number> & {
  site: number
  opened: number
  id: string
  visitor: string
  started: number
  ended: number
  active: number
  duration: number
  bounce: number
  pageviews: number
  events: number
  entry_page: number
  entry_host: number
  entry_at: number
  exit_page: number
  exit_host: number
  exit_at: number
  batch: string
}

/** Sites that have visits or events: one look into the primary key each. */
async function sitesOf(on: Pool | PoolConnection, table: 'events' | 'visits'): Promise<number[]> {
  return (await select<{ site: number }>(on, `SELECT DISTINCT site FROM ${table}`)).map(({ site }) => site)
}

/**
 * Finds visits as they stand now. A visit that was opened more than seven days before the time asked for is not
 * found: only so does the question read a few days of the table instead of all.
 */
export async function visits(on: Pool | PoolConnection, search: VisitSearch): Promise<Visit[]> {
  const from = `SELECT ${COLUMNS} FROM visits AS v\n${WITH_GROUPS('v')}`
  const found: VisitRow[] = []
  if ('activeSince' in search) {
    const since = Math.max(0, search.activeSince)
    const where = `v.opened >= ${whole(Math.max(0, since - 7 * DAY))} AND v.active >= ${whole(since)}`
    for (const site of await sitesOf(on, 'visits'))
      found.push(...(await select<VisitRow>(on, `${from} WHERE v.site = ${whole(site)} AND ${where}`)))
    return readVisits(on, found)
  }
  const { site, visitors } = search
  const times = [
    `v.opened BETWEEN ${whole(Math.max(0, search.from - 7 * DAY))} AND ${whole(search.to + DAY)}`,
    `v.started <= ${whole(search.to)} AND v.active >= ${whole(Math.max(0, search.from))}`,
  ]
  for (const some of pieces(visitors)) {
    const where = [`v.site = ${whole(site)}`, `v.visitor IN (${some.map(uint64).join(', ')})`, ...times]
    found.push(...(await select<VisitRow>(on, `${from} WHERE ${where.join(' AND ')}`)))
  }
  return readVisits(on, found)
}

/** Rows with the numbers of their texts, as visits. */
export async function readVisits(on: Pool | PoolConnection, rows: VisitRow[]): Promise<Visit[]> {
  const text = await texts(
    on,
    rows.flatMap((row) => [...VISIT_ATTRIBUTES.map((name) => row[name]), row.entry_page, row.entry_host, row.exit_page, row.exit_host]),
  )
  return rows.map((row) => ({
    site: row.site,
    id: row.id,
    visitor: row.visitor,
    start: row.started,
    opened: row.opened,
    end: row.ended,
    active: row.active,
    duration: row.duration,
    bounce: row.bounce === 1,
    pageviews: row.pageviews,
    events: row.events,
    entryPage: text(row.entry_page),
    entryHostname: text(row.entry_host),
    entryAt: row.entry_at,
    exitPage: text(row.exit_page),
    exitHostname: text(row.exit_host),
    exitAt: row.exit_at,
    attributes: Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, text(row[name])])) as Attributes,
    batch: Number(row.batch),
  }))
}

/** Which of these event ids the site has, among events from `since` on. */
export async function knownIds(on: Pool | PoolConnection, site: number, ids: string[], since: number): Promise<Set<string>> {
  const known = new Set<string>()
  for (const some of pieces(ids)) {
    const sql = `SELECT DISTINCT id FROM events FORCE INDEX (id) WHERE site = ${whole(site)} AND id IN (${some.map(uint64).join(', ')}) AND time >= ${whole(Math.max(0, since))}`
    for (const row of await select<{ id: string }>(on, sql)) known.add(row.id)
  }
  return known
}

/** Ids stored since then, newest first. */
export async function recentIds(
  on: Pool | PoolConnection,
  since: number,
  limit: number,
): Promise<{ site: number; id: string; at: number }[]> {
  const latest: { site: number; id: string; at: number }[] = []
  for (const site of await sitesOf(on, 'events')) {
    const sql = `SELECT site, id, time AS at FROM events WHERE site = ${whole(site)} AND time >= ${whole(Math.max(0, since))} AND id IS NOT NULL
      ORDER BY time DESC LIMIT ${whole(limit)}`
    latest.push(...(await select<{ site: number; id: string; at: number }>(on, sql)))
  }
  return latest.toSorted((a, b) => b.at - a.at).slice(0, limit)
}
