import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Kysely } from 'kysely'
import { freshMysqlDatabase, startPrivateMariaDb } from '../../test/servers/mysql.ts'
import { StartError } from '../errors.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openDatabase, openMetadata } from './open.ts'
import type { Database } from './schema.ts'

const refused: [string, (directory: string) => string, RegExp][] = [
  ['another kind of database', () => 'postgres://root:secret@host/db', /^DATABASE_URL must be mysql:.* or sqlite:PATH, not postgres:…/],
  ['MySQL without a database', () => 'mysql://root:secret@host/', /^DATABASE_URL must be like mysql:[^ ]*, not mysql:…\.$/],
  [
    'an option that nobody knows',
    () => 'mysql://root:secret@host/db?tls=1',
    /^DATABASE_URL takes \?ssl=true and \?ssl-ca=FILE, not \?tls\.$/,
  ],
  ['an authority that is not there', () => 'mysql://root@host/db?ssl-ca=/none.pem', /ssl-ca=\/none\.pem, which cannot be read \(ENOENT\)/],
  [
    'a server that is not there',
    () => 'mysql://root:secret@127.0.0.1:1/db',
    /^The database db on 127\.0\.0\.1:1 cannot be opened: .*ECONNREFUSED/,
  ],
  [
    'a file that is no database',
    (directory) => {
      writeFileSync(join(directory, 'x'), 'not a database, whatever its name '.repeat(50))
      return `sqlite:${join(directory, 'x')}`
    },
    /cannot be opened: file is not a database/,
  ],
  [
    'a folder that cannot be made',
    (directory) => {
      writeFileSync(join(directory, 'x'), 'a file')
      return `sqlite:${join(directory, 'x', 'y')}`
    },
    /cannot be opened/,
  ],
]
for (const [name, make, message] of refused) {
  test(`${name} is refused in words, without the password`, async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'footfall-database-'))
    t.after(() => rmSync(dataDir, { recursive: true, force: true }))
    await assert.rejects(openDatabase({ databaseUrl: make(dataDir), dataDir }), (error) => {
      assert.ok(error instanceof StartError)
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /secret/)
      return true
    })
  })
}

test('a migration of SQLite that fails leaves nothing behind', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'footfall-database-'))
  const { database, instance } = await openMetadata({ databaseUrl: null, dataDir })
  t.after(async () => {
    await database.destroy()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const broken = {
    ...migrations,
    '999-broken': {
      async up(db: Kysely<Database>) {
        await db.schema.createTable('half').addColumn('a', 'integer').execute()
        throw new Error('power cut')
      },
    },
  }
  await assert.rejects(migrate(database, instance, broken), /power cut/)
  const tables = await database.introspection.getTables()
  assert.equal(
    tables.some((table) => table.name === 'half'),
    false,
  )
})

test("a server's own settings do not change what a statement means", async (t) => {
  const server = await startPrivateMariaDb(
    '--sql-mode=NO_BACKSLASH_ESCAPES',
    '--collation-server=latin1_swedish_ci',
    '--character-set-server=latin1',
  )
  const fresh = await freshMysqlDatabase(server.url)
  const database = await openDatabase({ databaseUrl: fresh.url, dataDir: '.' })
  t.after(async () => {
    await database.destroy()
    await fresh.stop()
    await server.stop()
  })
  await migrate(database, null)
  const long = { name: 'x'.repeat(101), value: '' }
  await assert.rejects(database.insertInto('settings').values(long).execute(), /Data too long/)
  const quoted = { name: `\\' or 1=1 -- `, value: '\\' }
  await database.insertInto('settings').values(quoted).execute()
  assert.deepEqual(await database.selectFrom('settings').selectAll().where('name', '=', quoted.name).execute(), [quoted])
})
