import type { PoolConnection } from 'mysql2/promise'
import { BatchRefused, type Batch } from '../engine.ts'
import { chunks, statementLength } from './chunks.ts'
import { type MySqlClient, command, errorCode, select } from './client.ts'
import type { Dictionaries } from './dictionaries.ts'
import { EVENT_COLUMNS, type Encoded, VISIT_COLUMNS, encode } from './encode.ts'
import { type Lesson, StaleNumbers } from './learning.ts'
import { hash128 } from './literals.ts'
import { retrying } from './retry.ts'
import { markChanges } from './rollup/changes.ts'

const DUPLICATE = 1062
/** Errors that say: these values will never fit. Source: MySQL Server Error Message Reference. */
const REFUSALS = new Set([1264, 1366, 1406, 1292, 1265, 1367, 1690, 3140])

/** Tokens kept: as many as repeated batches could be old. Older ones are cleared away every so many batches. */
const TOKENS = 100_000
const CLEAR_EVERY = 1_000

/** How often a batch is encoded: numbers of other processes may be stale, then its own, then an erasure may come between. */
const ENCODINGS = 4

/** The row with the larger batch holds. `batch` comes last: MySQL assigns from left to right and reads what it has assigned. */
const REPLACE = VISIT_COLUMNS.filter((name) => !['site', 'opened', 'id', 'visitor'].includes(name))
  .map((name) => `${name} = IF(VALUES(batch) >= batch, VALUES(${name}), ${name})`)
  .join(', ')

/**
 * Stores a batch in a transaction of its own, which begins with the batch's token: the same token a second time, even at the same moment,
 * finds it there and changes nothing.
 *
 * @throws BatchRefused where something in the data is out of range
 */
export async function write(client: MySqlClient, dictionaries: Dictionaries, batch: Batch): Promise<void> {
  await refusing(async () => {
    const lesson = await withNumbers(dictionaries, batch, (encoded, lesson) => retrying(() => transaction(client, batch, encoded, lesson)))
    lesson.keep()
  })
}

/**
 * The same within a transaction that goes on: of a batch that is refused nothing is left, and what was stored before it stays.
 *
 * @returns what was learned, to be kept after the commit
 */
export function writeWithin(connection: PoolConnection, client: MySqlClient, dictionaries: Dictionaries, batch: Batch): Promise<Lesson> {
  return refusing(() =>
    withNumbers(dictionaries, batch, async (encoded, lesson) => {
      await command(connection, 'SAVEPOINT batch')
      try {
        await put(connection, client, batch, encoded, lesson)
      } catch (error) {
        if (isRefusal(error) || error instanceof StaleNumbers) await command(connection, 'ROLLBACK TO SAVEPOINT batch')
        throw error
      }
    }),
  )
}

/**
 * Tries a batch within a transaction that goes on, of which nothing is left.
 *
 * @throws BatchRefused where something in the data is out of range
 */
export async function fitsWithin(connection: PoolConnection, client: MySqlClient, dictionaries: Dictionaries, batch: Batch): Promise<void> {
  await refusing(() =>
    withNumbers(dictionaries, batch, async (encoded, lesson) => {
      await command(connection, 'SAVEPOINT trial')
      let over = true
      try {
        await put(connection, client, batch, encoded, lesson)
      } catch (error) {
        // After a deadlock the server has no savepoint any more.
        over = isRefusal(error) || error instanceof StaleNumbers
        throw error
      } finally {
        if (over) await command(connection, 'ROLLBACK TO SAVEPOINT trial')
      }
    }),
  )
}

/** The same in a transaction of its own. */
export function fits(client: MySqlClient, dictionaries: Dictionaries, batch: Batch): Promise<void> {
  return retrying(async () => {
    const connection = await client.pool.getConnection()
    try {
      await connection.beginTransaction()
      await fitsWithin(connection, client, dictionaries, batch)
    } finally {
      // Nothing that it did is to stay.
      connection.destroy()
    }
  })
}

/** Encodes a batch and stores it; once more, with the database's own numbers, where remembered ones turned out to be of another time. */
async function withNumbers(
  dictionaries: Dictionaries,
  batch: Batch,
  store: (encoded: Encoded, lesson: Lesson) => Promise<void>,
): Promise<Lesson> {
  for (let attempt = 1; ; attempt += 1) {
    const lesson = await dictionaries.begin(attempt > 1)
    try {
      await store(await encode(batch, dictionaries, lesson), lesson)
      return lesson
    } catch (error) {
      if (!(error instanceof StaleNumbers) || attempt === ENCODINGS) throw error
    }
  }
}

/** Whether a batch with this token is stored. Tokens of the last 100,000 are known. */
export async function isStored(connection: PoolConnection, token: string): Promise<boolean> {
  return (await select(connection, `SELECT 1 FROM batches WHERE token = ${hash128(token)}`)).length > 0
}

const isRefusal = (error: unknown) => REFUSALS.has(errorCode(error) ?? 0)

async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (isRefusal(error)) throw new BatchRefused(String(error), { cause: error })
    throw error
  }
}

async function transaction(client: MySqlClient, batch: Batch, encoded: Encoded, lesson: Lesson): Promise<void> {
  const connection = await client.pool.getConnection()
  try {
    // Without the gaps between rows locked, writers of different visits do not wait for each other.
    await command(connection, 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await connection.beginTransaction()
    await put(connection, client, batch, encoded, lesson)
    await connection.commit()
    connection.release()
  } catch (error) {
    // The server rolls back what a lost connection had begun; what state this one is in is not worth knowing.
    connection.destroy()
    throw error
  }
}

async function put(
  connection: PoolConnection,
  { statementBytes }: MySqlClient,
  batch: Batch,
  { events, visits }: Encoded,
  lesson: Lesson,
): Promise<void> {
  const length = statementLength(statementBytes)
  const number = await begin(connection, batch.token)
  if (number === null) return
  await lesson.confirm(connection)
  const rows = events.map((row, position) => `(${number}, ${position}, ${row})`)
  for (const chunk of chunks(rows, length)) {
    await command(connection, `INSERT INTO events (batch, position, ${EVENT_COLUMNS}) VALUES ${chunk.join(', ')}`)
  }
  const into = `INSERT INTO visits (${VISIT_COLUMNS.join(', ')}) VALUES`
  const sorted = visits.map((row) => `(${row})`).toSorted()
  for (const chunk of chunks(sorted, length)) {
    await command(connection, `${into} ${chunk.join(', ')} ON DUPLICATE KEY UPDATE ${REPLACE}`)
  }
  await markChanges(connection, { statementBytes }, batch)
  if (number % CLEAR_EVERY === 0) await command(connection, `DELETE FROM batches WHERE id < ${number - TOKENS}`)
}

/** Number of the batch, or null where it is stored already. */
async function begin(connection: PoolConnection, token: string): Promise<number | null> {
  if (!/^[\w:/.-]+$/.test(token)) throw new TypeError(`a token has letters, digits and :/.-_ only, this is ${JSON.stringify(token)}`)
  try {
    return (await command(connection, `INSERT INTO batches (token) VALUES (${hash128(token)})`)).insertId
  } catch (error) {
    if (errorCode(error) === DUPLICATE) return null
    throw error
  }
}
