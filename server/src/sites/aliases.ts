import type { Site } from '@footfall/contract/sites.ts'
import type { Kysely } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError } from '../errors.ts'
import { lookupDomain } from './domain.ts'

/** Digits alone are no alias: the directory takes them for the id of a site. */
const ALIAS = /^(?!\d+$)[a-z0-9_](?:[a-z0-9_.-]{0,98}[a-z0-9_])?$/

/** An alias as it is stored and looked up, null where it cannot be one. */
export function cleanAlias(text: string): string | null {
  const alias = lookupDomain(text.trim())
  return ALIAS.test(alias) ? alias : null
}

/** The sites with their aliases; one that has none stays without the key. */
export async function withAliases(database: Kysely<Database>, sites: Site[]): Promise<Site[]> {
  const ids = sites.map(({ id }) => id)
  if (ids.length === 0) return sites
  const rows = await database.selectFrom('site_aliases').selectAll().where('site_id', 'in', ids).orderBy('alias').execute()
  const found = Map.groupBy(rows, (row) => row.site_id)
  return sites.map((site) => {
    const aliases = found.get(site.id)?.map(({ alias }) => alias)
    return aliases ? { ...site, aliases } : site
  })
}

/**
 * Makes these the aliases of a site and forgets the others it had. To be called in a transaction.
 * @param aliases cleaned
 * @throws AppError `conflict` where one belongs to another site, or is its domain
 */
export async function setAliases(database: Kysely<Database>, site: number, aliases: readonly string[]): Promise<void> {
  await database.deleteFrom('site_aliases').where('site_id', '=', site).execute()
  if (aliases.length === 0) return
  const other = await database
    .selectFrom('sites')
    .select('domain')
    .where('domain', 'in', aliases)
    .where('id', '!=', site)
    .executeTakeFirst()
  if (other) throw new AppError('conflict', `There is a site ${other.domain} already.`)
  try {
    await database
      .insertInto('site_aliases')
      .values(Array.from(new Set(aliases), (alias) => ({ alias, site_id: site })))
      .execute()
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('conflict', 'Another site has one of these aliases already.')
    throw error
  }
}

/** @throws AppError `conflict` where the domain is an alias of another site: events for it would have two sites to go to */
export async function refuseAlias(database: Kysely<Database>, domain: string, site: number): Promise<void> {
  const row = await database
    .selectFrom('site_aliases')
    .select('alias')
    .where('alias', '=', domain)
    .where('site_id', '!=', site)
    .executeTakeFirst()
  if (row) throw new AppError('conflict', `${domain} is an alias of another site.`)
}
