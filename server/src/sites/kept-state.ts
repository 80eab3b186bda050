import type { Keeping } from '@footfall/contract/keeping.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'

/** What is known of the nightly erasures of a site. */
export interface KeptState {
  /** Unix second from which on the next one may begin. */
  due: number
  last: Keeping['last_run']
}

const nameOf = (site: number) => `keep:${site}`

export async function readKept(database: Kysely<Database>, site: number): Promise<KeptState | null> {
  const row = await database.selectFrom('settings').select('value').where('name', '=', nameOf(site)).executeTakeFirst()
  return row ? (JSON.parse(row.value) as KeptState) : null
}

export async function writeKept(database: Kysely<Database>, site: number, state: KeptState): Promise<void> {
  await database.transaction().execute(async (trx) => {
    await forgetKept(trx, site)
    await trx
      .insertInto('settings')
      .values({ name: nameOf(site), value: JSON.stringify(state) })
      .execute()
  })
}

/** With the site; to be called in the transaction that deletes it. */
export async function forgetKept(database: Kysely<Database>, site: number): Promise<void> {
  await database.deleteFrom('settings').where('name', '=', nameOf(site)).execute()
}
