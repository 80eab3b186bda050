import type { Kysely } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'

/** Whether this process is the one that does a job which is due at that time. */
export type Claim = (job: string, due: Date) => Promise<boolean>

const MINUTE = 60_000

/**
 * One of many processes does a job: whoever first writes its time into the database that all share. Nobody is the leader, so nobody has
 * to be missed before another one takes over: where a process dies in the middle of a job, its next time is anybody's.
 *
 * Times are compared by the minute, since timers of busy processes fire seconds late; a clock that is a minute behind claims what is
 * done already, and gets nothing.
 */
export function createClaims(database: Kysely<Database>): Claim {
  return async (job, due) => {
    const name = `job:${job}`
    // Of one length, so that they compare as text.
    const value = new Date(Math.floor(due.getTime() / MINUTE) * MINUTE).toISOString()
    const { numUpdatedRows } = await database
      .updateTable('settings')
      .set({ value })
      .where('name', '=', name)
      .where('value', '<', value)
      .executeTakeFirst()
    if (numUpdatedRows === 1n) return true
    const known = await database.selectFrom('settings').select('name').where('name', '=', name).executeTakeFirst()
    if (known) return false
    try {
      await database.insertInto('settings').values({ name, value }).execute()
      return true
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }
}
