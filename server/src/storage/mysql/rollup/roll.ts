import type { PoolConnection } from 'mysql2/promise'
import { offsetsBetween } from '../../../lib/zone.ts'
import { chunks, statementLength } from '../chunks.ts'
import { type MySqlClient, command, select } from '../client.ts'
import { whole } from '../literals.ts'
import { type Change, changesBetween } from './changes.ts'
import { ROLLED, ROLLUP_TABLES } from './dimensions.ts'
import { type DimensionSums, OTHER_VISITS, type SiteDay, beginsWhole, borderSums, daySums, present, siteDay, textsOfSums } from './sums.ts'

const WEEK = 7 * 86_400
const ROWS_TOGETHER = 20_000

/** `busy`: something changed meanwhile. `never`: the day cannot be summed up, and is read from rows. */
export type Rolled = 'rolled' | 'busy' | 'never'

/** A day with its neighbours, and what its sums are worked out with. */
export async function dayContext(connection: PoolConnection, site: number, number: number, zone: string) {
  const [before, day, after] = [number - 1, number, number + 1].map((each) => siteDay(each, zone)) as [SiteDay, SiteDay, SiteDay]
  const offsets = offsetsBetween(zone, Math.max(0, before.first - WEEK), after.last)
  const touching = before.last + 1 === day.first && day.last + 1 === after.first
  const texts = await textsOfSums(connection, site)
  return { before, day, after, whole: touching && beginsWhole(day, offsets) && beginsWhole(after, offsets), context: { offsets, texts } }
}

interface Wanted {
  site: number
  /** Days since 1970. */
  number: number
  zone: string
}

/**
 * Sums up a day of a site in one transaction: its sums, what it shares with the days around it, and how far its visitors come from.
 *
 * The marks of the day are read first and compared last, under a lock: if they are the same, no batch was stored in between, and all
 * statements saw the same rows. So no snapshot is needed and no writer waits, but for the end of the transaction.
 */
export async function rollDay(client: MySqlClient, day: Wanted, signal?: AbortSignal): Promise<Rolled> {
  const connection = await client.pool.getConnection()
  try {
    await command(connection, 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await connection.beginTransaction()
    const result = await rollWithin(connection, client, day, signal)
    await (result === 'rolled' ? connection.commit() : connection.rollback())
    connection.release()
    return result
  } catch (error) {
    connection.destroy()
    throw error
  }
}

async function rollWithin(
  connection: PoolConnection,
  client: MySqlClient,
  { site, number, zone }: Wanted,
  signal: AbortSignal | undefined,
): Promise<Rolled> {
  const { before, day, after, context, ...is } = await dayContext(connection, site, number, zone)
  if (!is.whole) return 'never'
  const seen = await changesBetween(connection, site, { from: day.first, to: day.last })
  if (seen.some(({ never }) => never === 1)) return 'never'

  await forgetSums(connection, site, day.day, 0)
  await forgetSums(connection, site, day.day, 1)
  await forgetSums(connection, site, after.day, 1)
  if (await anything(connection, site, day)) {
    const into = sink(connection, client, site)
    const all = [
      daySums(connection, site, day, context),
      borderSums(connection, site, [before, day], context),
      borderSums(connection, site, [day, after], context),
    ]
    for (const each of all) {
      for await (const sums of each) {
        signal?.throwIfAborted()
        await into.add(sums)
      }
    }
    await into.flush()
  }
  const { cameFrom, cameBack } = await otherDays(connection, site, [before, day, after], zone)
  const opened = await earliestOpened(connection, site, day)
  const now = await changesBetween(connection, site, { from: day.first, to: day.last, lock: true })
  if (!same(seen, now)) return 'busy'
  for (const slots of chunks(
    now.map(({ slot }) => whole(slot)),
    10_000,
  )) {
    await command(connection, `DELETE FROM rollup_changes WHERE site = ${whole(site)} AND slot IN (${slots.join(', ')})`)
  }
  await command(
    connection,
    `REPLACE INTO rollup_days (site, day, first, last, opened, came_from, came_back)
      VALUES (${[site, day.day, day.first, day.last, opened].map(whole).join(', ')}, ${cameFrom ?? 'NULL'}, ${cameBack ?? 'NULL'})`,
  )
  return 'rolled'
}

const same = (before: Change[], now: Change[]) =>
  before.length === now.length &&
  before.every(({ slot, changes }, index) => slot === now[index]!.slot && changes === now[index]!.changes && now[index]!.never === 0)

async function anything(connection: PoolConnection, site: number, { first, last }: SiteDay): Promise<boolean> {
  const [found] = await select<{ any: number | string }>(
    connection,
    `SELECT EXISTS (SELECT 1 FROM events AS e WHERE e.site = ${whole(site)} AND e.time BETWEEN ${whole(first)} AND ${whole(last)})
      OR EXISTS (SELECT 1 FROM visits AS v WHERE ${present('v', site, first, last)}) AS \`any\``,
  )
  // MySQL says it as BIGINT, which arrives as text; MariaDB as INT.
  return Number(found!.any) === 1
}

/** When the earliest visit with something on the day was opened: rows of later moments need no earlier visit (rollup/reach.ts). */
async function earliestOpened(connection: PoolConnection, site: number, { first, last }: SiteDay): Promise<number> {
  const [found] = await select<{ opened: number | null }>(
    connection,
    `SELECT MIN(v.opened) AS opened FROM visits AS v WHERE ${present('v', site, first, last)}`,
  )
  return Math.min(found!.opened ?? last, last)
}

/** Dimension by dimension, since rows of one day stand apart in the tables. */
async function forgetSums(connection: PoolConnection, site: number, day: number, border: 0 | 1): Promise<void> {
  for (const half of ['events', 'visits'] as const) {
    const numbers = ROLLED.filter((dimension) => dimension.of === half).map((dimension) => dimension.number)
    await command(
      connection,
      `DELETE FROM ${ROLLUP_TABLES[half].table}
        WHERE site = ${whole(site)} AND dimension IN (${numbers.join(', ')}) AND day = ${whole(day)} AND border = ${border}`,
    )
  }
}

/** Stores sums, many rows in a statement. */
function sink(connection: PoolConnection, client: MySqlClient, site: number) {
  const rows = { events: [] as string[], visits: [] as string[] }
  async function flush(): Promise<void> {
    for (const half of ['events', 'visits'] as const) {
      const { table, columns } = ROLLUP_TABLES[half]
      const into = `INSERT INTO ${table} (site, dimension, day, border, value, ${columns.join(', ')}) VALUES`
      for (const chunk of chunks(rows[half], statementLength(client.statementBytes)))
        await command(connection, `${into} ${chunk.join(', ')}`)
      rows[half] = []
    }
  }
  return {
    flush,
    async add({ dimension, day, border, sums }: DimensionSums): Promise<void> {
      for (const [value, numbers] of sums) {
        rows[dimension.of].push(`(${[site, dimension.number, day, border, value, ...numbers].map((each) => whole(each)).join(', ')})`)
      }
      if (rows.events.length + rows.visits.length > ROWS_TOGETHER) await flush()
    },
  }
}

/**
 * The nearest days, not counting the neighbours, on which a visitor of this day was there too; null where there is none. Imported
 * visitors come back after any time; ours live a day, or two where a visit crosses midnight.
 */
async function otherDays(connection: PoolConnection, site: number, [before, day, after]: readonly SiteDay[], zone: string) {
  const earlier = `MAX(IF(far.started < ${whole(before!.first)}, LEAST(far.active, ${whole(before!.first)} - 1), NULL)) AS earlier`
  const later = `MIN(IF(far.active > ${whole(after!.last)}, GREATEST(far.started, ${whole(after!.last)} + 1), NULL)) AS later`
  const [found] = await select<{ earlier: number | string | null; later: number | string | null }>(
    connection,
    `SELECT ${earlier}, ${later} FROM ${OTHER_VISITS}
      WHERE ${present('near', site, day!.first, day!.last)}`,
  )
  const dayOf = (at: number | string | null) => {
    if (at === null) return null
    const date = Temporal.Instant.fromEpochMilliseconds(Number(at) * 1000)
      .toZonedDateTimeISO(zone)
      .toPlainDate()
    return Math.max(0, Math.floor(Date.UTC(date.year, date.month - 1, date.day) / 86_400_000))
  }
  return { cameFrom: dayOf(found!.earlier), cameBack: dayOf(found!.later) }
}
