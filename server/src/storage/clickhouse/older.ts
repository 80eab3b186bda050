import type { ClickHouseClient } from '@clickhouse/client'
import type { Older } from '../engine.ts'
import { select } from './client.ts'

/** Ids in one statement: a mutation keeps its text until it is carried out. */
const IDS = 5_000
const BEFORE = `toDateTime({before: UInt32}, 'UTC')`
/** Visits that begin before. One begins at most a day before it is opened, and `opened` is what the table is sorted by. */
const OLD = `site = {site: UInt32} AND opened < ${BEFORE} + INTERVAL 1 DAY AND start < ${BEFORE}`
/** Those of them that go on after. */
const CROSSING = `FROM visits FINAL WHERE ${OLD} AND active >= ${BEFORE}`

/** Visits that began before a moment, and their events: engine.ts, `countOlder`. */
export async function countOlder(client: ClickHouseClient, { site, before }: Older): Promise<{ events: number; visits: number }> {
  const sql = `SELECT
      (SELECT count() FROM visits FINAL WHERE ${OLD}) AS visits,
      (SELECT count() FROM events WHERE site = {site: UInt32} AND time < ${BEFORE}) AS old,
      (SELECT count() FROM events WHERE site = {site: UInt32} AND time >= ${BEFORE}
        AND time <= (SELECT max(active) ${CROSSING}) AND visit IN (SELECT id ${CROSSING})) AS crossing`
  const [found] = await select<{ visits: string; old: string; crossing: string }>(client, sql, { site, before })
  return { events: Number(found!.old) + Number(found!.crossing), visits: Number(found!.visits) }
}

/**
 * Erases them. Parts are rewritten without them in the background, months that hold none stay as they are; what is gone is out of sight
 * at once (client.ts, SETTINGS).
 *
 * TRAP: a visit has a row for each batch that touched it, and a late event can move its beginning. Rows that began before are not erased by
 * their own beginning, else an earlier row of the same visit would come to light: by `opened`, which all of them share, or by id.
 */
export async function eraseOlder(client: ClickHouseClient, { site, before }: Older, signal?: AbortSignal): Promise<void> {
  const crossing = await select<{ id: string; until: number }>(
    client,
    `SELECT id, toUnixTimestamp(active) AS until ${CROSSING} ORDER BY until`,
    { site, before },
  )
  const erase = (table: string, where: string, more: Record<string, unknown> = {}) =>
    client.command({
      query: `ALTER TABLE ${table} DELETE WHERE site = {site: UInt32} AND ${where} SETTINGS mutations_sync = 0`,
      query_params: { site, before, ...more },
    })
  await erase('events', `time < ${BEFORE}`)
  for (let from = 0; from < crossing.length; from += IDS) {
    signal?.throwIfAborted()
    const some = crossing.slice(from, from + IDS)
    const ids = some.map(({ id }) => BigInt(id))
    const until = some.at(-1)!.until
    await erase('events', `time BETWEEN ${BEFORE} AND toDateTime({until: UInt32}, 'UTC') AND visit IN {ids: Array(UInt64)}`, { until, ids })
    await erase('visits', `opened BETWEEN ${BEFORE} AND ${BEFORE} + INTERVAL 1 DAY AND id IN {ids: Array(UInt64)}`, { ids })
  }
  // Last: as long as they are there, whoever does it again after a crash knows which visits go on after.
  await erase('visits', `opened < ${BEFORE}`)
}
