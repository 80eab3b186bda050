import type { Engine } from '../storage/engine.ts'
import type { EraseParts } from './erase.ts'

interface Parts extends Omit<EraseParts, 'engine'> {
  engine: Pick<Engine, 'forgetVisitor'>
}

export interface ForgetParts extends Parts {
  /** Drops what is known of a visitor and not written yet. */
  dropTraits: (site: number, visitor: string) => void
}

type Person = Parameters<Engine['forgetVisitor']>[0]

const AGAIN_AFTER_SECONDS = 600
const PREFIX = 'forget:'

/**
 * Erases an identified visitor: events, visits and traits up to now. Events accepted just before may still be on their way to the store,
 * and the store may be away: so the erasure is written down first, and `finishForgetting` does it again.
 * @throws what the store throws: somebody who asks to be forgotten is not told that it is done before it is
 */
export async function forgetVisitor(parts: ForgetParts, site: number, visitor: string): Promise<void> {
  const { database, clock } = parts
  const until = Math.floor(clock() / 1000)
  const name = `${PREFIX}${site}:${visitor}`
  await database.transaction().execute(async (trx) => {
    await trx.deleteFrom('settings').where('name', '=', name).execute()
    await trx
      .insertInto('settings')
      .values({ name, value: String(until) })
      .execute()
  })
  parts.dropTraits(site, visitor)
  await forget(parts, { site, visitor, until })
}

async function forget({ database, engine }: Pick<Parts, 'database' | 'engine'>, person: Person): Promise<void> {
  const { site, visitor, until } = person
  await database.deleteFrom('traits').where('site', '=', site).where('visitor', '=', visitor).where('changed_at', '<=', until).execute()
  await engine.forgetVisitor(person)
}

/** Erases once more what was asked for a while ago, and crosses it off. For jobs: every few minutes. */
export async function finishForgetting({ database, engine, clock, log }: Parts): Promise<void> {
  const due = Math.floor(clock() / 1000) - AGAIN_AFTER_SECONDS
  const rows = await database.selectFrom('settings').selectAll().where('name', 'like', `${PREFIX}%`).execute()
  for (const { name, value } of rows) {
    const until = Number(value)
    if (until > due) continue
    const [site = '', visitor = ''] = name.slice(PREFIX.length).split(':')
    await forget({ database, engine }, { site: Number(site), visitor, until })
    await database.deleteFrom('settings').where('name', '=', name).where('value', '=', value).execute()
    log.info({ site: Number(site) }, 'erased what was left of a visitor')
  }
}
