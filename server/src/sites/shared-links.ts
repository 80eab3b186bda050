import { randomBytes } from 'node:crypto'
import type { SharedLink } from '@footfall/contract/sites.ts'
import type { Kysely } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError } from '../errors.ts'
import type { Clock } from '../seams.ts'

const LINKS_MAX = 500

/**
 * The link of the site with this name, made if there is none. Two who ask at once get the same one.
 *
 * @throws AppError `conflict` where the site has too many
 */
export async function findOrCreateLink(
  { database, clock, baseUrl }: { database: Kysely<Database>; clock: Clock; baseUrl: string },
  site: number,
  name: string,
): Promise<SharedLink> {
  const answer = (token: string): SharedLink => ({ name, url: `${baseUrl}/share/${token}` })
  const links = await database.selectFrom('shared_links').select(['name', 'token']).where('site_id', '=', site).execute()
  const found = links.find((link) => link.name === name)
  if (found) return answer(found.token)
  if (links.length >= LINKS_MAX) throw new AppError('conflict', `The site has ${LINKS_MAX} shared links, which is as many as it can have.`)
  const token = randomBytes(16).toString('base64url')
  try {
    await database
      .insertInto('shared_links')
      .values({ site_id: site, name, token, created_at: Math.floor(clock() / 1000) })
      .execute()
    return answer(token)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const other = await database
      .selectFrom('shared_links')
      .select('token')
      .where('site_id', '=', site)
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return answer(other.token)
  }
}
