import type { NewSegment, SegmentPatch } from '@footfall/contract/saved.ts'
import type { Segment } from '@footfall/contract/sites.ts'
import type { Kysely, Selectable } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError } from '../errors.ts'
import type { Clock } from '../seams.ts'
import { storedName } from './name.ts'

const SEGMENTS_MAX = 1000

const toSegment = ({ id, name, filters }: Selectable<Database['segments']>): Segment => ({
  id,
  name,
  filters: JSON.parse(filters) as unknown[],
})

/** Another segment has the name: unique in the site. */
const taken = (error: unknown, name: string): never => {
  if (!isDuplicate(error)) throw error
  throw new AppError('conflict', `Another segment of the site is called ${JSON.stringify(name)}.`)
}

/** Segments of a site, oldest first. */
export async function listSegments(database: Kysely<Database>, site: number): Promise<Segment[]> {
  const rows = await database.selectFrom('segments').selectAll().where('site_id', '=', site).orderBy('id').limit(SEGMENTS_MAX).execute()
  return rows.map(toSegment)
}

/** Keeps a segment; its filters were checked. @throws AppError conflict where the name is taken or the site has too many */
export async function addSegment(
  { database, clock }: { database: Kysely<Database>; clock: Clock },
  site: number,
  { name: given, filters }: NewSegment,
): Promise<Segment> {
  const name = storedName(given, 'name')
  if ((await listSegments(database, site)).length >= SEGMENTS_MAX)
    throw new AppError('conflict', `The site has ${SEGMENTS_MAX} segments, which is as many as it can have.`)
  const row = { site_id: site, name, filters: JSON.stringify(filters), created_at: Math.floor(clock() / 1000) }
  const { insertId } = await database
    .insertInto('segments')
    .values(row)
    .executeTakeFirstOrThrow()
    .catch((error) => taken(error, name))
  return { id: Number(insertId), name, filters }
}

/** Changes what the patch names. @throws AppError not_found, conflict */
export async function changeSegment(database: Kysely<Database>, site: number, id: number, patch: SegmentPatch): Promise<Segment> {
  const { filters } = patch
  const name = patch.name === undefined ? undefined : storedName(patch.name, 'name')
  const changes = { ...(name !== undefined && { name }), ...(filters !== undefined && { filters: JSON.stringify(filters) }) }
  await database
    .updateTable('segments')
    .set(changes)
    .where('site_id', '=', site)
    .where('id', '=', id)
    .execute()
    .catch((error) => taken(error, name ?? ''))
  const row = await database.selectFrom('segments').selectAll().where('site_id', '=', site).where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('not_found', `The site has no segment ${id}.`)
  return toSegment(row)
}

/** Deletes a segment; false where the site has none with this id. */
export async function deleteSegment(database: Kysely<Database>, site: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('segments').where('site_id', '=', site).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}
