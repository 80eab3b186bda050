import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolConnection } from 'mysql2/promise'
import { mysqlAddress } from '../../lib/mysql-url.ts'
import { type MySqlClient, errorCode, openPool, select } from './client.ts'

/** How far a database is: its last batch, and how many it has of the last `WINDOW` up to there. */
interface Position {
  top: number
  token: string
  known: number
}

/** Connections, as many as the primary has for questions; and how long one that cannot be made holds up a question, milliseconds. */
const CONNECTIONS = 10
const CONNECT = 1000
/** Batches may commit in another order than that of their numbers; so many are never under way. */
const WINDOW = 200
/** How long a question waits for the replica, and how long it is left alone after that or after a failure, milliseconds. */
const PATIENCE = 500
const REST = 5000
const POLL = 25

/** The replica does not have yet what the primary had when it was asked. */
class Behind extends Error {
  override name = 'Behind'
  code = 'BEHIND'
}

/** Makes sure, in a snapshot of the replica, that it is not of an earlier time. */
type Confirm = (connection: PoolConnection) => Promise<void>

export interface Replica {
  pool: Pool
  /**
   * Reads from the replica; null where that has to be done on the primary: the replica is away, or too far behind.
   *
   * @param read opens a snapshot on `pool` and confirms it before anything is read
   */
  ask<Result>(primary: Pool, read: (confirm: Confirm) => Promise<Result>): Promise<{ result: Result } | null>
  /** Rejects where the replica does not answer, or is behind for more than a second. */
  ping(primary: Pool): Promise<void>
}

/**
 * The client with a replica that answers questions where it can. It may be away at any time, now too.
 *
 * @throws StartError where the address is not one
 */
export function withReplica(client: MySqlClient, url: string, note: (server: 'replica' | 'primary') => void = () => {}): MySqlClient {
  const address = mysqlAddress('DATABASE_READ_URL', url)
  const pool = openPool({ ...address, connectTimeout: CONNECT, connectionLimit: CONNECTIONS, maxIdle: CONNECTIONS }, client.server)
  return { ...client, replica: createReplica(pool, note), close: async () => void (await Promise.all([client.close(), pool.end()])) }
}

async function positionOf(primary: Pool): Promise<Position | null> {
  const [row] = await select<{ top: number; token: string; known: string }>(
    primary,
    `SELECT last.id AS top, HEX(last.token) AS token,
       (SELECT COUNT(*) FROM batches WHERE id > GREATEST(last.id, ${WINDOW}) - ${WINDOW} AND id <= last.id) AS known
     FROM (SELECT id, token FROM batches ORDER BY id DESC LIMIT 1) AS last`,
  )
  return row ? { top: row.top, token: row.token, known: Number(row.known) } : null
}

/** @throws Behind */
async function reach(on: Pool | PoolConnection, { top, token, known }: Position): Promise<void> {
  const [row] = await select<{ known: string; same: string | null }>(
    on,
    `SELECT COUNT(*) AS known, SUM(id = ${top} AND token = X'${token}') AS same FROM batches WHERE id > ${Math.max(top, WINDOW) - WINDOW} AND id <= ${top}`,
  )
  if (Number(row?.known) < known || Number(row?.same) !== 1) throw new Behind('the replica is behind, or of another database')
}

/**
 * A copy of the database that answers questions, and only with what the primary would answer: every transaction that stores events adds a row to
 * `batches`, and a replica repeats transactions in order, so one that has the rows which the primary had when the question came has
 * all that was stored then. Asking the primary for its last row costs a fraction of a millisecond. No setting of the servers is needed (GTIDs, waits).
 *
 * @param note told which of the two answered
 */
function createReplica(pool: Pool, note: (server: 'replica' | 'primary') => void): Replica {
  let restUntil = 0

  return {
    pool,
    async ask(primary, read) {
      if (performance.now() < restUntil) return (note('primary'), null)
      const wanted = await positionOf(primary)
      if (!wanted) return (note('primary'), null)
      const until = performance.now() + PATIENCE
      let confirmed = false
      for (let behind = false; ;) {
        try {
          // One that is behind is waited for outside of snapshots, since a snapshot does not move.
          if (behind) await caughtUp(pool, wanted, until)
          const result = await read(async (connection) => {
            await reach(connection, wanted)
            confirmed = true
          })
          note('replica')
          return { result }
        } catch (error) {
          behind = error instanceof Behind && performance.now() < until
          if (behind) continue
          // What fails after that is the question's own failure, unless the connection was lost.
          if (confirmed && !isLost(error)) throw error
          restUntil = performance.now() + REST
          note('primary')
          return null
        }
      }
    },
    async ping(primary) {
      const wanted = await positionOf(primary)
      await (wanted ? caughtUp(pool, wanted, performance.now() + 1000) : select(pool, 'SELECT 1'))
    },
  }
}

/** @throws Behind where it does not catch up in time */
async function caughtUp(pool: Pool, wanted: Position, until: number): Promise<void> {
  for (;;) {
    try {
      return await reach(pool, wanted)
    } catch (error) {
      if (!(error instanceof Behind) || performance.now() >= until) throw error
      await pause(POLL)
    }
  }
}

/** The driver's own failures have a code (ECONNREFUSED, PROTOCOL_CONNECTION_LOST) and no number of the server's. */
function isLost(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && errorCode(error) === undefined && !('status' in error)
  )
}
