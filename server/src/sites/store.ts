import { isIP } from 'node:net'
import type { NewSite, Shields, Site, SitePatch, TrackerOptions } from '@footfall/contract/sites.ts'
import type { Kysely, Selectable } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError, invalid } from '../errors.ts'
import { isTimezone } from '../lib/zone.ts'
import type { Clock } from '../seams.ts'
import { cleanAlias, refuseAlias, setAliases, withAliases } from './aliases.ts'
import { cleanDomain } from './domain.ts'

const DEFAULT_TIMEZONE = 'Etc/UTC'

/** A stored site as the API shows it. */
export function toSite(row: Selectable<Database['sites']>): Site {
  return {
    id: row.id,
    domain: row.domain,
    timezone: row.timezone,
    tracker: JSON.parse(row.tracker) as TrackerOptions,
    shields: JSON.parse(row.shields) as Shields,
    ingest_rate_limit: row.ingest_rate_limit,
    respect_dnt: row.respect_dnt === 1,
    drop_data_centers: row.drop_data_centers === 1,
    public: row.public === 1,
    keep_months: row.keep_months,
    allowed_props: row.allowed_props === null ? null : (JSON.parse(row.allowed_props) as string[]),
    created_at: new Date(row.created_at * 1000).toISOString(),
  }
}

/**
 * Adds a site.
 *
 * @throws AppError `invalid_request` by field, `conflict` where the domain is taken
 */
export async function addSite(
  { database, clock = Date.now }: { database: Kysely<Database>; clock?: Clock },
  given: NewSite,
): Promise<Site> {
  const { domain, aliases } = check(given)
  const row = {
    domain: domain!,
    timezone: given.timezone ?? DEFAULT_TIMEZONE,
    tracker: JSON.stringify(given.tracker ?? {}),
    shields: JSON.stringify(given.shields ?? {}),
    ingest_rate_limit: given.ingest_rate_limit ?? null,
    respect_dnt: Number(given.respect_dnt ?? false),
    drop_data_centers: Number(given.drop_data_centers ?? false),
    public: Number(given.public ?? false),
    keep_months: given.keep_months ?? null,
    allowed_props: listText(given.allowed_props ?? null),
    created_at: Math.floor(clock() / 1000),
  }
  return database.transaction().execute(async (trx) => {
    const { insertId } = await trx
      .insertInto('sites')
      .values(row)
      .executeTakeFirstOrThrow()
      .catch((error) => taken(error, row.domain))
    const site = toSite({ ...row, id: Number(insertId) })
    await refuseAlias(trx, domain!, site.id)
    if (aliases) await setAliases(trx, site.id, aliases)
    return (await withAliases(trx, [site]))[0]!
  })
}

/**
 * Changes what the patch names and leaves the rest.
 *
 * @throws AppError as `addSite`
 */
export async function changeSite(database: Kysely<Database>, site: Site, patch: SitePatch): Promise<Site> {
  const { domain = site.domain, aliases } = check(patch)
  const { aliases: _, ...changed } = { ...site, ...patch, domain }
  return database.transaction().execute(async (trx) => {
    await trx
      .updateTable('sites')
      .set({
        domain,
        timezone: changed.timezone,
        tracker: JSON.stringify(changed.tracker),
        shields: JSON.stringify(changed.shields),
        ingest_rate_limit: changed.ingest_rate_limit,
        respect_dnt: Number(changed.respect_dnt),
        drop_data_centers: Number(changed.drop_data_centers),
        public: Number(changed.public),
        keep_months: changed.keep_months,
        allowed_props: listText(changed.allowed_props),
      })
      .where('id', '=', site.id)
      .execute()
      .catch((error) => taken(error, domain))
    if (domain !== site.domain) await refuseAlias(trx, domain, site.id)
    if (aliases) await setAliases(trx, site.id, aliases)
    return (await withAliases(trx, [changed]))[0]!
  })
}

/** Site by its domain, or undefined. Straight from the database: the directory's copy may be a second old. */
export async function findSite(database: Kysely<Database>, domain: string): Promise<Site | undefined> {
  const clean = cleanDomain(domain)
  if (clean === null) return undefined
  const row = await database.selectFrom('sites').selectAll().where('domain', '=', clean).executeTakeFirst()
  return row && (await withAliases(database, [toSite(row)]))[0]
}

/** Sites by domain, at most `limit` of those that follow `after`. */
export async function listSites(database: Kysely<Database>, limit: number, after = ''): Promise<Site[]> {
  const rows = await database.selectFrom('sites').selectAll().where('domain', '>', after).orderBy('domain').limit(limit).execute()
  return withAliases(database, rows.map(toSite))
}

/** Checks what the schema cannot say; returns the cleaned domain and aliases where they were given. */
function check(given: SitePatch): { domain?: string; aliases?: string[] } {
  const errors: Record<string, string[]> = {}
  const domain = given.domain === undefined ? undefined : cleanDomain(given.domain)
  if (domain === null) errors.domain = [`must be a host name like example.com, not ${JSON.stringify(given.domain)}`]
  if (given.timezone !== undefined && !(/^[A-Za-z]/.test(given.timezone) && given.timezone.length <= 64 && isTimezone(given.timezone))) {
    errors.timezone = [`must be an IANA name like Europe/Berlin, not ${JSON.stringify(given.timezone.slice(0, 100))}`]
  }
  const noAddress = given.shields?.ip?.find((entry) => !isAddressRange(entry))
  if (noAddress !== undefined) errors['shields.ip'] = [`must be addresses or CIDR ranges, not ${JSON.stringify(noAddress.slice(0, 100))}`]
  const aliases = given.aliases?.map(cleanAlias)
  const noAlias = aliases?.indexOf(null) ?? -1
  if (noAlias >= 0) errors.aliases = [`must be ids or host names, not ${JSON.stringify(given.aliases![noAlias])}`]
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return { ...(domain && { domain }), ...(aliases && { aliases: aliases.filter((alias) => alias !== null) }) }
}

function isAddressRange(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

const listText = (list: string[] | null) => (list === null ? null : JSON.stringify(list))

function taken(error: unknown, domain: string): never {
  if (isDuplicate(error)) throw new AppError('conflict', `There is a site ${domain} already.`)
  throw error
}
