import type { PoolConnection } from 'mysql2/promise'
import { dateOf, dayNumber, localDay, offsetsBetween } from '../../../lib/zone.ts'
import type { RollOptions, RollResult, RolledSite, RollupState, Rollups } from '../../rollups.ts'
import { chunks, statementLength } from '../chunks.ts'
import { type MySqlClient, command, errorCode, select } from '../client.ts'
import { whole } from '../literals.ts'
import { retrying } from '../retry.ts'
import { checkSites } from './check.ts'
import { SLOT, changesBetween, slotOf } from './changes.ts'
import { ROLLUP_TABLES, SHAPE } from './dimensions.ts'
import { rollDay } from './roll.ts'
import { type SiteDay, beginsWhole, siteDay } from './sums.ts'

/** Server-wide, so it carries the name of the database; at most 64 characters. */
const LOCK = "LEFT(CONCAT('footfall sums ', SHA2(DATABASE(), 256)), 64)"
/** A day is over everywhere when it has been over in UTC for so long. */
const LONGEST_DAY = 26 * 3600
const ROWS = 20_000

/** Tables of sums in the order in which they may be emptied: what is gone first makes the rest unused. */
export const ROLLUP_TABLE_NAMES: readonly string[] = [
  'rollup_sites',
  'rollup_days',
  ROLLUP_TABLES.events.table,
  ROLLUP_TABLES.visits.table,
  'rollup_changes',
]

/** Sums of days in MySQL: storage/rollups.ts. */
export function createRollups(client: MySqlClient): Rollups {
  return {
    roll: async (sites, options) =>
      (await leading(client, options, (connection) => rollSites(client, connection, sites, options))) ?? { rolled: 0, busy: 0 },
    check: (sites, options) => checkSites(client, sites, options),
    state: (now) => waitingSince(client, now),
  }
}

/** MySQL and MariaDB: the table does not exist. */
const NO_TABLE = 1146

/** What waits; before the first start there are no tables, and nothing does. */
async function waitingSince({ pool }: MySqlClient, now: number): Promise<RollupState> {
  try {
    const [found] = await select<{ days: number | string; since: number | null }>(
      pool,
      `SELECT COUNT(DISTINCT site, slot DIV 96) AS days, MIN(since) AS since FROM rollup_changes
        WHERE never = 0 AND slot < ${whole(slotOf(Math.max(0, now - LONGEST_DAY)))}`,
    )
    return { days: Number(found!.days), since: found!.since }
  } catch (error) {
    if (errorCode(error) === NO_TABLE) return { days: 0, since: null }
    throw error
  }
}

/** Runs `work` in one process at a time, none of which changes sums meanwhile; where another one is at it, nothing is done: null. */
export async function leading<Result>(
  { pool }: MySqlClient,
  { wait = 0 }: Pick<RollOptions, 'wait'>,
  work: (connection: PoolConnection) => Promise<Result>,
): Promise<Result | null> {
  const connection = await pool.getConnection()
  try {
    const [got] = await select<{ got: number | null }>(connection, `SELECT GET_LOCK(${LOCK}, ${whole(wait)}) AS got`)
    if (Number(got?.got) !== 1) {
      connection.release()
      return null
    }
    const result = await work(connection)
    await select(connection, `SELECT RELEASE_LOCK(${LOCK})`)
    connection.release()
    return result
  } catch (error) {
    // The lock goes with the connection.
    connection.destroy()
    throw error
  }
}

async function rollSites(client: MySqlClient, connection: PoolConnection, sites: readonly RolledSite[], options: RollOptions) {
  const result: RollResult = { rolled: 0, busy: 0 }
  for (const site of sites) {
    await prepare(connection, site, options.again)
    const days = await waiting(connection, client, site, options.now)
    for (const [index, day] of days.entries()) {
      options.signal?.throwIfAborted()
      const rolled = await retrying(() => rollDay(client, { site: site.id, number: day, zone: site.timezone }, options.signal))
      if (rolled !== 'never') result[rolled] += 1
      options.progress?.({ site: site.id, days: index + 1, of: days.length })
    }
  }
  return result
}

/** Throws away sums that were made for another zone or another list of sums, or all of them. */
async function prepare(connection: PoolConnection, { id, timezone }: RolledSite, again = false): Promise<void> {
  const [made] = await select<{ zone: string; shape: string }>(connection, `SELECT zone, shape FROM rollup_sites WHERE site = ${whole(id)}`)
  if (!again && made?.zone === timezone && made.shape === SHAPE) return
  for (const table of ROLLUP_TABLE_NAMES.filter((name) => name !== 'rollup_changes')) {
    const sql = `DELETE FROM ${table} WHERE site = ${whole(id)} LIMIT ${ROWS}`
    while ((await command(connection, sql)).affectedRows === ROWS);
  }
  await command(connection, `INSERT INTO rollup_sites (site, zone, shape) VALUES (${whole(id)}, ?, ?)`, [timezone, SHAPE])
}

/**
 * Days of a site that are over and have no sums, or changed since; the latest first, since those are looked at most. Days on which
 * nothing ever was are done by the way.
 */
async function waiting(connection: PoolConnection, client: MySqlClient, { id, timezone }: RolledSite, now: number): Promise<number[]> {
  const start = await nextEvent(connection, id, 0)
  if (start === null) return []
  const today = dayNumber(dateOf(now, timezone))
  const first = dayNumber(dateOf(start, timezone))
  const offsets = offsetsBetween(timezone, start, Math.max(now, start))
  const changed = new Set<number>()
  const never = new Set<number>()
  for (const change of await changesBetween(connection, id, { from: start, to: now })) {
    ;(change.never === 1 ? never : changed).add(localDay(change.slot * SLOT, offsets))
  }
  const kept = await select<{ day: number }>(connection, `SELECT day FROM rollup_days WHERE site = ${whole(id)}`)
  const done = new Set(kept.map(({ day }) => day))
  const days = Array.from({ length: Math.max(0, today - first) }, (_, index) => first + index)
  const open = days.filter((day) => !never.has(day) && (changed.has(day) || !done.has(day)))
  const unknown = open.filter((day) => !changed.has(day)).map((day) => siteDay(day, timezone))
  const empty: SiteDay[] = []
  let next: number | null = 0
  for (const day of unknown) {
    if (next !== null && next < day.first) next = await nextEvent(connection, id, day.first)
    if ((next === null || next > day.last) && beginsWhole(day, offsets) && day.last + 1 === siteDay(day.day + 1, timezone).first)
      empty.push(day)
  }
  await keepEmpty(connection, client, id, empty)
  const nothing = new Set(empty.map(({ day }) => day))
  return open.filter((day) => !nothing.has(day)).toReversed()
}

/** Unix second of the first event (or visit) of a site from then on. */
async function nextEvent(connection: PoolConnection, site: number, from: number): Promise<number | null> {
  const [found] = await select<{ event: number | null; visit: number | null }>(
    connection,
    `SELECT (SELECT MIN(time) FROM events WHERE site = ${whole(site)} AND time >= ${whole(from)}) AS event,
      (SELECT MIN(opened) FROM visits WHERE site = ${whole(site)} AND opened >= ${whole(from)}) AS visit`,
  )
  const { event, visit } = found!
  return event === null || visit === null ? (event ?? visit) : Math.min(event, visit)
}

/** What comes to such a day in this moment leaves a mark, and the day is summed up next time. */
async function keepEmpty(connection: PoolConnection, client: MySqlClient, site: number, days: readonly SiteDay[]): Promise<void> {
  const rows = days.map(({ day, first, last }) => `(${[site, day, first, last].map(whole).join(', ')})`)
  for (const chunk of chunks(rows, statementLength(client.statementBytes))) {
    await command(connection, `INSERT IGNORE INTO rollup_days (site, day, first, last) VALUES ${chunk.join(', ')}`)
  }
}
