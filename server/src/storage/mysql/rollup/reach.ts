import type { PoolConnection } from 'mysql2/promise'
import { select } from '../client.ts'
import { whole } from '../literals.ts'
import { slotOf } from './changes.ts'

const DAY = 86_400

/**
 * From when on visits were opened that have anything at `moment` or later, all times in Unix seconds. Visits are kept in order of
 * opening, and may have been opened up to a week before a range that they touch; reading that week is most of what a question about today
 * would cost. A day with sums knows its earliest visit, and one that touches it and was opened earlier would have left a mark.
 *
 * @returns 0 where it is not known
 */
export async function openedSince(connection: PoolConnection, site: number, moment: number): Promise<number> {
  // The day of the second before: visits of `moment` and later touch it too, or were opened after it.
  const before = Math.max(0, moment - 1)
  const [found] = await select<{ opened: number }>(
    connection,
    `SELECT LEAST(d.opened, d.last) AS opened FROM rollup_days AS d
      WHERE d.site = ${whole(site)} AND d.day BETWEEN ${whole(Math.max(0, Math.floor(before / DAY) - 1))} AND ${whole(Math.floor(before / DAY) + 1)}
      AND ${whole(before)} BETWEEN d.first AND d.last
      AND NOT EXISTS (SELECT 1 FROM rollup_changes AS c
        WHERE c.site = d.site AND c.slot BETWEEN ${whole(slotOf(Math.max(0, before - 2 * DAY)))} AND ${whole(slotOf(before + 2 * DAY))}
        AND c.slot BETWEEN d.first DIV 900 AND d.last DIV 900)`,
  )
  return found?.opened ?? 0
}
