import type { Annotation, AnnotationPatch, NewAnnotation } from '@footfall/contract/saved.ts'
import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../database/schema.ts'
import { AppError, invalid } from '../errors.ts'
import type { Clock } from '../seams.ts'

const ANNOTATIONS_MAX = 5000

const toAnnotation = ({ id, day, note }: Selectable<Database['annotations']>): Annotation => ({ id, date: day, text: note })

/** The pattern lets 2026-02-30 pass. */
function checkDate(date: string | undefined): void {
  if (date === undefined) return
  try {
    Temporal.PlainDate.from(date, { overflow: 'reject' })
  } catch {
    throw invalid({ date: [`must be a day that exists, not ${date}`] })
  }
}

/** Annotations of a site by day, both ends included where given. */
export async function listAnnotations(
  database: Kysely<Database>,
  site: number,
  { from, to }: { from?: string; to?: string },
): Promise<Annotation[]> {
  const rows = await database
    .selectFrom('annotations')
    .selectAll()
    .where('site_id', '=', site)
    .where('day', '>=', from ?? '')
    .where('day', '<=', to ?? '9999-12-31')
    .orderBy('day')
    .orderBy('id')
    .limit(ANNOTATIONS_MAX)
    .execute()
  return rows.map(toAnnotation)
}

/** Keeps a note. @throws AppError invalid_request, or conflict where the site has too many */
export async function addAnnotation(
  { database, clock }: { database: Kysely<Database>; clock: Clock },
  site: number,
  { date, text }: NewAnnotation,
): Promise<Annotation> {
  checkDate(date)
  if ((await listAnnotations(database, site, {})).length >= ANNOTATIONS_MAX)
    throw new AppError('conflict', `The site has ${ANNOTATIONS_MAX} annotations, which is as many as it can have.`)
  const row = { site_id: site, day: date, note: text, created_at: Math.floor(clock() / 1000) }
  const { insertId } = await database.insertInto('annotations').values(row).executeTakeFirstOrThrow()
  return { id: Number(insertId), date, text }
}

/** Changes what the patch names. @throws AppError invalid_request, not_found */
export async function changeAnnotation(
  database: Kysely<Database>,
  site: number,
  id: number,
  { date, text }: AnnotationPatch,
): Promise<Annotation> {
  checkDate(date)
  const changes = { ...(date !== undefined && { day: date }), ...(text !== undefined && { note: text }) }
  await database.updateTable('annotations').set(changes).where('site_id', '=', site).where('id', '=', id).execute()
  const row = await database.selectFrom('annotations').selectAll().where('site_id', '=', site).where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('not_found', `The site has no annotation ${id}.`)
  return toAnnotation(row)
}

/** Deletes a note; false where the site has none with this id. */
export async function deleteAnnotation(database: Kysely<Database>, site: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('annotations').where('site_id', '=', site).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}
