import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase, onEveryDatabase } from '../database/testing.ts'
import { createMetrics } from '../metrics.ts'
import { createDrops } from './drops.ts'
import { silent } from './testing.ts'

onEveryDatabase((kind) => {
  test('refusals of two processes add up by site, day and reason', async (t) => {
    const database = await freshDatabase(t, kind)
    const metrics = createMetrics()
    let now = Date.parse('2026-06-18T23:59:00Z')
    const make = () => createDrops({ database, clock: () => now, metrics, log: silent, timezone: async () => 'UTC', everyMs: 60_000 })
    const [one, two] = [make(), make()]
    one.count(1, 'bot')
    one.count(1, 'bot', 2)
    two.count(1, 'bot')
    two.count(0, 'not_found')
    await Promise.all([one.flush(), two.flush()])
    now += 120_000
    one.count(1, 'bot')
    await Promise.all([one.stop(), two.stop()])
    const rows = await database.selectFrom('drops').selectAll().orderBy('day').orderBy('site').execute()
    assert.deepEqual(rows, [
      { site: 0, day: '2026-06-18', reason: 'not_found', events: 1 },
      { site: 1, day: '2026-06-18', reason: 'bot', events: 4 },
      { site: 1, day: '2026-06-19', reason: 'bot', events: 1 },
    ])
    assert.match(await metrics.registry.metrics(), /footfall_events_dropped_total\{reason="bot"\} 5/)
  })

  test('what could not be written is written later', async (t) => {
    const database = await freshDatabase(t, kind)
    const drops = createDrops({
      database,
      clock: Date.now,
      metrics: createMetrics(),
      log: silent,
      timezone: async () => 'UTC',
      everyMs: 60_000,
    })
    await database.schema.alterTable('drops').renameTo('away').execute()
    drops.count(3, 'prefetch', 2)
    await drops.flush()
    await database.schema.alterTable('away').renameTo('drops').execute()
    drops.count(3, 'prefetch')
    await drops.stop()
    assert.deepEqual(await database.selectFrom('drops').select('events').execute(), [{ events: 3 }])
  })
})
