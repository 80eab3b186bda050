import type { ClickHouseClient } from '@clickhouse/client'
import type { StoredEvent } from '../../lib/event.ts'
import { BatchRefused, type Batch } from '../engine.ts'
import { errorCode, select } from './client.ts'
import { toRows } from './rows.ts'
import { EVENT_COLUMNS, VISIT_COLUMNS, columnNames, type Columns } from './schema.ts'

/** Errors that say: these values will never fit. Source: ClickHouse, src/Common/ErrorCodes.cpp. */
const REFUSALS = new Set([6, 25, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 130, 131, 190, 321, 349, 407, 467])

const DIGITS = /^\d{1,20}$/
/** Decimal64(3). */
const AMOUNT = /^-?\d{1,15}(\.\d{1,3})?$/
/** Half of a surrogate pair as JSON writes it: ClickHouse refuses first halves alone. Or a backslash before `ud`, which it takes. */
const HALF_A_PAIR = '\\ud'

/**
 * Whether ClickHouse should be asked before it stores these. Asking costs 10 µs an event, three quarters of storing it (chdb, 2,000 rows: 21 ms
 * of processor time against 28), so it is asked only where a value looks as if it were refused. These looks know all that the columns can refuse:
 * numbers and decimals by their form, texts by half a pair, since JSON.stringify makes all other texts valid.
 * @param rows the events as JSON
 */
export function mayNotFit(events: readonly StoredEvent[], rows: string): boolean {
  return rows.includes(HALF_A_PAIR) || !events.every(looksRight)
}

function looksRight({ site, at, id, visitor, visit, revenue, engagement, scroll }: StoredEvent): boolean {
  const numbers = Number.isSafeInteger(site + at + engagement + scroll) && site >= 0 && at >= 0 && engagement >= 0 && scroll >= 0
  return numbers && DIGITS.test(id) && DIGITS.test(visitor) && DIGITS.test(visit) && (!revenue || AMOUNT.test(revenue.amount))
}

/**
 * Lets ClickHouse read a batch into nothing.
 *
 * @throws BatchRefused where it will never take it
 */
export async function fits(client: ClickHouseClient, { events, visits }: Batch): Promise<void> {
  await readInto(client, 'events', EVENT_COLUMNS, events)
  await readInto(client, 'visits', VISIT_COLUMNS, visits)
}

async function readInto<Item>(client: ClickHouseClient, table: string, columns: Columns<Item>, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return
  const names = columnNames(columns)
  // Of a table with the columns of the real one as they are now: any migration may change them.
  const sql = 'SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table: String}'
  const found = await select<{ name: string; type: string }>(client, sql, { table })
  const structure = found.map(({ name, type }) => `${name} ${type}`).join(', ')
  const nothing = `null('${structure.replaceAll(/[\\']/g, '\\$&')}')`
  const rows = await toRows(columns, items)
  await refusing(table, () =>
    client.command({
      query: `INSERT INTO FUNCTION ${nothing} (${names}) SETTINGS async_insert = 0 FORMAT JSONCompactEachRow${rows}`,
    }),
  )
}

/** @throws BatchRefused where `insert` fails for what it inserts */
export async function refusing(table: string, insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert()
  } catch (error) {
    const code = errorCode(error)
    if (code !== undefined && REFUSALS.has(code)) throw new BatchRefused(`${table}: ${String(error)}`, { cause: error })
    throw error
  }
}
