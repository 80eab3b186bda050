import type { Pool, PoolConnection } from 'mysql2/promise'
import { select } from './client.ts'

/** Ids in one statement. */
const IDS = 10_000

/** Pieces of a list, `size` each. */
export function* pieces<Item>(list: readonly Item[], size: number = IDS): Generator<Item[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size)
}

/** Texts by their numbers, for rows that were read; number 0 is blank. */
export async function texts(on: Pool | PoolConnection, numbers: Iterable<number>): Promise<(number: number) => string> {
  const found = new Map<number, string>([[0, '']])
  const wanted = [...new Set(numbers)].filter((number) => number !== 0)
  for (const some of pieces(wanted)) {
    const rows = await select<{ id: number; value: Buffer }>(on, `SELECT id, value FROM terms WHERE id IN (${some.join(', ')})`)
    for (const { id, value } of rows) found.set(id, value.toString())
  }
  return (number) => found.get(number) ?? ''
}
