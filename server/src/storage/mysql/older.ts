import { DAY, dateOf, dayNumber } from '../../lib/zone.ts'
import type { Older } from '../engine.ts'
import { type MySqlClient, command, select } from './client.ts'
import { uint, uint64, whole } from './literals.ts'
import { retrying } from './retry.ts'
import { markChanges, slotOf } from './rollup/changes.ts'
import { ROLLED, ROLLUP_TABLES } from './rollup/dimensions.ts'
import { leading } from './rollup/keep.ts'

/** Rows in one transaction: locks and undo log stay small. */
const ROWS = 20_000
/** Visits in one transaction; those around one midnight mostly. */
const VISITS = 1_000
/** Seconds to wait for sums that are being made. */
const WAIT = 60

/** Visits that begin before. One begins at most a day before it is opened, and `opened` is what the table is sorted by. */
const old = ({ site, before }: Older) => `site = ${uint(site)} AND opened < ${whole(before + DAY)} AND started < ${whole(before)}`
/** Those of them that go on after. */
const crossing = (older: Older) => `${old(older)} AND active >= ${whole(older.before)}`

/** Visits that began before a moment, and their events: engine.ts, `countOlder`. */
export async function countOlder({ pool }: MySqlClient, older: Older): Promise<{ events: number; visits: number }> {
  const { site, before } = older
  const [visits] = await select<{ n: number | string; until: number | string | null }>(
    pool,
    `SELECT COUNT(*) AS n, MAX(IF(active >= ${whole(before)}, active, NULL)) AS until FROM visits WHERE ${old(older)}`,
  )
  const [events] = await select<{ n: number | string }>(
    pool,
    `SELECT COUNT(*) AS n FROM events WHERE site = ${uint(site)} AND time < ${whole(before)}`,
  )
  const [after] = await select<{ n: number | string }>(
    pool,
    `SELECT COUNT(*) AS n FROM events WHERE site = ${uint(site)} AND time BETWEEN ${whole(before)} AND ${whole(Number(visits!.until ?? 0))}
      AND visit IN (SELECT id FROM visits WHERE ${crossing(older)})`,
  )
  return { events: Number(events!.n) + Number(after!.n), visits: Number(visits!.n) }
}

/**
 * Erases them, in short transactions along the primary key. Nobody sums up days meanwhile: the sums of days that are half erased would
 * be found wrong by nobody. Texts stay, as others may share them.
 *
 * @throws Error where sums are being made for longer than a minute; it may be called again
 */
export async function eraseOlder(client: MySqlClient, older: Older, signal?: AbortSignal): Promise<void> {
  const { pool } = client
  const { site, before } = older
  const all = async (table: string, where: string) => {
    const sql = `DELETE FROM ${table} WHERE site = ${uint(site)} AND ${where} LIMIT ${ROWS}`
    while ((await retrying(() => command(pool, sql))).affectedRows === ROWS) signal?.throwIfAborted()
  }
  const done = await leading(client, { wait: WAIT }, async () => {
    await eraseSums(older, all)
    await all('events', `time < ${whole(before)}`)
    await all('visits', `opened < ${whole(before)} AND active < ${whole(before)}`)
    while ((await retrying(() => eraseCrossing(client, older))) === VISITS) signal?.throwIfAborted()
    await all('rollup_changes', `slot < ${whole(slotOf(before))}`)
    return true
  })
  if (!done) throw new Error('the sums of days are being made; what is older is erased when that is over')
}

/** Days first: what is gone first makes the rest unused. What the first day shares with the one before it is no longer so either. */
async function eraseSums({ timezone, before }: Older, all: (table: string, where: string) => Promise<void>): Promise<void> {
  const day = dayNumber(dateOf(before, timezone))
  await all('rollup_days', `(day < ${whole(day)} OR first < ${whole(before)})`)
  for (const { of, number } of ROLLED) {
    const { table } = ROLLUP_TABLES[of]
    await all(table, `dimension = ${number} AND day < ${whole(day)}`)
    await all(table, `dimension = ${number} AND day = ${whole(day)} AND border = 1`)
  }
}

/** Visits that go on after, with their events there and marks at the days whose sums counted them. @returns how many */
async function eraseCrossing(client: MySqlClient, older: Older): Promise<number> {
  const { site, before } = older
  const connection = await client.pool.getConnection()
  try {
    await command(connection, 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await connection.beginTransaction()
    const visits = await select<{ id: string; active: number }>(
      connection,
      `SELECT id, active FROM visits WHERE ${crossing(older)} ORDER BY active, id LIMIT ${VISITS}`,
    )
    if (visits.length > 0) {
      const ids = visits.map(({ id }) => uint64(id)).join(', ')
      const span = `time BETWEEN ${whole(before)} AND ${whole(visits.at(-1)!.active)}`
      await command(connection, `DELETE FROM events WHERE site = ${uint(site)} AND ${span} AND visit IN (${ids})`)
      // Few others are left that were opened by then: no list of pairs is needed, which not every server looks up by the key.
      await command(connection, `DELETE FROM visits WHERE ${crossing(older)} AND id IN (${ids})`)
      await markChanges(connection, client, { events: [], visits: visits.map(({ active }) => ({ site, start: before, active })) })
    }
    await connection.commit()
    connection.release()
    return visits.length
  } catch (error) {
    connection.destroy()
    throw error
  }
}
