import { setImmediate } from 'node:timers/promises'
import type { Columns } from './schema.ts'

/** Rows made to text in one go: 2 ms. */
const ROWS_AT_ONCE = 500

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
