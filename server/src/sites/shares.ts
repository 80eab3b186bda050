import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Share, SiteDirectory } from '../seams.ts'

/** 16 random bytes as links carry them. */
const TOKEN = /^[A-Za-z0-9_-]{22}$/

/**
 * What is shared under a name: the token of a link, or the domain of a public site. A link whose segment is gone shares nothing,
 * rather than everything.
 */
export async function findShare(
  database: Kysely<Database>,
  directory: Pick<SiteDirectory, 'find' | 'segments'>,
  name: string,
): Promise<Share | undefined> {
  const link = TOKEN.test(name)
    ? await database.selectFrom('shared_links').selectAll().where('token', '=', name).executeTakeFirst()
    : undefined
  const site = await directory.find(link ? String(link.site_id) : name)
  if (!site) return undefined
  if (!link) {
    // By its own name only: ids and other names of a site are nobody's business here.
    if (!site.public || site.domain !== name.toLowerCase()) return undefined
    return { link: 0, site, passwordHash: null, filters: [], limited: false, embedOrigins: null }
  }
  const limited = link.segment_id !== null
  const segment = limited ? (await directory.segments(site.id)).find(({ id }) => id === link.segment_id) : undefined
  if (limited && !segment) return undefined
  return {
    link: link.id,
    site,
    passwordHash: link.password_hash,
    filters: segment?.filters ?? [],
    limited,
    embedOrigins: link.embed_origins === null ? null : (JSON.parse(link.embed_origins) as string[]),
  }
}
