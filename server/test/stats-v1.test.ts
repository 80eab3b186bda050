import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

onEveryEngine('Stats API v1', (engine) => {
  const w = world(engine)
  const get = (endpoint: string, params: Record<string, string>) =>
    w.api('GET', `/api/v1/stats/${endpoint}?${new URLSearchParams(params).toString()}`)

  /** Two visits yesterday, three today. */
  async function visited() {
    const site = await w.site()
    w.now = Date.parse('2026-06-16T10:00:00Z')
    await site.play(visitor('old').views('/'), visitor('older').views('/docs'))
    w.now = Date.parse('2026-06-17T10:00:00Z')
    await site.play(
      visitor('anna').views('/', { query: '?utm_source=news' }).after('1m').views('/blog/a').does('Signup'),
      visitor('ben').views('/blog/b', { referrer: 'https://www.google.com/' }),
      visitor('cleo').views('/'),
    )
    await w.running().flush()
    await w.api('PUT', '/api/v1/sites/goals', { site_id: site.domain, goal_type: 'event', event_name: 'Signup' })
    return { site_id: site.domain }
  }

  it('aggregate: numbers, and how they changed', async () => {
    const site = await visited()
    const metrics = 'visitors,pageviews,bounce_rate,visit_duration'
    assert.deepEqual(await get('aggregate', { ...site, period: 'day', metrics }), {
      status: 200,
      body: { results: { visitors: { value: 3 }, pageviews: { value: 4 }, bounce_rate: { value: 67 }, visit_duration: { value: 20 } } },
    })
    assert.deepEqual(await get('aggregate', { ...site, period: 'day', metrics, compare: 'previous_period' }), {
      status: 200,
      body: {
        results: {
          visitors: { value: 3, change: 50 },
          pageviews: { value: 4, change: 100 },
          bounce_rate: { value: 67, change: -33 },
          visit_duration: { value: 20, change: 100 },
        },
      },
    })
    const filtered = { ...site, period: '7d', metrics: 'visitors', filters: 'event:page==/blog*;visit:source!=Google' }
    assert.deepEqual((await get('aggregate', filtered)).body, { results: { visitors: { value: 1 } } })
    const goal = { ...site, period: 'day', metrics: 'conversion_rate,events', filters: 'event:goal==Signup' }
    assert.deepEqual((await get('aggregate', goal)).body, { results: { conversion_rate: { value: 33.33 }, events: { value: 1 } } })
  })

  it('timeseries: a row for every day, also where nothing was', async () => {
    const site = await visited()
    const asked = { ...site, period: 'custom', date: '2026-06-15,2026-06-17', metrics: 'visitors,views_per_visit,visit_duration' }
    assert.deepEqual(await get('timeseries', asked), {
      status: 200,
      body: {
        results: [
          { date: '2026-06-15', visitors: 0, views_per_visit: 0, visit_duration: null },
          { date: '2026-06-16', visitors: 2, views_per_visit: 1, visit_duration: 0 },
          { date: '2026-06-17', visitors: 3, views_per_visit: 1.33, visit_duration: 20 },
        ],
      },
    })
    const rows = async (params: Record<string, string>) =>
      ((await get('timeseries', { ...site, ...params })).body as { results: Record<string, unknown>[] }).results
    assert.deepEqual((await rows({ period: '6mo' })).at(-1), { date: '2026-06-01', visitors: 5 })
    assert.equal((await rows({ period: '6mo' })).length, 6)
    assert.equal((await rows({})).length, 31)
    assert.deepEqual((await rows({ period: 'day' }))[10], { date: '2026-06-17 10:00:00', visitors: 3 })
    const converted = await rows({ period: '7d', metrics: 'conversion_rate', filters: 'event:goal==Signup' })
    assert.deepEqual(converted.at(-1), { date: '2026-06-17', conversion_rate: 33.33 })
  })

  it('breakdown: by a property under its own name, in pages', async () => {
    const site = await visited()
    const rows = async (params: Record<string, string>) => {
      const { status, body } = await get('breakdown', { ...site, period: 'day', ...params })
      assert.equal(status, 200, JSON.stringify(body))
      return (body as { results: unknown[] }).results
    }
    assert.deepEqual(await rows({ property: 'event:page', metrics: 'visitors,pageviews' }), [
      { page: '/', visitors: 2, pageviews: 2 },
      { page: '/blog/a', visitors: 1, pageviews: 1 },
      { page: '/blog/b', visitors: 1, pageviews: 1 },
    ])
    assert.deepEqual(await rows({ property: 'event:page', limit: '1', page: '2' }), [{ page: '/blog/a', visitors: 1 }])
    // Who came without a campaign is not listed, who came directly is.
    assert.deepEqual(await rows({ property: 'visit:utm_source' }), [{ utm_source: 'news', visitors: 1 }])
    assert.equal((await rows({ property: 'visit:source' })).length, 3)
    assert.deepEqual(await rows({ property: 'event:goal', metrics: 'visitors,events,conversion_rate' }), [
      { goal: 'Signup', visitors: 1, events: 1, conversion_rate: 33.33 },
    ])
    assert.deepEqual(await rows({ property: 'visit:utm_source', metrics: 'conversion_rate', filters: 'event:goal==Signup' }), [
      { utm_source: 'news', conversion_rate: 100 },
    ])
  })

  describe('refuses in words', () => {
    const wrong: [string, Record<string, string>, number, RegExp][] = [
      ['aggregate', { metrics: 'sales' }, 400, /no metric "sales"/],
      ['aggregate', { compare: 'next_period' }, 400, /compare must be one of/],
      ['aggregate', { filters: 'event:goal==Nothing' }, 400, /no goal "Nothing"/],
      ['aggregate', { site_id: 'nowhere.example' }, 404, /no site/],
      ['timeseries', { period: 'century' }, 400, /period must be one of day/],
      ['timeseries', { interval: 'second' }, 400, /interval must be one of/],
      ['breakdown', {}, 400, /property must name/],
      ['breakdown', { property: 'event:page', limit: '1001' }, 400, /limit must be/],
    ]
    for (const [endpoint, params, expected, sentence] of wrong) {
      it(`${endpoint} ${JSON.stringify(params)}`, async () => {
        const { domain } = await w.site()
        const { status, body } = await get(endpoint, { site_id: domain, ...params })
        assert.deepEqual([status, sentence.test((body as { error: string }).error)], [expected, true], JSON.stringify(body))
      })
    }
  })
})
