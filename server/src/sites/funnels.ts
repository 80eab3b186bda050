import { FUNNEL_WINDOW, type Funnel, type FunnelPatch, type NewFunnel } from '@footfall/contract/funnels.ts'
import type { Kysely } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError, invalid } from '../errors.ts'
import type { Clock } from '../seams.ts'
import { listGoals } from './goals.ts'
import { storedName } from './name.ts'

const FUNNELS_MAX = 200

const idsOf = (steps: string) => JSON.parse(steps) as number[]

/** Funnels of a site, oldest first. Steps are stored as ids of goals, so that a goal may be renamed. */
export async function listFunnels(database: Kysely<Database>, site: number): Promise<Funnel[]> {
  const rows = await database.selectFrom('funnels').selectAll().where('site_id', '=', site).orderBy('id').limit(FUNNELS_MAX).execute()
  if (rows.length === 0) return []
  const names = new Map((await listGoals(database, site)).map((goal) => [goal.id, goal.display_name]))
  return rows.map(({ id, name, steps, window_seconds }) => ({
    id,
    name,
    // Goals of a funnel cannot be deleted; but two requests may do both at once.
    steps: idsOf(steps).map((goal) => names.get(goal) ?? `(deleted goal ${goal})`),
    window_seconds,
  }))
}

/** Ids of the goals with these display names. @throws AppError `invalid_request` where the site has no such goal */
async function goalsOf(database: Kysely<Database>, site: number, steps: string[]): Promise<number[]> {
  const goals = new Map((await listGoals(database, site)).map((goal) => [goal.display_name, goal.id]))
  return steps.map((step) => {
    const id = goals.get(step)
    if (id === undefined) throw invalid({ steps: [`must be display names of goals; the site has no goal ${JSON.stringify(step)}`] })
    return id
  })
}

const taken = (error: unknown, name: string): never => {
  if (!isDuplicate(error)) throw error
  throw new AppError('conflict', `Another funnel of the site is called ${JSON.stringify(name)}.`)
}

/**
 * Keeps a funnel.
 *
 * @throws AppError `invalid_request` where a step is no goal of the site; `conflict` where the name is taken or there are too many
 */
export async function addFunnel(
  { database, clock }: { database: Kysely<Database>; clock: Clock },
  site: number,
  { name: given, steps, window_seconds = FUNNEL_WINDOW.usual }: NewFunnel,
): Promise<Funnel> {
  const name = storedName(given, 'name')
  const ids = await goalsOf(database, site, steps)
  if ((await listFunnels(database, site)).length >= FUNNELS_MAX)
    throw new AppError('conflict', `The site has ${FUNNELS_MAX} funnels, which is as many as it can have.`)
  const row = { site_id: site, name, steps: JSON.stringify(ids), window_seconds, created_at: Math.floor(clock() / 1000) }
  const { insertId } = await database
    .insertInto('funnels')
    .values(row)
    .executeTakeFirstOrThrow()
    .catch((error) => taken(error, name))
  return { id: Number(insertId), name, steps, window_seconds }
}

/**
 * Changes what the patch names.
 *
 * @throws AppError as `addFunnel`, and `not_found`
 */
export async function changeFunnel(database: Kysely<Database>, site: number, id: number, patch: FunnelPatch): Promise<Funnel> {
  const { steps, window_seconds } = patch
  const name = patch.name === undefined ? undefined : storedName(patch.name, 'name')
  const changes = {
    ...(name !== undefined && { name }),
    ...(steps !== undefined && { steps: JSON.stringify(await goalsOf(database, site, steps)) }),
    ...(window_seconds !== undefined && { window_seconds }),
  }
  await database
    .updateTable('funnels')
    .set(changes)
    .where('site_id', '=', site)
    .where('id', '=', id)
    .execute()
    .catch((error) => taken(error, name ?? ''))
  const funnel = (await listFunnels(database, site)).find((each) => each.id === id)
  if (!funnel) throw new AppError('not_found', `The site has no funnel ${id}.`)
  return funnel
}

/** Deletes a funnel; false where the site has none with this id. */
export async function deleteFunnel(database: Kysely<Database>, site: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('funnels').where('site_id', '=', site).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** A funnel without one of its goals would be another funnel. @throws AppError conflict */
export async function refuseIfStep(database: Kysely<Database>, site: number, goal: number): Promise<void> {
  const rows = await database.selectFrom('funnels').select(['name', 'steps']).where('site_id', '=', site).execute()
  const user = rows.find(({ steps }) => idsOf(steps).includes(goal))
  if (user) throw new AppError('conflict', `The goal is a step of the funnel ${JSON.stringify(user.name)}; delete that first.`)
}
