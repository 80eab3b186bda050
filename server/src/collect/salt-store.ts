import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import type { Clock } from '../seams.ts'
import { dayBefore, siteDay } from './site-day.ts'

/** RFC 2104 asks for no more than the strength of the hash; 128 bits cannot be guessed. */
const SALT_BYTES = 16

/**
 * The salt of a site and day, made if it does not exist. All processes agree: the primary key lets one insert win,
 * and everybody reads back what won.
 */
export async function loadSalt(database: Kysely<Database>, site: number, day: string, now: number): Promise<Buffer> {
  const read = () => database.selectFrom('salts').select('salt').where('site', '=', site).where('day', '=', day).executeTakeFirst()
  let row = await read()
  if (!row) {
    const salt = randomBytes(SALT_BYTES).toString('hex')
    try {
      await database
        .insertInto('salts')
        .values({ site, day, salt, created_at: Math.floor(now / 1000) })
        .execute()
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
    row = await read()
  }
  if (!row) throw new Error(`The salt of site ${site} for ${day} vanished while it was made.`)
  return Buffer.from(row.salt, 'hex')
}

/** Destroys the salts of a site older than the day before `today`: its visitors of those days cannot be recognised any more. */
export async function destroySaltsBefore(database: Kysely<Database>, site: number, today: string): Promise<void> {
  await database.deleteFrom('salts').where('site', '=', site).where('day', '<', dayBefore(today)).execute()
}

/**
 * Destroys what is too old for every site, by its own midnight, and whatever belongs to no site any more. A site with traffic does this
 * itself when its day changes; this is for the silent ones. For a job, about once an hour.
 */
export async function destroyOldSalts(parts: { database: Kysely<Database>; clock: Clock }): Promise<void> {
  const rows = await parts.database
    .selectFrom('salts')
    .leftJoin('sites', 'sites.id', 'salts.site')
    .select(['salts.site', 'sites.timezone'])
    .distinct()
    .execute()
  for (const { site, timezone } of rows) {
    const gone = timezone === null && site !== 0
    if (gone) await parts.database.deleteFrom('salts').where('site', '=', site).execute()
    else await destroySaltsBefore(parts.database, site, siteDay(parts.clock(), timezone ?? 'UTC'))
  }
}
