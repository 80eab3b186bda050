import type { Traits } from '@footfall/contract/traits.ts'
import type { Kysely } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import type { Log } from '../lib/app.ts'
import type { Clock, TraitReport } from '../seams.ts'
import { createNotebook } from './notebook.ts'

/** Anybody may send any id to a site that identifies: of more visitors than this nothing is written down. */
const MOST_VISITORS = 100_000
/** Of some hundred bytes each. */
const KEPT = 20_000

export interface TraitBook extends TraitReport {
  note(site: number, visitor: string, traits: Traits): void
  drop(site: number, visitor: string): void
  flush(): Promise<void>
  stop(): Promise<void>
}

/** What sites say of their identified visitors. The latest holds; written beside events, some seconds later. */
export function createTraits({
  database,
  clock,
  log,
  everyMs,
}: {
  database: Kysely<Database>
  clock: Clock
  log: Log
  everyMs?: number
}): TraitBook {
  /** Rows of a site, at least: others may add more meanwhile. */
  const rows = new Map<number, number>()

  async function mayAdd(site: number): Promise<boolean> {
    let known = rows.get(site)
    if (known === undefined) {
      const count = database.fn.countAll<number | bigint | string>().as('count')
      known = Number((await database.selectFrom('traits').select(count).where('site', '=', site).executeTakeFirstOrThrow()).count)
    }
    rows.set(site, known + 1)
    return known < MOST_VISITORS
  }

  async function write(key: string, traits: string): Promise<void> {
    const [site, visitor] = [Number(key.split(' ')[0]), key.split(' ')[1]!]
    const row = { traits, changed_at: Math.floor(clock() / 1000) }
    const update = async () => {
      const { numUpdatedRows } = await database
        .updateTable('traits')
        .set(row)
        .where('site', '=', site)
        .where('visitor', '=', visitor)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    }
    if ((await update()) || !(await mayAdd(site))) return
    try {
      await database
        .insertInto('traits')
        .values({ site, visitor, ...row })
        .execute()
    } catch (error) {
      if (!isDuplicate(error)) throw error
      await update()
    }
  }

  const book = createNotebook({ write, limit: KEPT, log, what: 'traits of visitors', ...(everyMs !== undefined && { everyMs }) })
  return {
    note: (site, visitor, traits) => book.note(`${site} ${visitor}`, JSON.stringify(traits)),
    drop: (site, visitor) => book.drop(`${site} ${visitor}`),
    flush: book.flush,
    stop: book.stop,
    async of(site, visitor) {
      await book.flush()
      const found = await database
        .selectFrom('traits')
        .select('traits')
        .where('site', '=', site)
        .where('visitor', '=', visitor)
        .executeTakeFirst()
      return found ? (JSON.parse(found.traits) as Traits) : null
    },
  }
}
