import type { Engine } from '../engine.ts'
import { type MySqlClient, command, select } from './client.ts'
import { uint, uint64, whole } from './literals.ts'
import { retrying } from './retry.ts'
import { markChanges } from './rollup/changes.ts'

type Person = Parameters<Engine['forgetVisitor']>[0]
/** A visit of the visitor: where its events stand, and which days it is counted on. */
type Span = { id: string; opened: number; start: number; active: number }

/** Visits in one transaction: their events are some hundred rows each at most, so that locks and undo log stay small. */
const VISITS = 100

/** Erases a visitor, some visits at a time, each with its events and with marks at the days whose sums counted it. */
export async function forgetVisitor(client: MySqlClient, person: Person): Promise<void> {
  while ((await retrying(() => forgetSome(client, person))) === VISITS);
}

/** @returns how many visits were erased */
async function forgetSome(client: MySqlClient, { site, visitor, until }: Person): Promise<number> {
  const connection = await client.pool.getConnection()
  try {
    await command(connection, 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await connection.beginTransaction()
    const whose = `site = ${uint(site)} AND visitor = ${uint64(visitor)}`
    const spans = await select<Span>(
      connection,
      `SELECT id, opened, started AS start, active FROM visits WHERE ${whose} AND opened <= ${whole(until)} ORDER BY opened, id LIMIT ${VISITS}`,
    )
    for (const { id, opened, start, active } of spans) {
      // By time, in the order of the primary key: events have no index on visitors.
      await command(connection, `DELETE FROM events WHERE ${whose} AND time BETWEEN ${uint(start)} AND ${uint(active)}`)
      await command(connection, `DELETE FROM visits WHERE ${whose} AND opened = ${uint(opened)} AND id = ${uint64(id)}`)
    }
    await markChanges(connection, client, { events: [], visits: spans.map(({ start, active }) => ({ site, start, active })) })
    await connection.commit()
    connection.release()
    return spans.length
  } catch (error) {
    connection.destroy()
    throw error
  }
}
