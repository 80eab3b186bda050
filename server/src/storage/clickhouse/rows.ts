import { setImmediate } from 'node:timers/promises'
import type { Columns, Value } from './schema.ts'

/** Rows made to text in one go: 2 ms. */
const ROWS_AT_ONCE = 500

/** Items as an insert takes them: names of columns, and the rows that follow `FORMAT JSONCompactEachRow`. */
export interface Rows {
  names: string
  /** '' without any. */
  text: string
}

/**
 * Items as rows of JSONCompactEachRow, each after a line break: '' without any.
 * Rows without column names insert three times as fast as objects: 20,000 in 64 ms against 190 ms.
 */
export async function toRows<Item>(columns: Columns<Item>, items: readonly Item[]): Promise<string> {
  let rows = ''
  for (const [index, item] of items.entries()) {
    rows += `\n${JSON.stringify(columns.map(([, value]) => value(item)))}`
    // Requests are answered in between: 4,000 rows at once would let them wait for 15 ms.
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate()
  }
  return rows
}

/**
 * The same without the columns in which every item is blank; ClickHouse fills those. Most batches have no campaign, no city and no
 * revenue: 22 of the 69 values of an event and its visit, and 24 µs of processor time instead of 31 (chdb, 4,000 events at once).
 */
export async function filledRows<Item>(columns: Columns<Item>, items: readonly Item[]): Promise<Rows> {
  const filled = columns.filter(([name, value]) => KEPT.has(name) || items.some((item) => !isBlank(value(item))))
  return { names: filled.map(([name]) => name).join(', '), text: await toRows(filled, items) }
}

/** A column whose default is another column (migrations/0004-screen.sql), and one that makes sure that there is any. */
const KEPT = new Set(['screen', 'site'])

/** Whether a value is what ClickHouse has for a column of its type that an insert does not name. */
function isBlank(value: Value): boolean {
  if (typeof value === 'object') return JSON.stringify(value) === '{}'
  return value === '' || value === 0 || value === '0' || value === false
}
