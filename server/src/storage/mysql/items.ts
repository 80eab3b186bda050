import type { Pool, PoolConnection } from 'mysql2/promise'
import { select } from './client.ts'
import { whole } from './literals.ts'
import { pieces } from './texts.ts'

/** A property of a set of properties, and its value, as numbers of texts. */
export interface Item {
  prop: number
  prop_set: number
  value: number
}

/** Sets in one question: each is looked up once a property. */
const SETS = 500

/** What is in these sets. The index begins with the property, so all properties of the site are named: there are few. */
export async function itemsOf(on: Pool | PoolConnection, site: number, sets: Iterable<number>): Promise<Item[]> {
  const wanted = [...new Set(sets)]
  if (wanted.length === 0) return []
  const props = await select<{ prop: number }>(on, `SELECT DISTINCT prop FROM prop_items WHERE site = ${whole(site)}`)
  const items: Item[] = []
  for (const some of pieces(wanted, SETS)) {
    const sql = `SELECT prop, prop_set, value FROM prop_items WHERE site = ${whole(site)}
      AND prop IN (${props.map(({ prop }) => prop).join(', ')}) AND prop_set IN (${some.join(', ')})`
    items.push(...(await select<Item>(on, sql)))
  }
  return items
}
