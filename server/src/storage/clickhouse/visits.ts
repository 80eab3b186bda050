import type { ClickHouseClient } from '@clickhouse/client'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Attributes, Visit } from '../../lib/event.ts'
import type { VisitSearch } from '../engine.ts'
import { select } from './client.ts'

const DAY = 86_400
/** Ids in one question; over HTTP the client sends so many in the body. */
const IDS = 10_000

/** Every column of a visit, as `visit` reads them. */
export const COLUMNS = `site, id, visitor, toUnixTimestamp(opened) AS opened_at, toUnixTimestamp(start) AS start_at, toUnixTimestamp(end) AS end_at,
  toUnixTimestamp(active) AS active_at, duration, bounce, pageviews, events, entry_page, entry_page_hostname, toUnixTimestamp(entry_at) AS entry_time,
  exit_page, exit_page_hostname, toUnixTimestamp(exit_at) AS exit_time, ${VISIT_ATTRIBUTES.join(', ')}, batch`

export type VisitRow = Attributes & {
  site: number
  id: string
  visitor: string
  opened_at: number
  start_at: number
  end_at: number
  active_at: number
  duration: number
  bounce: boolean
  pageviews: number
  events: number
  entry_page: string
  entry_page_hostname: string
  entry_time: number
  exit_page: string
  exit_page_hostname: string
  exit_time: number
  batch: string
}

/**
 * Finds visits as they stand now. A visit that was opened more than seven days before the time asked for is not
 * found: only so does the question read a few days of the table instead of all.
 */
export async function visits(client: ClickHouseClient, search: VisitSearch): Promise<Visit[]> {
  if ('activeSince' in search) {
    const since = search.activeSince
    const sql = `SELECT ${COLUMNS} FROM visits FINAL WHERE opened >= toDateTime({opened: Int64}) AND active >= toDateTime({since: Int64})`
    return (await select<VisitRow>(client, sql, { opened: Math.max(0, since - 7 * DAY), since: Math.max(0, since) })).map(visit)
  }
  const { site, from, to } = search
  const sql = `SELECT ${COLUMNS} FROM visits FINAL WHERE site = {site: UInt32} AND visitor IN {visitors: Array(UInt64)}
    AND opened BETWEEN toDateTime({opened: Int64}) AND toDateTime({latest: Int64}) AND start <= toDateTime({to: Int64}) AND active >= toDateTime({from: Int64})`
  const times = { opened: Math.max(0, from - 7 * DAY), latest: to + DAY, from: Math.max(0, from), to }
  const found = []
  for (const visitors of chunks(search.visitors))
    found.push(...(await select<VisitRow>(client, sql, { site, visitors, ...times })).map(visit))
  return found
}

/** Which of these event ids the site has, among events from `since` on. */
export async function knownIds(client: ClickHouseClient, site: number, ids: string[], since: number): Promise<Set<string>> {
  const sql =
    'SELECT DISTINCT id FROM events WHERE site = {site: UInt32} AND time >= toDateTime({since: Int64}) AND id IN {ids: Array(UInt64)}'
  const known = new Set<string>()
  for (const asked of chunks(ids)) {
    for (const row of await select<{ id: string }>(client, sql, { site, since: Math.max(0, since), ids: asked })) known.add(row.id)
  }
  return known
}

/** Ids stored since then, newest first. */
export async function recentIds(
  client: ClickHouseClient,
  since: number,
  limit: number,
): Promise<{ site: number; id: string; at: number }[]> {
  const sql = `SELECT site, id, toUnixTimestamp(time) AS at FROM events WHERE time >= toDateTime({since: Int64}) AND id != 0
    ORDER BY time DESC LIMIT {limit: UInt32}`
  return select(client, sql, { since: Math.max(0, since), limit })
}

/** As bigint: bound as text, they would not be read as numbers. */
function chunks(ids: string[]): bigint[][] {
  const made = []
  for (let from = 0; from < ids.length; from += IDS) made.push(ids.slice(from, from + IDS).map(BigInt))
  return made
}

/** A row of `COLUMNS` as a visit. */
export function visit(row: VisitRow): Visit {
  return {
    site: row.site,
    id: row.id,
    visitor: row.visitor,
    start: row.start_at,
    opened: row.opened_at,
    end: row.end_at,
    active: row.active_at,
    duration: row.duration,
    bounce: row.bounce,
    pageviews: row.pageviews,
    events: row.events,
    entryPage: row.entry_page,
    entryHostname: row.entry_page_hostname,
    entryAt: row.entry_time,
    exitPage: row.exit_page,
    exitHostname: row.exit_page_hostname,
    exitAt: row.exit_time,
    attributes: Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, row[name]])) as Attributes,
    batch: Number(row.batch),
  }
}
