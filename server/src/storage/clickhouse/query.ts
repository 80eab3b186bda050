import type { ClickHouseClient } from '@clickhouse/client'
import { AppError } from '../../errors.ts'
import type { Question, Row } from '../question.ts'
import type { ReportKind, Reports } from '../reports.ts'
import { errorCode } from './client.ts'
import { type Bound, type Fields, REPORTS } from './query/reports.ts'
import { statementFor } from './query/statement.ts'

/** What one question may cost: seconds, and bytes of memory. */
export interface QueryLimits {
  seconds: number
  bytes: number
}
export const QUERY_LIMITS: QueryLimits = { seconds: 30, bytes: 1_000_000_000 }

const tooLong = 'This question takes too long: choose a shorter date_range or fewer dimensions'
const tooLarge = 'This question needs too much memory: choose a shorter date_range or fewer dimensions'

/** ClickHouse errors that the person who asked can do something about, by number. */
const ANSWERS: Record<number, () => AppError> = {
  159: () => new AppError('query_too_expensive', tooLong),
  160: () => new AppError('query_too_expensive', tooLong),
  241: () => new AppError('query_too_expensive', tooLarge),
  427: () => new AppError('invalid_query', 'A value of a matches filter is not a regular expression that RE2 understands'),
}

/** The statement with its settings; as part of the SQL, since chdb would keep settings of a request for all later ones (client.ts). */
function withSettings(sql: string, limits: QueryLimits): string {
  return `${sql} SETTINGS ${[
    `max_execution_time = ${limits.seconds}`,
    `max_memory_usage = ${limits.bytes}`,
    // A visit never leaves its partition (migrations/0002-visits.sql), so FINAL need not merge across them.
    'do_not_merge_across_partitions_select_final = 1',
    // Visitors and visits stand too far back in the sorting keys for it to help, and a sorted copy of a million of them took 800 MB.
    'use_index_for_in_with_subqueries = 0',
  ].join(', ')}`
}

/** Runs one SELECT within the limits; rows in the form of `format`. */
async function runStatement<Row>(
  client: ClickHouseClient,
  { sql, params }: Bound,
  format: 'JSONCompactEachRow' | 'JSONEachRow',
  { signal, limits }: { signal: AbortSignal | undefined; limits: QueryLimits },
): Promise<Row[]> {
  try {
    const result = await client.query({
      query: withSettings(sql, limits),
      query_params: params,
      format,
      ...(signal ? { abort_signal: signal } : {}),
    })
    return await result.json<Row>()
  } catch (error) {
    throw ANSWERS[errorCode(error) ?? 0]?.() ?? error
  }
}

/**
 * Answers a question with one statement. `signal` stops it where the client has left.
 *
 * @throws AppError where the question is too expensive or a regular expression does not compile
 */
export async function runQuestion(
  client: ClickHouseClient,
  question: Question,
  signal?: AbortSignal,
  limits: QueryLimits = QUERY_LIMITS,
): Promise<Row[]> {
  const cost = { signal, limits }
  const rows = await runStatement<(string | number | null)[]>(client, statementFor(question), 'JSONCompactEachRow', cost)
  return rows.map((row) => readRow(row, question))
}

/** Answers a question of another kind, likewise. */
export async function runReport<Kind extends ReportKind>(
  client: ClickHouseClient,
  kind: Kind,
  question: Reports[Kind]['question'],
  signal?: AbortSignal,
): Promise<Reports[Kind]['answer']> {
  const { statement, read } = REPORTS[kind]
  const rows = await runStatement<Fields>(client, statement(question), 'JSONEachRow', { signal, limits: QUERY_LIMITS })
  return read(rows, question)
}

/** 64-bit numbers arrive as text; all of ours fit a JavaScript number, since they count or add up what people did. */
function readRow(row: (string | number | null)[], { times, dimensions, formulas }: Question): Row {
  const last = dimensions + formulas.length
  return {
    dimensions: row.slice(0, dimensions).map((value, index) => (times.includes(index) ? Number(value) : String(value))),
    values: row.slice(dimensions, last).map((value) => (value === null ? null : Number(value))),
    total: Number(row[last]),
  }
}
