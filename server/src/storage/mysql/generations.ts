import { randomBytes } from 'node:crypto'
import type { Pool, PoolConnection } from 'mysql2/promise'
import { command, select } from './client.ts'

/**
 * A row of `generations`. Whoever finds it in the database knows that every number given before it is there too: a copy of the
 * database that is older than the row does not have it, another database has another nonce, and an erasure takes all rows away.
 * So a number that was remembered together with a generation can be believed after one look at that row, wherever it was
 * remembered, and however the database was restored, replaced or cleared since.
 */
export interface Generation {
  id: number
  /** 64 random bits, decimal: ids are given out again after a restore, nonces are not. */
  nonce: string
}

/** Rows kept: those of about 14 busy hours of one writer. Numbers under an older one are looked up in the database again. */
const KEPT = 100_000
const CLEAR_EVERY = 1_000

export const nameOf = ({ id, nonce }: Generation): string => `${id} ${nonce}`

/** Writes a generation, which vouches for every number that was read or made before. */
export async function newGeneration(on: Pool | PoolConnection): Promise<Generation> {
  const nonce = randomBytes(8).readBigUInt64LE().toString()
  const { insertId: id } = await command(on, `INSERT INTO generations (nonce) VALUES (${nonce})`)
  if (id % CLEAR_EVERY === 0) await command(on, `DELETE FROM generations WHERE id < ${id - KEPT}`)
  return { id, nonce }
}

/**
 * Those of these generations that are not in the database. Inside a transaction the others stay until its end, since an erasure
 * has to wait for it.
 */
export async function missingGenerations(connection: PoolConnection, asked: Generation[]): Promise<Generation[]> {
  const ids = asked.map(({ id }) => id).toSorted((a, b) => a - b)
  const rows = await select<Generation>(
    connection,
    `SELECT id, CAST(nonce AS CHAR) AS nonce FROM generations WHERE id IN (${ids.join(', ')}) LOCK IN SHARE MODE`,
  )
  const there = new Set(rows.map(nameOf))
  return asked.filter((generation) => !there.has(nameOf(generation)))
}

/** Id of the oldest generation that is left; none below it is worth a question. */
export async function oldestGeneration(pool: Pool): Promise<number> {
  return (await select<{ id: number | null }>(pool, 'SELECT MIN(id) AS id FROM generations'))[0]?.id ?? 0
}

/**
 * Takes all generations away, so that everybody forgets the numbers they remember. Waits for the transactions that rely on one, and
 * locks no gaps, in which new ones would have to wait.
 */
export async function endGenerations(pool: Pool): Promise<void> {
  const connection = await pool.getConnection()
  try {
    await command(connection, 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await command(connection, 'DELETE FROM generations')
    connection.release()
  } catch (error) {
    connection.destroy()
    throw error
  }
}
