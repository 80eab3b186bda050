import type { TestContext } from 'node:test'
import type { Kysely } from 'kysely'
import { migrate } from './migrate.ts'
import { openDatabase } from './open.ts'
import type { Database } from './schema.ts'

/** A migrated database in memory that ends with the test. */
export async function freshDatabase(t: Pick<TestContext, 'after'>): Promise<Kysely<Database>> {
  const database = await openDatabase({ databaseUrl: 'sqlite::memory:', dataDir: '.' })
  t.after(() => database.destroy())
  await migrate(database, null)
  return database
}
