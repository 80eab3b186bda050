import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { isDuplicate } from './duplicate.ts'
import type { Database } from './schema.ts'

/** 32 random bytes of this installation, made on first use and the same for ever and for every process. */
export async function secret(database: Kysely<Database>, name: string): Promise<Buffer> {
  const read = () => database.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
  const found = await read()
  if (found) return Buffer.from(found.value, 'hex')
  try {
    await database
      .insertInto('settings')
      .values({ name, value: randomBytes(32).toString('hex') })
      .execute()
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return Buffer.from((await read())!.value, 'hex')
}
