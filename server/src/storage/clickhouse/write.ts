import { randomUUID } from 'node:crypto'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Batch } from '../engine.ts'
import type { StoredEvent } from '../../lib/event.ts'
import { fits, mayNotFit, refusing } from './fits.ts'
import { filledRows, type Rows } from './rows.ts'
import { EVENT_COLUMNS, VISIT_COLUMNS } from './schema.ts'
import { knownIds } from './visits.ts'

/**
 * Of one insert. In the statement, not in the request: see the trap in client.ts.
 * `async_insert` would answer before the rows are stored on servers where it is on by default; a batch may touch more
 * months than the default of 100 (a sparse import); and one batch must be one block, since the token covers blocks.
 */
const INSERT_SETTINGS =
  'async_insert = 0, insert_deduplicate = 1, max_partitions_per_insert_block = 0, max_insert_block_size = 1000000, min_insert_block_size_rows = 1000000, min_insert_block_size_bytes = 1000000000'

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
export async function write(client: ClickHouseClient, batch: Batch): Promise<void> {
  const { token, events, visits, again = false } = batch
  if (!/^[\w:/.-]+$/.test(token)) throw new TypeError(`a token has letters, digits and :/.-_ only, this is ${JSON.stringify(token)}`)
  let rows = await filledRows(EVENT_COLUMNS, events)
  // Once its visits are stored, it is too late to learn that an event is refused.
  if (mayNotFit(events, rows.text)) await fits(client, batch)
  await insert(client, 'visits', await filledRows(VISIT_COLUMNS, visits), randomUUID())
  for (let tokens = 0; rows.text !== ''; tokens += 1) {
    if (tokens === TOKENS) throw new Error(`events of batch ${token} are not there after ${TOKENS} inserts`)
    await insert(client, 'events', rows, tokens === 0 ? `${token}/events` : `${token}/events/${tokens}`)
    if (!again) return
    rows = await filledRows(EVENT_COLUMNS, await notStored(client, events))
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

async function insert(client: ClickHouseClient, table: string, { names, text }: Rows, token: string): Promise<void> {
  if (text === '') return
  const into = `INSERT INTO ${table} (${names}) SETTINGS ${INSERT_SETTINGS}, insert_deduplication_token = '${token}'`
  await refusing(table, () => client.command({ query: `${into} FORMAT JSONCompactEachRow${text}` }))
}
