import type { Pool, PoolConnection } from 'mysql2/promise'
import { AppError } from '../../errors.ts'
import type { NoteSource, Question, Row, Source } from '../question.ts'
import { type MySqlClient, command, errorCode } from './client.ts'
import { KNOWN_NAMES } from './query/measures.ts'
import { type Wanted, resolve } from './query/resolve.ts'
import { statementFor } from './query/statement.ts'
import { openedSince } from './rollup/reach.ts'
import { partsFromSums } from './rollup/read.ts'

/** What one question may cost, seconds. */
export const QUERY_SECONDS = 30

const tooLong = 'This question takes too long: choose a shorter date_range or fewer dimensions'
const tooLarge = 'This question needs too much memory: choose a shorter date_range or fewer dimensions'

/** Errors that the person who asked can do something about: out of time (MySQL, MariaDB), a full disk or table for sorting. */
const ANSWERS: Record<number, () => AppError> = {
  3024: () => new AppError('query_too_expensive', tooLong),
  1969: () => new AppError('query_too_expensive', tooLong),
  1021: () => new AppError('query_too_expensive', tooLarge),
  1114: () => new AppError('query_too_expensive', tooLarge),
  1153: () => new AppError('query_too_expensive', tooLarge),
}

/** A SELECT that the server ends after so many seconds. The two servers have two ways to say so. */
export function within(seconds: number, server: MySqlClient['server'], sql: string): string {
  if (server === 'mariadb') return `SET STATEMENT max_statement_time = ${seconds} FOR ${sql}`
  return sql.replace(/^SELECT/, `SELECT /*+ MAX_EXECUTION_TIME(${seconds * 1000}) */`)
}

/**
 * Reads in one snapshot: every statement of `work` sees the store as it was at the first; on the replica where there is one that has all that the
 * primary has. `signal` stops it where the client has left.
 *
 * @throws AppError where it is too expensive
 */
export async function snapshot<Result>(
  { pool, replica }: Pick<MySqlClient, 'pool' | 'replica'>,
  signal: AbortSignal | undefined,
  work: (connection: PoolConnection) => Promise<Result>,
): Promise<Result> {
  const copied = await replica?.ask(pool, (confirm) =>
    snapshotOn(replica.pool, signal, async (connection) => {
      await confirm(connection)
      return work(connection)
    }),
  )
  return copied ? copied.result : snapshotOn(pool, signal, work)
}

async function snapshotOn<Result>(
  pool: Pool,
  signal: AbortSignal | undefined,
  work: (connection: PoolConnection) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted()
  const connection = await pool.getConnection()
  const stop = () => void pool.query(`KILL QUERY ${connection.threadId}`).catch(() => undefined)
  signal?.addEventListener('abort', stop, { once: true })
  let whole = false
  try {
    await command(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
    const result = await work(connection)
    await connection.commit()
    whole = true
    return result
  } catch (error) {
    signal?.throwIfAborted()
    throw ANSWERS[errorCode(error) ?? 0]?.() ?? error
  } finally {
    signal?.removeEventListener('abort', stop)
    // A late KILL would hit whoever gets the connection next.
    if (whole && !signal?.aborted) connection.release()
    else connection.destroy()
  }
}

/** The texts that a question is about. */
function wantedBy({ parts, goals, currency }: Question): Wanted {
  const fields = parts.flatMap(({ keys }) => keys.flatMap((key) => (key.kind === 'field' ? key : [])))
  return {
    names: KNOWN_NAMES,
    currencies: [currency, ...goals.map((goal) => goal.currency)],
    fields,
    conditions: [
      ...parts.flatMap((part) => (part.of === 'visits' ? [part.where, part.entry] : [part.where])),
      ...goals.map((goal) => goal.condition),
    ],
  }
}

export interface RunOptions {
  signal?: AbortSignal | undefined
  /** Default: QUERY_SECONDS. */
  seconds?: number
  /** Told where the answer was read. */
  note?: NoteSource | undefined
  /** Leaves sums aside. */
  rows?: boolean
}

/** Where the parts of a question are read from, when none of it comes from sums. */
const sourceOf = ({ parts }: Question): Source => (parts.every(({ of }) => of === 'visits') ? 'visits' : 'raw')

/** The one statement that answers a question in this snapshot, from sums where they have the answer. */
export async function statementOf(
  connection: PoolConnection,
  question: Question,
  { note, rows = false }: Pick<RunOptions, 'note' | 'rows'> = {},
): Promise<string> {
  const texts = await resolve(connection, question.site, wantedBy(question))
  const sums = rows ? null : await partsFromSums(connection, question, texts)
  note?.(sums ? (sums.whole ? 'rollups' : 'mixed') : sourceOf(question))
  const opened = rows || sums?.whole ? 0 : await openedSince(connection, question.site, question.from)
  return statementFor(question, texts, { ...(sums && { sql: sums.sql }), opened })
}

/**
 * Answers a question with one statement, after the texts it is about were looked up: from sums of days where they have the answer, else
 * from rows.
 *
 * @throws AppError where the question is too expensive or a regular expression does not compile
 */
export async function runQuestion(
  client: MySqlClient,
  question: Question,
  { signal, seconds = QUERY_SECONDS, note, rows: onlyRows = false }: RunOptions = {},
): Promise<Row[]> {
  const rows = await snapshot(client, signal, async (connection) => {
    const sql = within(seconds, client.server, await statementOf(connection, question, { note, rows: onlyRows }))
    const [found] = await connection.query({ sql, rowsAsArray: true })
    return found as (string | number | Buffer | null)[][]
  })
  return rows.map((row) => readRow(row, question))
}

/** Sums arrive as decimal text; all of ours fit a JavaScript number, since they count or add up what people did. */
function readRow(row: (string | number | Buffer | null)[], { times, dimensions, formulas }: Question): Row {
  const last = dimensions + formulas.length
  return {
    dimensions: row.slice(0, dimensions).map((value, index) => (times.includes(index) ? Number(value) : String(value))),
    values: row.slice(dimensions, last).map((value) => (value === null ? null : Number(value))),
    total: Number(row[last]),
  }
}
