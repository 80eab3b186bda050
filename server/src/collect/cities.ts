import type { Kysely } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import type { Log } from '../lib/app.ts'
import type { CityNames } from '../seams.ts'
import { createNotebook, type Notebook } from './notebook.ts'

/** More than there are cities with traffic; some hundred bytes each. */
const KEPT = 50_000

/**
 * Names of the cities that were seen: events hold their numbers at geonames.org, and names are known only to the file of the operator,
 * which another process may not have. The latest name holds.
 */
export function createCities(parts: { database: Kysely<Database>; log: Log; everyMs?: number }): Notebook & CityNames {
  const { database } = parts
  const book = createNotebook({
    ...parts,
    limit: KEPT,
    what: 'names of cities',
    async write(key, name) {
      const id = Number(key)
      try {
        await database.insertInto('cities').values({ id, name }).execute()
      } catch (error) {
        if (!isDuplicate(error)) throw error
        await database.updateTable('cities').set({ name }).where('id', '=', id).execute()
      }
    },
  })
  return {
    ...book,
    async names(ids) {
      await book.flush()
      const rows = await database.selectFrom('cities').selectAll().where('id', 'in', ids).execute()
      return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
    },
  }
}
