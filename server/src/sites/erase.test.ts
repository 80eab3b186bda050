import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { freshDatabase, onEveryDatabase } from '../database/testing.ts'
import { eraseSite, finishErasures, isErased } from './erase.ts'
import { findOrCreateGoal } from './goals.ts'
import { addSite } from './store.ts'

onEveryDatabase((kind) => {
  test('an erasure that the store refused is done later; one that it did is done once more', async (t) => {
    const database = await freshDatabase(t, kind)
    let now = Date.UTC(2026, 0, 1)
    let down = true
    const forgotten: number[] = []
    const engine = {
      async forget(site: number) {
        if (down) throw new Error('the store is down')
        forgotten.push(site)
      },
    }
    const parts = { database, engine, clock: () => now, log: pino({ level: 'silent' }) }
    const site = await addSite(parts, { domain: 'gone.example' })
    await findOrCreateGoal(database, site.id, { goal_type: 'event', event_name: 'x' })
    await database.insertInto('salts').values({ site: site.id, day: '2026-01-01', salt: 'ab', created_at: 1 }).execute()
    assert.equal(await isErased(database, site.id), false)
    await eraseSite(parts, site.id)
    assert.equal(await isErased(database, site.id), true)
    for (const table of ['sites', 'goals', 'salts'] as const)
      assert.deepEqual(await database.selectFrom(table).selectAll().execute(), [], table)

    now += 599_000
    down = false
    await finishErasures(parts)
    assert.deepEqual(forgotten, [])
    now += 1000
    await finishErasures(parts)
    await finishErasures(parts)
    assert.deepEqual(forgotten, [site.id])
    assert.notEqual((await addSite(parts, { domain: 'gone.example' })).id, site.id)
  })
})
