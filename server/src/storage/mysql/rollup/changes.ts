import type { PoolConnection } from 'mysql2/promise'
import type { StoredEvent, Visit } from '../../../lib/event.ts'
import { chunks, statementLength } from '../chunks.ts'
import { type MySqlClient, command, select } from '../client.ts'
import { uint } from '../literals.ts'

/** Local days begin and end on quarters of an hour in every zone of our days, so a slot belongs to one day. */
export const SLOT = 900
/** Between two moments of a visit: less than the shortest day. */
const STEP = 6 * 3600
/** A visit that lasts longer is not looked for where days are summed up (days.ts, roll.ts). Only imports have such visits. */
export const LONG_VISIT = 5 * 86_400

/** Something changed in a quarter of an hour; `never`: a visit of its is too long for its day to be summed up. */
export interface Change {
  slot: number
  changes: number
  never: number
}

export const slotOf = (seconds: number): number => Math.floor(seconds / SLOT)

/** What changes: moments and spans of time, of whichever site. */
export interface Changed {
  events: readonly Pick<StoredEvent, 'site' | 'at'>[]
  visits: readonly Pick<Visit, 'site' | 'start' | 'active'>[]
}

/** Slots that a batch changes, as rows of SQL. A visit that grows changes every day that it touches, since it is counted there. */
function rowsOf({ events, visits }: Changed, now: number): string[] {
  const slots = new Map<string, number>()
  const mark = (site: number, at: number, never: number) => {
    const key = `${uint(site)}, ${uint(slotOf(at))}`
    slots.set(key, Math.max(never, slots.get(key) ?? 0))
  }
  for (const { site, at } of events) mark(site, at, 0)
  for (const { site, start, active } of visits) {
    const never = active - start > LONG_VISIT ? 1 : 0
    for (let at = start; at < active; at += STEP) mark(site, at, never)
    mark(site, active, never)
  }
  // In one order, so that two writers wait for each other instead of deadlocking.
  return [...slots].map(([key, never]) => `(${key}, 1, ${uint(now)}, ${never})`).toSorted()
}

/**
 * Leaves a mark at every stretch of time that a batch changes, in the batch's transaction: sums of a day without marks are those of its
 * rows. Last in the transaction, since all batches of a moment leave the same marks and wait for each other from here on.
 */
export async function markChanges(
  connection: PoolConnection,
  { statementBytes }: Pick<MySqlClient, 'statementBytes'>,
  batch: Changed,
): Promise<void> {
  const rows = rowsOf(batch, Math.floor(Date.now() / 1000))
  for (const chunk of chunks(rows, statementLength(statementBytes))) {
    await command(
      connection,
      `INSERT INTO rollup_changes (site, slot, changes, since, never) VALUES ${chunk.join(', ')}
        ON DUPLICATE KEY UPDATE changes = changes + 1, never = GREATEST(never, VALUES(never))`,
    )
  }
}

/** Changes of a site between two moments (Unix seconds) that no sum knows yet; locked where `lock` says so. */
export function changesBetween(
  on: PoolConnection,
  site: number,
  { from, to, lock = false }: { from: number; to: number; lock?: boolean },
): Promise<Change[]> {
  const sql = `SELECT slot, changes, never FROM rollup_changes
    WHERE site = ${uint(site)} AND slot BETWEEN ${uint(slotOf(Math.max(0, from)))} AND ${uint(slotOf(Math.max(0, to)))} ORDER BY slot`
  return select<Change>(on, lock ? `${sql} FOR UPDATE` : sql)
}
