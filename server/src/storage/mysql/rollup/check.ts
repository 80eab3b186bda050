import type { PoolConnection } from 'mysql2/promise'
import { dateOfDay } from '../../../lib/zone.ts'
import type { CheckResult, RollOptions, RolledSite, RollupDifference } from '../../rollups.ts'
import { type MySqlClient, command, select } from '../client.ts'
import { whole } from '../literals.ts'
import { changesBetween } from './changes.ts'
import { ROLLED, ROLLUP_TABLES, type RolledDimension, SHAPE, hasBorders } from './dimensions.ts'
import { dayContext } from './roll.ts'
import { type Sums, borderSums, daySums } from './sums.ts'

const MOST = 100

/** Works out every sum again and compares: storage/rollups.ts. Days that change meanwhile are left out; the job makes them again. */
export async function checkSites(
  client: MySqlClient,
  sites: readonly RolledSite[],
  { signal, progress, most = MOST }: Pick<RollOptions, 'signal' | 'progress'> & { most?: number },
): Promise<CheckResult> {
  const result: CheckResult = { days: 0, differences: [] }
  const connection = await client.pool.getConnection()
  try {
    await command(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
    for (const { id } of sites) {
      const [made] = await select<{ zone: string; shape: string }>(
        connection,
        `SELECT zone, shape FROM rollup_sites WHERE site = ${whole(id)}`,
      )
      // Sums of another version are not read either.
      if (made?.shape !== SHAPE) continue
      const days = await select<{ day: number }>(connection, `SELECT day FROM rollup_days WHERE site = ${whole(id)} ORDER BY day`)
      const kept = new Set(days.map(({ day }) => day))
      for (const [index, { day }] of days.entries()) {
        signal?.throwIfAborted()
        const found = await checkDay(connection, { site: id, day, zone: made.zone, before: kept.has(day - 1) })
        if (found) result.days += 1
        result.differences.push(...(found ?? []))
        progress?.({ site: id, days: index + 1, of: days.length })
        if (result.differences.length >= most) return { ...result, differences: result.differences.slice(0, most) }
      }
    }
    return result
  } finally {
    // Its isolation is another one now.
    connection.destroy()
  }
}

/** Differences of a day, with what it shares with the one before it if that has sums; null where one of them has changed. */
async function checkDay(
  connection: PoolConnection,
  { site, day: number, zone, before: withBorder }: { site: number; day: number; zone: string; before: boolean },
): Promise<RollupDifference[] | null> {
  const { before, day, context } = await dayContext(connection, site, number, zone)
  const changed = async () =>
    (await changesBetween(connection, site, { from: withBorder ? before.first : day.first, to: day.last })).length > 0
  if (await changed()) return null
  const found: RollupDifference[] = []
  for await (const { dimension, sums } of daySums(connection, site, day, context)) {
    found.push(...differences(site, number, dimension, await keptSums(connection, site, { dimension, number, border: 0 }), sums))
  }
  if (withBorder) {
    const borders = new Map<RolledDimension, Sums>()
    for await (const { dimension, sums } of borderSums(connection, site, [before, day], context)) borders.set(dimension, sums)
    for (const dimension of ROLLED.filter(hasBorders)) {
      const kept = await keptSums(connection, site, { dimension, number, border: 1 })
      found.push(...differences(site, number, dimension, kept, borders.get(dimension) ?? new Map(), ', shared with the day before'))
    }
  }
  return (await changed()) ? null : found
}

async function keptSums(
  connection: PoolConnection,
  site: number,
  { dimension, number, border }: { dimension: RolledDimension; number: number; border: 0 | 1 },
): Promise<Sums> {
  const { table, columns } = ROLLUP_TABLES[dimension.of]
  const sql = `SELECT value, ${columns.join(', ')} FROM ${table}
    WHERE site = ${whole(site)} AND dimension = ${dimension.number} AND day = ${whole(number)} AND border = ${border}`
  const [rows] = await connection.query({ sql, rowsAsArray: true })
  return new Map((rows as (string | number)[][]).map(([value, ...numbers]) => [Number(value), numbers.map(Number)]))
}

function differences(site: number, day: number, { of, by }: RolledDimension, kept: Sums, found: Sums, also = ''): RollupDifference[] {
  const values = new Set([...kept.keys(), ...found.keys()])
  return [...values].flatMap((value) => {
    const [one, other] = [kept.get(value) ?? null, found.get(value) ?? null]
    if (one?.join() === other?.join()) return []
    return [{ site, day: dateOfDay(day).toString(), sum: `${of} by ${by}${also}`, value, kept: one, found: other }]
  })
}
