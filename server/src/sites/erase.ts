import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Log } from '../lib/app.ts'
import type { Clock } from '../seams.ts'
import type { Engine } from '../storage/engine.ts'
import { forgetKept } from './kept-state.ts'

export interface EraseParts {
  database: Kysely<Database>
  engine: Pick<Engine, 'forget'>
  clock: Clock
  log: Log
}

/** By then the journal has handed over what it held for the site when that was deleted. */
const AGAIN_AFTER_SECONDS = 600
const PREFIX = 'erase:'

/**
 * Deletes a site with all that hangs on it. Events accepted just before are still on their way to the store, and the store
 * may be down: the erasure is written down with the deletion, and `finishErasures` does it again later. What comes out of a journal
 * later still is left out by the writer, which asks `isErased`.
 * Ids are not given out twice, so nothing can show up in another site meanwhile.
 */
export async function eraseSite({ database, engine, clock, log }: EraseParts, site: number): Promise<void> {
  await database.transaction().execute(async (trx) => {
    await trx.deleteFrom('sites').where('id', '=', site).execute()
    await trx.deleteFrom('salts').where('site', '=', site).execute()
    await trx.deleteFrom('drops').where('site', '=', site).execute()
    await trx.deleteFrom('traits').where('site', '=', site).execute()
    await forgetKept(trx, site)
    await trx
      .insertInto('settings')
      .values({ name: `${PREFIX}${site}`, value: String(Math.floor(clock() / 1000)) })
      .execute()
  })
  try {
    await engine.forget(site)
  } catch (error) {
    log.warn({ err: error, site }, 'the events of a deleted site could not be erased yet; it will be tried again')
  }
}

/** Whether there is no such site any more. Asked of the database: one that was added a moment ago must not be taken for gone. */
export async function isErased(database: Kysely<Database>, site: number): Promise<boolean> {
  return (await database.selectFrom('sites').select('id').where('id', '=', site).executeTakeFirst()) === undefined
}

/** Erases once more what was deleted a while ago, and crosses it off. For jobs: every few minutes, and after start. */
export async function finishErasures({ database, engine, clock, log }: EraseParts): Promise<void> {
  const due = Math.floor(clock() / 1000) - AGAIN_AFTER_SECONDS
  const rows = await database.selectFrom('settings').selectAll().where('name', 'like', `${PREFIX}%`).execute()
  for (const { name, value } of rows) {
    if (Number(value) > due) continue
    const site = Number(name.slice(PREFIX.length))
    await engine.forget(site)
    await database.deleteFrom('traits').where('site', '=', site).execute()
    await database.deleteFrom('settings').where('name', '=', name).execute()
    log.info({ site }, 'erased what was left of a deleted site')
  }
}
