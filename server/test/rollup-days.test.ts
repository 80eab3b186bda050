import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { QueryResult } from '@footfall/contract/query.ts'
import { dayStart } from '../src/lib/zone.ts'
import { command, select } from '../src/storage/mysql/client.ts'
import { runQuestion } from '../src/storage/mysql/query.ts'
import { ROLLUP_TABLE_NAMES } from '../src/storage/mysql/rollup/keep.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import type { Source } from '../src/storage/question.ts'
import type { RollResult } from '../src/storage/rollups.ts'
import { createVisitMemory } from '../src/write/visit-memory.ts'
import { onEveryEngine } from './engines.ts'
import { type Journey, journey, questions, storeJourneys } from './rollup-journeys.ts'
import { world } from './world.ts'

let store: Awaited<ReturnType<typeof realMySqlEngine>>
let sites = 0
before(async () => {
  store = await realMySqlEngine()
})
after(() => store.close())

describe('sums of days', () => {
  const zone = 'Europe/Berlin'
  const first = Temporal.PlainDate.from('2026-06-01')
  const now = dayStart(first.add({ days: 3 }), zone) + 60
  const {
    roll: rollSites,
    check,
    state,
  } = {
    roll: (site: number, timezone = zone) => store.engine.rollups!.roll([{ id: site, timezone }], { now, wait: 10 }),
    check: (site: number) => store.engine.rollups!.check([{ id: site, timezone: zone }], {}),
    state: (at: number) => store.engine.rollups!.state(at),
  }
  const view = {
    wait: 0,
    event: { name: 'pageview', pathname: '/', title: 'a', hostname: 'example.com', engagement: 0, scroll: 0, interactive: true },
  }
  const plain = fc.sample(journey(false), { numRuns: 1, seed: 1 })[0]!.attributes
  const visit = (day: number, second: number, more: Partial<Journey> = {}): Journey => ({
    user: 1,
    lasting: false,
    day,
    second,
    steps: [view],
    attributes: plain,
    late: false,
    ...more,
  })
  const stored = async (...journeys: Journey[]) => {
    const site = ++sites
    await storeJourneys(store.engine, { site, zone, first }, journeys)
    return site
  }
  const sourceOfTotals = async (site: number, a: number, b: number, timezone = zone) => {
    const sources: Source[] = []
    await runQuestion(store.client, questions(site, timezone, first, a, b)[0]!, { note: (source) => void sources.push(source) })
    return sources[0]
  }

  it('are made of days that are over, and not twice', async () => {
    const site = await stored(visit(0, 60), visit(1, 60), visit(3, 60))
    assert.deepEqual(await rollSites(site), { rolled: 2, busy: 0 })
    assert.deepEqual(await rollSites(site), { rolled: 0, busy: 0 })
    assert.equal(await sourceOfTotals(site, 0, 2), 'rollups')
    assert.equal(await sourceOfTotals(site, 0, 3), 'mixed')
    assert.equal(await sourceOfTotals(site, 3, 3), 'raw')
    assert.deepEqual(await check(site), { days: 3, differences: [] })
  })

  it('are made again where the zone of the site is another one', async () => {
    const site = await stored(visit(0, 60), visit(1, 60))
    await rollSites(site)
    assert.equal(await sourceOfTotals(site, 0, 1, 'Asia/Kathmandu'), 'raw')
    await rollSites(site, 'Asia/Kathmandu')
    assert.equal(await sourceOfTotals(site, 0, 1, 'Asia/Kathmandu'), 'rollups')
    assert.equal(await sourceOfTotals(site, 0, 1), 'raw')
  })

  it('go with an erased site', async () => {
    const site = await stored(visit(0, 60))
    await rollSites(site)
    await store.engine.forget(site)
    for (const table of ROLLUP_TABLE_NAMES) {
      assert.deepEqual(await select(store.client.pool, `SELECT * FROM ${table} WHERE site = ?`, [site]), [], table)
    }
  })

  it('are never made of days of a visit that lasts for many', async () => {
    const long = Array.from({ length: 320 }, () => ({ ...view, wait: 1799 }))
    const site = await stored(visit(-4, 60, { steps: long }), visit(2, 80_000))
    await rollSites(site)
    assert.equal(await sourceOfTotals(site, 0, 1), 'raw')
  })

  it('that are wrong are found by the check', async () => {
    const site = await stored(visit(0, 60), visit(0, 86_000, { steps: [view, { ...view, wait: 1000 }] }))
    await rollSites(site)
    await command(
      store.client.pool,
      'UPDATE visit_rollups SET duration = duration + 1 WHERE site = ? AND dimension = 0 AND border = 0 AND day > 0',
      [site],
    )
    await command(store.client.pool, 'DELETE FROM event_rollups WHERE site = ? AND dimension = 4 AND border = 1', [site])
    const { differences } = await check(site)
    assert.deepEqual(
      differences.map(({ day, sum, value }) => [day, sum, value > 0]),
      [
        ['2026-06-01', 'visits by nothing', false],
        ['2026-06-02', 'visits by nothing', false],
        ['2026-06-02', 'events by event:page, shared with the day before', true],
      ],
    )
  })

  it('are right whatever is stored while they are made', async () => {
    const site = await stored(visit(0, 60), visit(1, 60))
    const memory = createVisitMemory(-Infinity)
    const written = new AbortController()
    const late = async () => {
      for (const [index, each] of fc.sample(journey(false), { numRuns: 40, seed: 2 }).entries()) {
        await storeJourneys(store.engine, { site, zone, first }, [{ ...each, day: each.day % 3 }], { batch: index + 2, memory })
      }
      written.abort()
    }
    const results: RollResult[] = []
    const rolling = async () => {
      while (!written.signal.aborted) results.push(await rollSites(site))
    }
    await Promise.all([late(), rolling()])
    assert.deepEqual((await check(site)).differences, [])
    assert.ok(
      results.some(({ rolled, busy }) => rolled + busy > 0),
      'nothing was summed up meanwhile',
    )
    await rollSites(site)
    assert.deepEqual(await check(site), { days: 3, differences: [] })
    for (const question of questions(site, zone, first, 0, 2)) {
      assert.deepEqual(await runQuestion(store.client, question), await runQuestion(store.client, question, { rows: true }))
    }
  })

  it('say what waits for them', async () => {
    await command(store.client.pool, 'DELETE FROM rollup_changes')
    const site = await stored(visit(0, 20_000), visit(0, 30_000), visit(2, 60))
    const { days, since } = await state(now)
    assert.equal(days, 1)
    assert.ok(Math.abs(since! - Date.now() / 1000) < 100)
    await rollSites(site)
    assert.deepEqual(await state(now), { days: 0, since: null })
  })
})

onEveryEngine('where an answer was read', (engine) => {
  const w = world(engine)
  it('is told where the question asks for it', async () => {
    const { domain } = await w.site()
    const ask = async (metrics: string[], include: Record<string, boolean>) => {
      const body = { site_id: domain, metrics, date_range: '7d', include }
      return ((await w.api('POST', '/api/v2/query', body)).body as QueryResult).meta
    }
    assert.deepEqual(await ask(['pageviews'], { read_from: true }), { read_from: 'raw' })
    assert.deepEqual(await ask(['visitors'], { read_from: true }), { read_from: engine.name === 'mysql' ? 'visits' : 'raw' })
    assert.deepEqual(await ask(['visitors'], {}), {})
  })
})
