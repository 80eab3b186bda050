import { createHash } from 'node:crypto'
import type { Goal, NewGoal } from '@footfall/contract/sites.ts'
import type { Kysely, Selectable } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError, invalid } from '../errors.ts'
import { storedName } from './name.ts'

/** More would make the question "which goals does this event reach" slow; Plausible's largest sites have dozens. */
const GOALS_MAX = 500
const PROPS_MAX = 10

/** A stored goal as the API shows it. */
export function toGoal(row: Selectable<Database['goals']>): Goal {
  return {
    id: row.id,
    goal_type: row.goal_type,
    ...(row.event_name !== null && { event_name: row.event_name }),
    ...(row.page_path !== null && { page_path: row.page_path }),
    ...(row.scroll_threshold !== null && { scroll_threshold: row.scroll_threshold }),
    ...(row.currency !== null && { currency: row.currency }),
    display_name: row.display_name,
    ...(row.custom_props !== null && { custom_props: JSON.parse(row.custom_props) as Record<string, string> }),
  }
}

/** Goals of a site, oldest first. */
export async function listGoals(database: Kysely<Database>, site: number): Promise<Goal[]> {
  const rows = await database.selectFrom('goals').selectAll().where('site_id', '=', site).orderBy('id').limit(GOALS_MAX).execute()
  return rows.map(toGoal)
}

/**
 * The goal of the site that matches the same, made if there is none. Two who ask at once get the same one.
 *
 * @throws AppError `invalid_request` by field; `conflict` where another goal has the name, or the site has too many
 */
export async function findOrCreateGoal(database: Kysely<Database>, site: number, given: Omit<NewGoal, 'site_id'>): Promise<Goal> {
  check(given)
  const row = {
    site_id: site,
    goal_type: given.goal_type,
    event_name: given.event_name ?? null,
    page_path: given.page_path ?? null,
    scroll_threshold: given.scroll_threshold ?? null,
    currency: given.currency ?? null,
    display_name: storedName(given.display_name ?? defaultName(given), 'display_name'),
    custom_props: given.custom_props ? JSON.stringify(given.custom_props) : null,
    definition_hash: definitionHash(given),
  }
  const find = () =>
    database
      .selectFrom('goals')
      .selectAll()
      .where('site_id', '=', site)
      .where('definition_hash', '=', row.definition_hash)
      .executeTakeFirst()
  const found = await find()
  if (found) return toGoal(found)
  const { goals } = await database
    .selectFrom('goals')
    .select((select) => select.fn.countAll<number>().as('goals'))
    .where('site_id', '=', site)
    .executeTakeFirstOrThrow()
  if (goals >= GOALS_MAX) throw new AppError('conflict', `The site has ${GOALS_MAX} goals, which is as many as it can have.`)
  try {
    const { insertId } = await database.insertInto('goals').values(row).executeTakeFirstOrThrow()
    return toGoal({ ...row, id: Number(insertId) })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const other = await find()
    if (other) return toGoal(other)
    throw new AppError('conflict', `Another goal of the site is called ${JSON.stringify(row.display_name)}.`)
  }
}

/** Deletes a goal of a site; false where it has none with this id. */
export async function deleteGoal(database: Kysely<Database>, site: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('goals').where('site_id', '=', site).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Rules that depend on the combination of fields. */
function check(goal: Omit<NewGoal, 'site_id'>): void {
  const errors: Record<string, string[]> = {}
  const expect = (holds: boolean, field: string, what: string) => {
    if (!holds) (errors[field] ??= []).push(what)
  }
  const ofEvent = goal.goal_type === 'event'
  expect(!ofEvent || goal.event_name !== undefined, 'event_name', 'is required for a goal of type event')
  expect(ofEvent || goal.page_path !== undefined, 'page_path', 'is required for a goal of type page')
  expect(ofEvent || goal.event_name === undefined, 'event_name', 'has no place in a goal of type page')
  expect(!ofEvent || goal.page_path === undefined, 'page_path', 'has no place in a goal of type event')
  expect(goal.page_path === undefined || /^[/*]/.test(goal.page_path), 'page_path', 'must begin with / or *')
  expect(goal.scroll_threshold === undefined || !ofEvent, 'scroll_threshold', 'needs a goal of type page')
  expect(goal.currency === undefined || ofEvent, 'currency', 'needs a goal of type event')
  const props = Object.entries(goal.custom_props ?? {})
  expect(props.length <= PROPS_MAX, 'custom_props', `may have ${PROPS_MAX} entries at most`)
  const short = props.every(([name, value]) => name.length > 0 && name.length <= 300 && value.length <= 2000)
  expect(short, 'custom_props', 'must have names of 1 to 300 and values of at most 2000 characters')
  if (Object.keys(errors).length > 0) throw invalid(errors)
}

function defaultName(goal: Omit<NewGoal, 'site_id'>): string {
  const name =
    goal.event_name ??
    (goal.scroll_threshold === undefined ? `Visit ${goal.page_path}` : `Scroll ${goal.scroll_threshold}% on ${goal.page_path}`)
  return name.slice(0, 255)
}

/** What a goal matches, as one short text: the same whatever the order of its properties, and whatever it is called. */
function definitionHash(goal: Omit<NewGoal, 'site_id'>): string {
  const props = Object.entries(goal.custom_props ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const what = [goal.goal_type, goal.event_name ?? null, goal.page_path ?? null, goal.scroll_threshold ?? null, props]
  return createHash('sha256').update(JSON.stringify(what)).digest('hex')
}
