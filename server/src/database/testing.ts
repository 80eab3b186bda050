import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, type TestContext } from 'node:test'
import type { Kysely } from 'kysely'
import { freshMysqlDatabase, startMariaDb } from '../../test/servers/mysql.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Place } from './open.ts'
import type { Database } from './schema.ts'

type Cleanup = Pick<TestContext, 'after'>

/** A kind of database for metadata; tests of what is kept there run on each. */
export interface TestDatabase {
  name: 'SQLite' | 'MySQL'
  /** An empty database and an empty DATA_DIR, gone after the test. */
  place(t: Cleanup): Promise<Place>
}

/** Describes a suite once per kind of database. */
export function onEveryDatabase(suite: (kind: TestDatabase) => void): void {
  describe('on SQLite', () => suite({ name: 'SQLite', place: async (t) => ({ databaseUrl: null, dataDir: temporary(t) }) }))
  describe('on MySQL', () => {
    let server: ReturnType<typeof startMariaDb> | undefined
    after(async () => (await server)?.stop())
    suite({
      name: 'MySQL',
      async place(t) {
        server ??= startMariaDb()
        const database = await freshMysqlDatabase((await server).url)
        t.after(() => database.stop())
        return { databaseUrl: database.url, dataDir: temporary(t) }
      },
    })
  })
}

function temporary(t: Cleanup): string {
  const directory = mkdtempSync(join(tmpdir(), 'footfall-database-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** A migrated database that ends with the test; in memory unless a kind is given. */
export async function freshDatabase(t: Cleanup, kind?: TestDatabase): Promise<Kysely<Database>> {
  const database = await openDatabase(kind ? await kind.place(t) : { databaseUrl: 'sqlite::memory:', dataDir: '.' })
  t.after(() => database.destroy())
  await migrate(database, null)
  return database
}
