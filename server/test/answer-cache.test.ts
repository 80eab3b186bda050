import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueryResult } from '@footfall/contract/query.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { type TestSite, world } from './world.ts'

const JUNE = ['2026-06-01', '2026-06-30']
const MARCH = ['2026-03-01', '2026-03-31']

onEveryEngine('answers that are kept', (engine) => {
  const w = world(engine)

  /** The rows of an answer, and whether it came from the cache. */
  async function ask(site: TestSite, question: Record<string, unknown> = {}) {
    await w.running().flush()
    const response = await w.running().app.inject({
      method: 'POST',
      url: '/api/v2/query',
      headers: { authorization: `Bearer ${await w.running().createKey('reader', ['stats'])}` },
      payload: { site_id: site.domain, metrics: ['visitors'], date_range: JUNE, ...question },
    })
    assert.equal(response.statusCode, 200, response.body)
    const rows = response.json<QueryResult>().results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])
    return [response.headers['x-footfall-cache'], ...rows]
  }

  test('the same question again is answered from the cache, until the next event of the site', async () => {
    const [site, other] = [await w.site(), await w.site()]
    await site.play(visitor('a').views('/'))
    assert.deepEqual(await ask(site), ['miss', [1]])
    assert.deepEqual(await ask(site), ['hit', [1]])
    await other.play(visitor('b').views('/'))
    assert.deepEqual(await ask(site), ['hit', [1]])
    await site.play(visitor('b').views('/'))
    assert.deepEqual(await ask(site), ['miss', [2]])
  })

  test('an import into a month long gone is seen at once', async () => {
    const site = await w.site()
    await site.import([{ timestamp: '2026-03-03T08:00:00Z', visitor: 'x', pathname: '/' }])
    assert.deepEqual(await ask(site, { date_range: MARCH }), ['miss', [1]])
    await site.play(visitor('a').views('/'))
    assert.deepEqual(await ask(site, { date_range: MARCH }), ['hit', [1]], 'visits of today change nothing in March')
    await site.import([{ timestamp: '2026-03-31T23:59:59Z', visitor: 'y', pathname: '/' }])
    assert.deepEqual(await ask(site, { date_range: MARCH }), ['miss', [2]])
  })

  test('a visit of March that grows in April changes March', async () => {
    const site = await w.site()
    const question = { date_range: MARCH, metrics: ['bounce_rate'] }
    await site.import([{ timestamp: '2026-03-31T23:50:00Z', visitor: 'x', pathname: '/' }])
    assert.deepEqual(await ask(site, question), ['miss', [100]])
    await site.import([{ timestamp: '2026-04-01T00:10:00Z', visitor: 'x', pathname: '/two' }])
    assert.deepEqual(await ask(site, question), ['miss', [0]])
  })

  test('an event that arrives after two days is in yesterday’s number', async () => {
    const site = await w.site()
    await site.play(visitor('a').views('/'))
    const day = ['2026-06-17', '2026-06-17']
    const began = w.now
    w.now += 47 * 3_600_000
    assert.deepEqual(await ask(site, { date_range: day }), ['miss', [1]])
    assert.deepEqual(await ask(site, { date_range: day }), ['hit', [1]])
    await site.play(visitor('late').views('/', { t: began, s: w.now }))
    assert.deepEqual(await ask(site, { date_range: day }), ['miss', [2]])
  })

  test('goals and the time zone are part of the question', async () => {
    const site = await w.site()
    await site.import([
      { timestamp: '2026-06-16T23:30:00Z', visitor: 'x', pathname: '/thanks' },
      { timestamp: '2026-06-16T23:30:00Z', visitor: 'y', pathname: '/' },
    ])
    const goals = { metrics: ['visitors'], dimensions: ['event:goal'] }
    assert.deepEqual(await ask(site, goals), ['miss'])
    await w.api('PUT', '/api/v1/sites/goals', { site_id: site.domain, goal_type: 'page', page_path: '/thanks' })
    w.now += 2000
    assert.deepEqual(await ask(site, goals), ['miss', ['Visit /thanks', 1]])

    const day = { date_range: ['2026-06-17', '2026-06-17'] }
    assert.deepEqual(await ask(site, day), ['miss', [0]])
    await w.api('PUT', `/api/v1/sites/${site.domain}`, { timezone: 'Europe/Berlin' })
    w.now += 2000
    assert.deepEqual(await ask(site, day), ['miss', [2]])
  })

  test('the last minutes are never kept', async () => {
    const site = await w.site()
    await site.play(visitor('a').views('/'))
    await w.running().flush()
    const url = `/api/v1/stats/realtime/visitors?site_id=${site.domain}`
    assert.equal((await w.api('GET', url)).body, 1)
    w.now += 400_000
    assert.equal((await w.api('GET', url)).body, 0)
  })
})
