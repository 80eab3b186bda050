import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { sql, type Kysely } from 'kysely'
import { StartError } from '../errors.ts'
import { isDuplicate } from './duplicate.ts'
import { executed, migrate, pending } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openDatabase, openMetadata, type Place } from './open.ts'
import type { Database } from './schema.ts'
import { onEveryDatabase } from './testing.ts'

async function openAndClose(where: Place) {
  const { database, ...migrated } = await openMetadata(where)
  await database.destroy()
  return migrated
}

/** Loses everything, as when a disk is not mounted. */
async function empty(where: Place) {
  if (where.databaseUrl === null) return rmSync(join(where.dataDir, 'footfall.sqlite'))
  const database = await openDatabase(where)
  const name = sql.id(new URL(where.databaseUrl).pathname.slice(1))
  await sql`drop database ${name}`.execute(database)
  await sql`create database ${name}`.execute(database)
  await database.destroy()
}

async function opened(t: TestContext, where: Place) {
  const all = await openMetadata(where)
  t.after(() => all.database.destroy())
  return all
}

const SALT = { site: 1, day: '2026-01-01', salt: 'ab', created_at: 5 }

onEveryDatabase((kind) => {
  test('a fresh place is migrated once and keeps its name', async (t) => {
    const where = await kind.place(t)
    const first = await openAndClose(where)
    assert.deepEqual(first.applied, Object.keys(migrations))
    const second = await openAndClose(where)
    assert.deepEqual(second, { instance: first.instance, applied: [] })
  })

  test('a later migration runs on an existing database and keeps its rows', async (t) => {
    const { database, instance } = await opened(t, await kind.place(t))
    await database.insertInto('salts').values(SALT).execute()
    const later = {
      ...migrations,
      '999-later': { up: (db: Kysely<Database>) => db.schema.createTable('later').addColumn('a', 'integer').execute() },
    }
    assert.deepEqual(await migrate(database, instance, later), { instance, applied: ['999-later'] })
    assert.deepEqual(await database.selectFrom('salts').selectAll().execute(), [SALT])
  })

  test('every migration can run again after it was cut short at its end', async (t) => {
    const where = await kind.place(t)
    const { database, instance } = await opened(t, where)
    await database.insertInto('salts').values(SALT).execute()
    await database.withTables<{ kysely_migration: { name: string } }>().deleteFrom('kysely_migration').execute()
    assert.deepEqual((await migrate(database, null)).applied, Object.keys(migrations))
    assert.deepEqual(await database.selectFrom('salts').selectAll().execute(), [SALT])
    assert.equal((await openAndClose(where)).instance, instance)
  })

  test('a newer schema is refused', async (t) => {
    const where = await kind.place(t)
    const { database, instance } = await openMetadata(where)
    await migrate(database, instance, { ...migrations, '999-later': { up: async () => {} } })
    await database.destroy()
    await assert.rejects(
      openAndClose(where),
      (error) => error instanceof StartError && /newer version of Footfall.*999-later/.test(error.message),
    )
  })

  test('an unexpectedly empty database is refused, and not made', async (t) => {
    const where = await kind.place(t)
    await openAndClose(where)
    await empty(where)
    await assert.rejects(openAndClose(where), (error) => error instanceof StartError && /is empty/.test(error.message))
    const database = await openDatabase(where)
    t.after(() => database.destroy())
    assert.deepEqual(await executed(database), [])
    assert.deepEqual(await pending(database), Object.keys(migrations))
  })

  test('the database of another installation is refused', async (t) => {
    const mine = await kind.place(t)
    const other = await kind.place(t)
    await openAndClose(mine)
    await openAndClose(other)
    const mixed = { dataDir: mine.dataDir, databaseUrl: other.databaseUrl ?? `sqlite:${join(other.dataDir, 'footfall.sqlite')}` }
    await assert.rejects(openAndClose(mixed), (error) => error instanceof StartError && /another installation/.test(error.message))
  })

  test('two rows with one key: the error is recognised, others are not', async (t) => {
    const { database } = await opened(t, await kind.place(t))
    await database.insertInto('salts').values(SALT).execute()
    await assert.rejects(database.insertInto('salts').values(SALT).execute(), isDuplicate)
    const site = { domain: 'a.b', timezone: 'UTC', tracker: '{}', shields: '{}', created_at: 1 }
    await database.insertInto('sites').values(site).execute()
    await assert.rejects(database.insertInto('sites').values(site).execute(), isDuplicate)
    const orphan = database.insertInto('login_sessions').values({ token_hash: 'x', user_id: 77, created_at: 1, expires_at: 2 }).execute()
    await assert.rejects(orphan, (error) => !isDuplicate(error) && /FOREIGN KEY/i.test((error as Error).message))
  })

  test('capitals and accents make two names, emoji are kept, and what hangs on a site goes with it', async (t) => {
    const { database } = await opened(t, await kind.place(t))
    const site = { domain: 'a.b', timezone: 'UTC', tracker: '{}', shields: '{}', created_at: 1 }
    const { insertId } = await database.insertInto('sites').values(site).executeTakeFirstOrThrow()
    const names = ['Signup', 'signup', 'sígnup', 'straße', 'strasse', 'a\u0308', 'ä', '👩‍👩‍👧', 'it\'s \\ "quoted"']
    const rows = names.map((name) => ({ site_id: Number(insertId), name, filters: '[]', created_at: 1 }))
    for (const row of rows) await database.insertInto('segments').values(row).execute()
    const read = await database.selectFrom('segments').select('name').orderBy('id').execute()
    assert.deepEqual(
      read.map((row) => row.name),
      names,
    )
    for (const name of names) {
      assert.deepEqual(await database.selectFrom('segments').select('name').where('name', '=', name).execute(), [{ name }])
    }
    await database.deleteFrom('sites').execute()
    assert.deepEqual(await database.selectFrom('segments').selectAll().execute(), [])
  })

  test('an id of a deleted site is not given out again, not even after a restart', async (t) => {
    const where = await kind.place(t)
    const site = { domain: 'a.b', timezone: 'UTC', tracker: '{}', shields: '{}', created_at: 1 }
    const add = async () => {
      const { database } = await openMetadata(where)
      const { insertId } = await database.insertInto('sites').values(site).executeTakeFirstOrThrow()
      await database.deleteFrom('sites').execute()
      await database.destroy()
      return Number(insertId)
    }
    assert.equal((await add()) < (await add()), true)
  })
})
