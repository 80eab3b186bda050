import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ImportLine } from '@footfall/contract/import.ts'
import { VISIT_DIMENSIONS } from '@footfall/contract/names.ts'
import type { QueryBody } from '@footfall/contract/query.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { type TestSite, world } from './world.ts'

onEveryEngine('exports', (engine) => {
  const w = world(engine)

  async function get(url: string, headers: Record<string, string> = {}, payload?: object) {
    await w.running().flush()
    return w.running().app.inject({
      method: payload ? 'POST' : 'GET',
      url,
      headers: { authorization: `Bearer ${await w.running().createKey('export', ['stats'])}`, ...headers },
      ...(payload && { payload }),
    })
  }
  const exported = async (site: TestSite, query = '') => get(`/api/v1/sites/${site.domain}/export${query}`)
  const lines = (text: string) => text.split('\n').filter((line) => line !== '')

  /** Everything that can be asked: totals, and every dimension with its numbers. */
  const QUESTIONS: Partial<QueryBody>[] = [
    { metrics: ['visitors', 'visits', 'pageviews', 'events', 'views_per_visit', 'bounce_rate', 'visit_duration'] },
    { metrics: ['visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'scroll_depth', 'time_on_page'], dimensions: ['event:page'] },
    { metrics: ['visitors', 'events'], dimensions: ['event:name'] },
    { metrics: ['visitors', 'events'], dimensions: ['event:hostname'] },
    { metrics: ['visitors', 'events'], dimensions: ['event:page_title'] },
    { metrics: ['visitors', 'events'], dimensions: ['event:props:plan'] },
    { metrics: ['total_revenue', 'average_revenue'], filters: [['is', 'event:goal', ['Buy']]] },
    ...(['time:hour', 'time:day'] as const).map((time): Partial<QueryBody> => ({
      metrics: ['visitors', 'visits', 'pageviews'],
      dimensions: [time],
    })),
    ...VISIT_DIMENSIONS.map((dimension): Partial<QueryBody> => ({
      metrics: ['visitors', 'visits', 'bounce_rate', 'visit_duration'],
      dimensions: [dimension],
    })),
  ]
  const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  async function compare(one: TestSite, other: TestSite) {
    for (const question of QUESTIONS)
      assert.deepEqual(sorted(await other.ask(question)), sorted(await one.ask(question)), JSON.stringify(question))
  }
  async function shop() {
    const site = await w.site({ timezone: 'Asia/Kathmandu' })
    await w.api('PUT', '/api/v1/sites/goals', { site_id: site.domain, goal_type: 'event', event_name: 'Buy', currency: 'EUR' })
    w.now += 2000
    return site
  }

  const text = fc.constantFrom('', 'a', 'ü "quoted"', '=1+1', 'Google')
  const line: fc.Arbitrary<ImportLine> = fc
    .record({
      second: fc.integer({ min: 0, max: 2 * 86_400 }),
      visitor: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      pathname: fc.constantFrom('/', '/a', '/b,c', '/ü'),
      name: fc.constantFrom('pageview', 'pageview', 'pageview', 'Buy', 'engagement'),
      hostname: fc.constantFrom('example.com', ''),
      referrer: fc.constantFrom(undefined, 'https://www.google.com/', 'https://t.co/x'),
      source: fc.option(text, { nil: undefined }),
      utm_campaign: text,
      country: fc.constantFrom('DE', 'NP', ''),
      city: fc.constantFrom(2950159, null),
      browser: text,
      title: text,
      device: fc.constantFrom('Mobile', 'Desktop', undefined),
      screen: fc.constantFrom('Laptop', '', undefined),
      plan: fc.option(text, { nil: undefined }),
      amount: fc.constantFrom('10.00', '-0.125', '3'),
      scroll: fc.constantFrom(0, 40, 100, 255),
      interactive: fc.boolean(),
    })
    .map(({ second, plan, amount, scroll, source, referrer, device, screen, ...given }) => ({
      ...given,
      ...(device !== undefined && { device }),
      ...(screen !== undefined && { screen }),
      timestamp: new Date(Date.UTC(2026, 5, 1) + second * 1000).toISOString(),
      ...(source !== undefined && { source }),
      ...(referrer !== undefined && { referrer }),
      ...(plan !== undefined && { props: { plan } }),
      ...(given.name === 'Buy' && { revenue: { amount, currency: 'EUR' } }),
      ...(given.name === 'engagement' && { engagement_ms: second % 9000, scroll_depth: scroll }),
    }))

  test('a site that is exported and imported into another one gives equal answers to everything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 150 }), async (given) => {
        const [one, other] = [await shop(), await shop()]
        await one.import(given)
        const text = (await exported(one)).body
        const result = await other.import(lines(text))
        assert.deepEqual(result['rejected'], [])
        await compare(one, other)
        const again = (await exported(other)).body
        assert.equal(lines(again).length, lines(text).length)
      }),
      { numRuns: 5, endOnFailure: true },
    )
  })

  test('visits that were counted live come back the same, and a second import adds nothing', async () => {
    const [one, other] = [await shop(), await shop()]
    await one.play(
      visitor('anna').views('/', { referrer: 'https://www.google.com/', id: 'x1' }).reads(4000, 60).after('5m').views('/b', { id: 'x2' }),
      visitor('ben')
        .views('/?utm_source=news', { id: 'x3' })
        .after('40m')
        .views('/', { id: 'x4' })
        .does('Buy', { id: 'x5', $: { amount: 9.5, currency: 'EUR' } }),
    )
    const text = (await exported(one)).body
    assert.doesNotMatch(text, /203\.0\./, 'no address')
    await other.import(lines(text))
    await compare(one, other)
    assert.equal((await other.import(lines(text).filter((each) => each.includes('"id"'))))['accepted'], 0)
  })

  test('only a period, in days of the site', async () => {
    const site = await w.site({ timezone: 'Asia/Kathmandu' })
    // In Kathmandu these are June 2nd, 00:00, and the second before.
    const times = ['2026-06-01T18:14:59Z', '2026-06-01T18:15:00Z']
    await site.import(times.map((timestamp) => ({ timestamp, visitor: 'x', pathname: '/' })))
    const body = (await exported(site, '?date_range=2026-06-02,2026-06-02')).body
    assert.deepEqual(
      lines(body).map((each) => (JSON.parse(each) as ImportLine).timestamp),
      ['2026-06-01T18:15:00Z'],
    )
  })

  test('as CSV, with formulas made harmless', async () => {
    const site = await w.site()
    const props = { plan: '=cmd' }
    await site.import([
      { timestamp: '2026-06-01T08:00:00Z', visitor: 'x', pathname: '/a,b', browser: '=evil()', props, source: 'S', channel: '' },
    ])
    const response = await exported(site, '?format=csv')
    assert.equal(response.headers['content-type'], 'text/csv; charset=utf-8')
    assert.equal(response.headers['content-disposition'], `attachment; filename="${site.domain}.csv"`)
    const [heading, row, ...rest] = response.body.split('\r\n')
    assert.match(heading!, /^timestamp,visitor,id,name,hostname,pathname,title,source,/)
    assert.match(row!, /^2026-06-01T08:00:00Z,\d+,\d*,pageview,,"\/a,b",,S,/)
    assert.match(row!, /,'=evil\(\),/)
    assert.match(row!, /"\{""plan"":""=cmd""\}"/)
    assert.deepEqual(rest, [''])
  })

  test('Parquet is one', async () => {
    const site = await w.site()
    await site.import([{ timestamp: '2026-06-01T08:00:00Z', visitor: 'x', pathname: '/' }])
    const response = await exported(site, '?format=parquet')
    assert.equal(response.statusCode, 200)
    assert.deepEqual([response.rawPayload.subarray(0, 4).toString(), response.rawPayload.subarray(-4).toString()], ['PAR1', 'PAR1'])
  })

  test('a site without events is an empty file; an unknown site, format or range is refused', async () => {
    const site = await w.site()
    assert.deepEqual(await exported(site).then(({ statusCode, body }) => [statusCode, body]), [200, ''])
    assert.equal((await get('/api/v1/sites/nowhere.example/export')).statusCode, 404)
    assert.equal((await exported(site, '?format=xml')).statusCode, 400)
    assert.equal((await exported(site, '?date_range=yesterday')).statusCode, 400)
    assert.equal((await w.running().app.inject(`/api/v1/sites/${site.domain}/export`)).statusCode, 401)
  })

  const report = (site: TestSite, query: string, headers: Record<string, string> = {}, question: object = {}) =>
    get(`/api/v2/query${query}`, headers, {
      site_id: site.domain,
      metrics: ['visitors', 'pageviews'],
      dimensions: ['event:page'],
      date_range: ['2026-06-01', '2026-06-01'],
      ...question,
    })

  test('an answer of the Stats API as CSV or as lines, by format or by Accept', async () => {
    const site = await w.site()
    await site.import(['/a', '/a', '=b'].map((pathname, n) => ({ timestamp: '2026-06-01T08:00:00Z', visitor: `v${n}`, pathname })))
    const csv = `event:page,visitors,pageviews\r\n/a,2,2\r\n'=b,1,1\r\n`
    const ndjson = '{"event:page":"/a","visitors":2,"pageviews":2}\n{"event:page":"=b","visitors":1,"pageviews":1}\n'
    for (const [query, accept, body, type] of [
      ['?format=csv', '*/*', csv, 'text/csv; charset=utf-8'],
      ['', 'text/csv', csv, 'text/csv; charset=utf-8'],
      ['?format=ndjson', 'text/csv', ndjson, 'application/x-ndjson; charset=utf-8'],
      ['', 'application/x-ndjson, application/json;q=0.5', ndjson, 'application/x-ndjson; charset=utf-8'],
    ] as const) {
      const response = await report(site, query, { accept })
      assert.deepEqual([response.body, response.headers['content-type']], [body, type], `${query} ${accept}`)
    }
    assert.match((await report(site, '', { accept: '*/*' })).headers['content-type'] as string, /^application\/json/)
    assert.equal((await report(site, '?format=xml')).statusCode, 400)
  })

  test('comparisons and revenue have columns of their own', async () => {
    const site = await shop()
    const buy = (timestamp: string, amount: string) => ({
      timestamp,
      visitor: 'x',
      pathname: '/',
      name: 'Buy',
      revenue: { amount, currency: 'EUR' },
    })
    await site.import([buy('2026-05-31T08:00:00Z', '4'), buy('2026-06-01T08:00:00Z', '5')])
    const question = {
      metrics: ['events', 'total_revenue'],
      dimensions: ['event:goal'],
      include: { comparisons: { mode: 'previous_period' } },
    }
    assert.equal(
      (await report(site, '?format=csv', {}, question)).body,
      'event:goal,events,total_revenue,currency,comparison_events,comparison_total_revenue,change_events,change_total_revenue\r\nBuy,1,5,EUR,1,4,0,25\r\n',
    )
  })
})
