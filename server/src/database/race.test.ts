import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { openMetadata } from './open.ts'
import { onEveryDatabase } from './testing.ts'

const PROCESSES = 4

/** Runs a program, given the address of the database as `place`, in several processes at once; answers their exit codes. */
async function race(place: unknown, program: string): Promise<unknown[]> {
  const source = `
    const { openMetadata } = await import(${JSON.stringify(import.meta.resolve('./open.ts'))})
    const { isDuplicate } = await import(${JSON.stringify(import.meta.resolve('./duplicate.ts'))})
    const { database } = await openMetadata(${JSON.stringify(place)})
    ${program}
    await database.destroy()`
  const children = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'ignore', 'inherit'] }),
  )
  return Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as unknown))
}

const ALL_WELL = Array.from({ length: PROCESSES }, () => 0)

onEveryDatabase((kind) => {
  test('four processes open one fresh place and count at once: every row is there, every count is right', async (t) => {
    const where = await kind.place(t)
    const codes = await race(
      where,
      `for (let i = 0; i < 100; i++) {
        const row = { site: i % 3, day: '2026-01-' + (i % 7), reason: 'bot' }
        const add = async () => {
          const { numUpdatedRows } = await database.updateTable('drops').set((column) => ({ events: column('events', '+', 1) }))
            .where('site', '=', row.site).where('day', '=', row.day).executeTakeFirst()
          return numUpdatedRows > 0n
        }
        if (await add()) continue
        try {
          await database.insertInto('drops').values({ ...row, events: 1 }).execute()
        } catch (error) {
          if (!isDuplicate(error)) throw error
          await add()
        }
      }`,
    )
    assert.deepEqual(codes, ALL_WELL)
    const { database } = await openMetadata(where)
    t.after(() => database.destroy())
    const { total } = await database
      .selectFrom('drops')
      .select((column) => column.fn.sum<number>('events').as('total'))
      .executeTakeFirstOrThrow()
    assert.equal(total, PROCESSES * 100)
  })

  // MySQL takes the lock with the row that is read for it; there, what is read before is written by one statement.
  if (kind.name === 'SQLite') {
    test('four processes read and then write in a transaction: none is refused, none overwrites another', async (t) => {
      const where = await kind.place(t)
      const codes = await race(
        where,
        `for (let i = 0; i < 50; i++) {
          await database.transaction().execute(async (trx) => {
            const row = await trx.selectFrom('settings').select('value').where('name', '=', 'n').executeTakeFirst()
            if (row) await trx.updateTable('settings').set({ value: String(Number(row.value) + 1) }).where('name', '=', 'n').execute()
            else await trx.insertInto('settings').values({ name: 'n', value: '1' }).execute()
          })
        }`,
      )
      assert.deepEqual(codes, ALL_WELL)
      const { database } = await openMetadata(where)
      t.after(() => database.destroy())
      const rows = await database.selectFrom('settings').select('value').where('name', '=', 'n').execute()
      assert.deepEqual(rows, [{ value: '200' }])
    })
  }
})
