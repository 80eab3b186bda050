import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { QueryResult } from '@footfall/contract/query.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

onEveryEngine('Stats API', (engine) => {
  const w = world(engine)
  const query = (body: Record<string, unknown>) => w.api('POST', '/api/v2/query', { metrics: ['visitors'], date_range: 'day', ...body })

  it('counts what visitors did, in the totals and by page', async () => {
    const site = await w.site()
    await site.play(visitor('a').views('/').after('5m').views('/pricing'), visitor('b').views('/'))
    w.now += 600_000
    assert.deepEqual(
      await site.ask({
        metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration', 'views_per_visit'],
        date_range: 'day',
      }),
      [[2, 2, 3, 50, 150, 1.5]],
    )
    assert.deepEqual(await site.ask({ metrics: ['visitors', 'bounce_rate'], dimensions: ['event:page'], date_range: 'day' }), [
      ['/', 2, 50],
      ['/pricing', 1, 0],
    ])
  })

  it('gives a query back that can be sent again', async () => {
    const site = await w.site({ timezone: 'Asia/Kathmandu' })
    await site.play(visitor('a').views('/'))
    await site.ask({})
    const body = {
      site_id: site.domain,
      metrics: ['visitors'],
      dimensions: ['time', 'visit:source'],
      date_range: 'day',
      filters: [['is', 'event:page', ['/']]],
    }
    const first = (await query(body)).body as QueryResult
    assert.equal(first.query.date_range[0].slice(10), 'T00:00:00+05:45')
    assert.deepEqual(first.query.dimensions, ['time:hour', 'visit:source'])
    assert.equal(first.results.length, 1)
    const again = (await w.api('POST', '/api/v2/query', first.query)).body as QueryResult
    assert.deepEqual(again, first)
  })

  it('tells how many people are here as a plain number', async () => {
    const site = await w.site()
    await site.play(visitor('a').views('/'), visitor('b').views('/'))
    await site.ask({})
    const { status, body } = await w.api('GET', `/api/v1/stats/realtime/visitors?site_id=${site.domain}`)
    assert.deepEqual({ status, body }, { status: 200, body: 2 })
  })

  it('refuses in sentences, with the field to blame', async () => {
    const site = await w.site()
    const cases: [Record<string, unknown>, number, string, RegExp][] = [
      [{ site_id: site.domain, metrics: ['sales'] }, 400, 'invalid_query', /no metric "sales"/],
      [{ site_id: site.domain, filters: [['matches', 'event:page', ['(']]] }, 400, 'invalid_query', /regular expression/],
      [{ site_id: site.domain, date_range: 'realtime' }, 400, 'invalid_query', /date_range "realtime" is not understood/],
      [{ site_id: 'nowhere.example' }, 404, 'not_found', /no site "nowhere.example"/],
      [{ site_id: 7 }, 400, 'invalid_query', /domain of a site/],
    ]
    for (const [given, status, code, sentence] of cases) {
      const answer = await query(given)
      const body = answer.body as { code: string; error: string }
      assert.deepEqual([answer.status, body.code], [status, code], JSON.stringify(answer.body))
      assert.match(body.error, sentence)
    }
  })

  it('treats values as values', async () => {
    const site = await w.site()
    const odd = `/a'b"c\\d%_{p0:String}`
    await site.import([{ timestamp: '2026-06-17T08:00:00Z', visitor: 'x', pathname: odd, props: { [`k'"\\`]: 'v' } }])
    const asked = [
      ['is', 'event:page', [odd]],
      ['contains', 'event:page', [`'b"c\\d%_{`]],
      ['is', `event:props:k'"\\`, ['v']],
    ]
    for (const filter of asked)
      assert.deepEqual(await site.ask({ metrics: ['pageviews'], date_range: 'day', filters: [filter] }), [[1]], JSON.stringify(filter))
    assert.deepEqual(await site.ask({ metrics: ['pageviews'], date_range: 'day', filters: [['is', 'event:page', [`' OR 1=1 --`]]] }), [[0]])
  })

  it('a filter without values is met by nothing; texts that no page has are texts too', async () => {
    const site = await w.site()
    await site.import([{ timestamp: '2026-06-17T08:00:00Z', visitor: 'x', pathname: '/', props: { plan: 'pro' } }])
    const fields = ['event:page', 'event:props:plan', 'visit:source', 'visit:entry_page', 'visit:country_name']
    const count = async (filter: [string, ...unknown[]]) => {
      const rows = await site.ask({ metrics: ['visits'], date_range: 'day', filters: [filter] })
      return rows[0]?.[0]
    }
    for (const field of fields) {
      for (const operator of field === 'visit:country_name' ? ['is', 'contains'] : ['is', 'contains', 'matches'])
        assert.equal(await count([operator, field, []]), 0, `${operator} ${field}`)
      assert.equal(await count(['is_not', field, []]), 1, field)
    }
    for (const text of ['\0', '\ud800', '\u{10ffff}', 'x'.repeat(2000)])
      for (const operator of ['is', 'contains']) assert.equal(await count([operator, 'event:page', [text]]), 0, JSON.stringify(text))
  })

  describe('days of a site', () => {
    it('have the hours that its clocks showed', async () => {
      const site = await w.site({ timezone: 'Europe/Berlin' })
      // 2025-10-26: at 3 o'clock summer time it is 2 o'clock again.
      const times = [
        '2025-10-25T21:59:59Z',
        '2025-10-25T22:00:00Z',
        '2025-10-26T00:30:00Z',
        '2025-10-26T01:30:00Z',
        '2025-10-26T22:59:59Z',
        '2025-10-26T23:00:00Z',
      ]
      await site.import(times.map((timestamp, index) => ({ timestamp, visitor: `v${index}`, pathname: '/' })))
      assert.deepEqual(await site.ask({ metrics: ['pageviews'], dimensions: ['time:hour'], date_range: ['2025-10-26', '2025-10-26'] }), [
        ['2025-10-26 00:00:00', 1],
        ['2025-10-26 02:00:00', 1],
        ['2025-10-26 02:00:00', 1],
        ['2025-10-26 23:00:00', 1],
      ])
      assert.deepEqual(await site.ask({ metrics: ['visitors'], dimensions: ['time:day'], date_range: ['2025-10-25', '2025-10-27'] }), [
        ['2025-10-25', 1],
        ['2025-10-26', 4],
        ['2025-10-27', 1],
      ])
    })
  })
})
