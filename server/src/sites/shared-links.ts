import { randomBytes } from 'node:crypto'
import type { Link, LinkPatch, NewLink } from '@footfall/contract/sharing.ts'
import type { Kysely, Selectable } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError, invalid } from '../errors.ts'
import type { Clock } from '../seams.ts'
import { storedName } from './name.ts'

const LINKS_MAX = 500

export interface LinkParts {
  database: Kysely<Database>
  clock: Clock
  baseUrl: string
  /** Made by accounts/: what is stored in place of a password. */
  hashPassword(password: string): Promise<string>
}

type Row = Selectable<Database['shared_links']>

function toLink({ baseUrl }: Pick<LinkParts, 'baseUrl'>, row: Row): Link {
  return {
    id: row.id,
    name: row.name,
    url: `${baseUrl}/share/${row.token}`,
    password: row.password_hash !== null,
    segment: row.segment_id,
    embed_origins: row.embed_origins === null ? null : (JSON.parse(row.embed_origins) as string[]),
    created_at: new Date(row.created_at * 1000).toISOString(),
  }
}

const linksOf = (database: Kysely<Database>, site: number) =>
  database.selectFrom('shared_links').selectAll().where('site_id', '=', site).orderBy('id').limit(LINKS_MAX)

/** Links of a site, oldest first. */
export async function listLinks(parts: LinkParts, site: number): Promise<Link[]> {
  return (await linksOf(parts.database, site).execute()).map((row) => toLink(parts, row))
}

/** The columns of what a body names. @throws AppError invalid_request where the site has no such segment */
async function columnsOf({ database, hashPassword }: LinkParts, site: number, given: LinkPatch) {
  const { name, password, segment, embed_origins: origins } = given
  if (segment != null) {
    const found = database.selectFrom('segments').select('id').where('site_id', '=', site).where('id', '=', segment)
    if (!(await found.executeTakeFirst()))
      throw invalid({ segment: [`must be the id of a segment of the site, which has none ${segment}`] })
  }
  return {
    ...(name !== undefined && { name: storedName(name, 'name') }),
    ...(password !== undefined && { password_hash: password === null ? null : await hashPassword(password) }),
    ...(segment !== undefined && { segment_id: segment }),
    ...(origins !== undefined && { embed_origins: origins && JSON.stringify(origins) }),
  }
}

const taken = (error: unknown, name: string): never => {
  if (!isDuplicate(error)) throw error
  throw new AppError('conflict', `Another link of the site is called ${JSON.stringify(name)}.`)
}

/** Makes a link. @throws AppError conflict where the name is taken or the site has too many, invalid_request */
export async function addLink(parts: LinkParts, site: number, given: NewLink): Promise<Link> {
  const { database, clock } = parts
  if ((await linksOf(database, site).execute()).length >= LINKS_MAX)
    throw new AppError('conflict', `The site has ${LINKS_MAX} shared links, which is as many as it can have.`)
  const nothing = { password_hash: null, segment_id: null, embed_origins: null }
  const about = { site_id: site, token: randomBytes(16).toString('base64url'), created_at: Math.floor(clock() / 1000) }
  const row = { ...nothing, ...(await columnsOf(parts, site, given)), name: storedName(given.name, 'name'), ...about }
  const { insertId } = await database
    .insertInto('shared_links')
    .values(row)
    .executeTakeFirstOrThrow()
    .catch((error) => taken(error, row.name))
  return toLink(parts, { ...row, id: Number(insertId) })
}

/** The link of the site with this name, made if there is none. Two who ask at once get the same one. */
export async function findOrCreateLink(parts: LinkParts, site: number, given: string): Promise<Link> {
  const name = storedName(given, 'name')
  const find = async () => (await listLinks(parts, site)).find((link) => link.name === name)
  const found = await find()
  if (found) return found
  try {
    return await addLink(parts, site, { name })
  } catch (error) {
    const other = await find()
    if (other) return other
    throw error
  }
}

/** Changes what the patch names. @throws AppError not_found, conflict, invalid_request */
export async function changeLink(parts: LinkParts, site: number, id: number, patch: LinkPatch): Promise<Link> {
  await parts.database
    .updateTable('shared_links')
    .set(await columnsOf(parts, site, patch))
    .where('site_id', '=', site)
    .where('id', '=', id)
    .execute()
    .catch((error) => taken(error, patch.name?.trim() ?? ''))
  const link = (await listLinks(parts, site)).find((each) => each.id === id)
  if (!link) throw new AppError('not_found', `The site has no shared link ${id}.`)
  return link
}

/** Revokes a link for ever; false where the site has none with this id. */
export async function deleteLink(database: Kysely<Database>, site: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('shared_links').where('site_id', '=', site).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** A link without its segment would show another part of the site, or nothing. @throws AppError conflict */
export async function refuseIfShared(database: Kysely<Database>, site: number, segment: number): Promise<void> {
  const links = database.selectFrom('shared_links').select('name').where('site_id', '=', site).where('segment_id', '=', segment)
  const user = await links.executeTakeFirst()
  if (user) throw new AppError('conflict', `The shared link ${JSON.stringify(user.name)} is limited to the segment; delete that first.`)
}
