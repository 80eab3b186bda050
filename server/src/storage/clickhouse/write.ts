import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { BatchRefused, type Batch } from '../engine.ts'
import { errorCode } from './client.ts'
import type { StoredEvent } from '../../lib/event.ts'
import { EVENT_COLUMNS, VISIT_COLUMNS } from './schema.ts'
import { knownIds } from './visits.ts'

/**
 * Of one insert. In the statement, not in the request: see the trap in client.ts.
 * `async_insert` would answer before the rows are stored on servers where it is on by default; a batch may touch more
 * months than the default of 100 (a sparse import); and one batch must be one block, since the token covers blocks.
 */
const INSERT_SETTINGS =
  'async_insert = 0, insert_deduplicate = 1, max_partitions_per_insert_block = 0, max_insert_block_size = 1000000, min_insert_block_size_rows = 1000000, min_insert_block_size_bytes = 1000000000'

/** Errors that say: these values will never fit. Source: ClickHouse, src/Common/ErrorCodes.cpp. */
const REFUSALS = new Set([6, 25, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 130, 131, 190, 321, 349, 407, 467])

/** Rows made to text in one go: 2 ms. */
const ROWS_AT_ONCE = 500

/** Tokens for one batch. Two were never needed; a store that lost so many is broken in another way. */
const TOKENS = 10

/**
 * Stores visits, then events, each as one insert: events under the token, visits under one that is never seen again, since rows
 * of the same visit and batch are one anyway (ReplacingMergeTree), and without any ClickHouse compares the content.
 *
 * Two inserts are not one transaction, and the order is what makes a crash between them harmless: a repeated batch finds
 * its visits with `batch` already set and folds nothing twice (write/visits.ts), while its events' ids are not yet known and
 * so are not taken for duplicates. A block that spans months becomes one part per month; ClickHouse checks the token
 * for each of them, so that a repetition fills in exactly those that are missing (tried).
 *
 * TRAP: ClickHouse writes the token into its log before it renames the part into place. A kill between the two (1 of 165 while
 * inserting without a pause) leaves a token without rows, and the repetition is answered as if it were stored. So after a
 * repetition the ids are looked for, and what is missing goes in under the next token. By then the fate of the token before
 * is settled: an insert of it that is still under way would be ignored.
 */
export async function write(client: ClickHouseClient, { token, events, visits, again = false }: Batch): Promise<void> {
  await insert(client, 'visits', VISIT_COLUMNS, visits, randomUUID())
  let missing = events
  for (let tokens = 0; missing.length > 0; tokens += 1) {
    if (tokens === TOKENS) throw new Error(`${missing.length} events of batch ${token} are not there after ${TOKENS} inserts`)
    await insert(client, 'events', EVENT_COLUMNS, missing, tokens === 0 ? `${token}/events` : `${token}/events/${tokens}`)
    missing = again ? await notStored(client, missing) : []
  }
}

/** Which of these the store does not have. Those without an id cannot be looked for. */
async function notStored(client: ClickHouseClient, events: StoredEvent[]): Promise<StoredEvent[]> {
  const missing: StoredEvent[] = []
  for (const [site, group] of Map.groupBy(events, (event) => event.site)) {
    const since = group.reduce((least, event) => Math.min(least, event.at), Infinity)
    const known = await knownIds(
      client,
      site,
      group.map((event) => event.id),
      since,
    )
    missing.push(...group.filter((event) => event.id !== '0' && !known.has(event.id)))
  }
  return missing
}

async function insert<Item>(
  client: ClickHouseClient,
  table: string,
  columns: readonly (readonly [string, (item: Item) => unknown])[],
  items: readonly Item[],
  token: string,
): Promise<void> {
  if (items.length === 0) return
  if (!/^[\w:/.-]+$/.test(token)) throw new TypeError(`a token has letters, digits and :/.-_ only, this is ${JSON.stringify(token)}`)
  const names = columns.map(([name]) => name).join(', ')
  let query = `INSERT INTO ${table} (${names}) SETTINGS ${INSERT_SETTINGS}, insert_deduplication_token = '${token}' FORMAT JSONCompactEachRow`
  // Rows without column names insert three times as fast as objects: 20,000 in 64 ms against 190 ms.
  for (const [index, item] of items.entries()) {
    query += `\n${JSON.stringify(columns.map(([, value]) => value(item)))}`
    // Requests are answered in between: 4,000 rows at once would let them wait for 15 ms.
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate()
  }
  try {
    await client.command({ query })
  } catch (error) {
    const code = errorCode(error)
    if (code !== undefined && REFUSALS.has(code)) throw new BatchRefused(`${table}: ${String(error)}`, { cause: error })
    throw error
  }
}
