import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { StartError } from '../errors.ts'
import { isDuplicate } from './duplicate.ts'
import { executed, migrate, pending } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openDatabase, openMetadata, type Place } from './open.ts'

function place(t: TestContext): Place {
  const dataDir = mkdtempSync(join(tmpdir(), 'footfall-database-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  return { databaseUrl: null, dataDir }
}

async function openAndClose(where: Place) {
  const { database, ...migrated } = await openMetadata(where)
  await database.destroy()
  return migrated
}

test('a fresh place is migrated once and keeps its name', async (t) => {
  const where = place(t)
  const first = await openAndClose(where)
  assert.deepEqual(first.applied, Object.keys(migrations))
  const second = await openAndClose(where)
  assert.deepEqual(second, { instance: first.instance, applied: [] })
})

test('a later migration runs on an existing file and keeps its rows', async (t) => {
  const { database, instance } = await openMetadata(place(t))
  t.after(() => database.destroy())
  await database.insertInto('salts').values({ site: 1, day: '2026-01-01', salt: 'ab', created_at: 5 }).execute()
  const later = {
    ...migrations,
    '999-later': { up: (db: typeof database) => db.schema.createTable('later').addColumn('a', 'integer').execute() },
  }
  assert.deepEqual(await migrate(database, instance, later), { instance, applied: ['999-later'] })
  assert.deepEqual(await database.selectFrom('salts').selectAll().execute(), [{ site: 1, day: '2026-01-01', salt: 'ab', created_at: 5 }])
})

test('a migration that fails leaves nothing behind', async (t) => {
  const { database, instance } = await openMetadata(place(t))
  t.after(() => database.destroy())
  const broken = {
    ...migrations,
    '999-broken': {
      async up(db: typeof database) {
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

test('a newer schema is refused', async (t) => {
  const where = place(t)
  const { database, instance } = await openMetadata(where)
  await migrate(database, instance, { ...migrations, '999-later': { up: async () => {} } })
  await database.destroy()
  await assert.rejects(
    openAndClose(where),
    (error) => error instanceof StartError && /newer version of Footfall.*999-later/.test(error.message),
  )
})

test('an unexpectedly empty database is refused, and not made', async (t) => {
  const where = place(t)
  await openAndClose(where)
  rmSync(join(where.dataDir, 'footfall.sqlite'))
  await assert.rejects(openAndClose(where), (error) => error instanceof StartError && /is empty/.test(error.message))
  const database = await openDatabase(where)
  t.after(() => database.destroy())
  assert.deepEqual(await executed(database), [])
  assert.deepEqual(await pending(database), Object.keys(migrations))
})

test('the database of another installation is refused', async (t) => {
  const mine = place(t)
  const other = place(t)
  await openAndClose(mine)
  await openAndClose(other)
  const mixed = { dataDir: mine.dataDir, databaseUrl: `sqlite:${join(other.dataDir, 'footfall.sqlite')}` }
  await assert.rejects(openAndClose(mixed), (error) => error instanceof StartError && /another installation/.test(error.message))
})

const refused: [string, (where: Place) => Place, RegExp][] = [
  ['MySQL', (where) => ({ ...where, databaseUrl: 'mysql://root:secret@host/db' }), /^DATABASE_URL must be sqlite:PATH, not mysql:…/],
  [
    'a file that is no database',
    (where) => {
      writeFileSync(join(where.dataDir, 'x'), 'not a database, whatever its name '.repeat(50))
      return { ...where, databaseUrl: `sqlite:${join(where.dataDir, 'x')}` }
    },
    /cannot be opened: file is not a database/,
  ],
  [
    'a folder that cannot be made',
    (where) => {
      writeFileSync(join(where.dataDir, 'x'), 'a file')
      return { ...where, databaseUrl: `sqlite:${join(where.dataDir, 'x', 'y')}` }
    },
    /cannot be opened/,
  ],
]
for (const [name, change, message] of refused) {
  test(`${name} is refused in words`, async (t) => {
    await assert.rejects(openDatabase(change(place(t))), (error) => error instanceof StartError && message.test(error.message))
  })
}

test('two rows with one key: the error is recognised, others are not', async (t) => {
  const { database } = await openMetadata(place(t))
  t.after(() => database.destroy())
  const salt = { site: 1, day: '2026-01-01', salt: 'ab', created_at: 5 }
  await database.insertInto('salts').values(salt).execute()
  await assert.rejects(database.insertInto('salts').values(salt).execute(), isDuplicate)
  const site = { domain: 'a.b', timezone: 'UTC', tracker: '{}', shields: '{}', created_at: 1 }
  await database.insertInto('sites').values(site).execute()
  await assert.rejects(database.insertInto('sites').values(site).execute(), isDuplicate)
  const orphan = database.insertInto('login_sessions').values({ token_hash: 'x', user_id: 77, created_at: 1, expires_at: 2 }).execute()
  await assert.rejects(orphan, (error) => !isDuplicate(error) && /FOREIGN KEY/.test((error as Error).message))
})

test('four processes open one fresh place and write at once: every row is there', async (t) => {
  const where = place(t)
  const source = `
    const { openMetadata } = await import(${JSON.stringify(import.meta.resolve('./open.ts'))})
    const { database } = await openMetadata(${JSON.stringify(where)})
    for (let i = 0; i < 50; i++) {
      await database.transaction().execute(async (trx) => {
        const row = await trx.selectFrom('settings').select('value').where('name', '=', 'n').executeTakeFirst()
        if (row) await trx.updateTable('settings').set({ value: String(Number(row.value) + 1) }).where('name', '=', 'n').execute()
        else await trx.insertInto('settings').values({ name: 'n', value: '1' }).execute()
      })
    }
    await database.destroy()`
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'ignore', 'inherit'] }),
  )
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number))
  assert.deepEqual(codes, [0, 0, 0, 0])
  const { database } = await openMetadata(where)
  t.after(() => database.destroy())
  assert.deepEqual(await database.selectFrom('settings').select('value').where('name', '=', 'n').execute(), [{ value: '200' }])
})
