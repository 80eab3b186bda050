import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { VisitTimeline, VisitsResult } from '@footfall/contract/visits.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

onEveryEngine('single visits', (engine) => {
  const w = world(engine)
  const list = async (body: Record<string, unknown>) => {
    await w.running().flush()
    const { status, body: answer } = await w.api('POST', '/api/v2/sessions', { date_range: 'day', ...body })
    assert.equal(status, 200, JSON.stringify(answer))
    return answer as VisitsResult
  }

  it('shows what each visit was, the newest first', async () => {
    const site = await w.site({ timezone: 'Asia/Kathmandu' })
    w.now = Date.parse('2026-06-17T12:00:00Z')
    await site.play(
      visitor('anna').views('/', { referrer: 'https://www.google.com/' }).after('5m').views('/pricing').does('Signup'),
      visitor('ben').after('1m').views('/blog'),
    )
    const { visits, meta, query } = await list({ site_id: site.domain })
    assert.deepEqual(
      visits.map(({ start, end, duration, bounce, pageviews, events, entry_page, exit_page, source, channel, browser, os }) => [
        [start, end, duration, bounce],
        [pageviews, events, entry_page, exit_page],
        [source, channel, browser, os],
      ]),
      [
        [
          ['2026-06-17T17:46:00+05:45', '2026-06-17T17:46:00+05:45', 0, true],
          [1, 1, '/blog', '/blog'],
          ['', 'Direct', 'Chrome', 'Mac'],
        ],
        [
          ['2026-06-17T17:45:00+05:45', '2026-06-17T17:50:00+05:45', 300, false],
          [2, 3, '/', '/pricing'],
          ['Google', 'Organic Search', 'Chrome', 'Mac'],
        ],
      ],
    )
    assert.deepEqual(meta, { after: null })
    assert.deepEqual(query, { site_id: site.domain, date_range: ['2026-06-17T00:00:00+05:45', '2026-06-17T17:50:00+05:45'], filters: [] })
  })

  it('tells a visit event by event', async () => {
    const site = await w.site()
    await site.play(
      visitor('anna')
        .views('/', { p: { author: 'x' } })
        .after('20s')
        .reads(15_000, 60)
        .after('5s')
        .does('Purchase', { $: { currency: 'EUR', amount: '9.99' } }),
      visitor('ben').views('/other'),
    )
    const { visits } = await list({ site_id: site.domain, filters: [['is', 'event:name', ['Purchase']]] })
    assert.equal(visits.length, 1)
    const { status, body } = await w.api('GET', `/api/v2/sessions/${visits[0]!.id}?site_id=${site.domain}`)
    const { visit, events } = body as VisitTimeline
    assert.deepEqual([status, visit], [200, visits[0]])
    const start = Date.parse(visit.start)
    assert.deepEqual(
      events.map(({ time, name, page, props, revenue, engagement_ms, scroll_depth }) => [
        (Date.parse(time) - start) / 1000,
        name,
        page,
        props,
        revenue,
        engagement_ms,
        scroll_depth,
      ]),
      [
        [0, 'pageview', '/', { author: 'x' }, null, 0, null],
        [20, 'engagement', '/', {}, null, 15_000, 60],
        [25, 'Purchase', '/', {}, { value: 9.99, currency: 'EUR' }, 0, null],
      ],
    )
  })

  it('comes in pages that neither repeat nor skip a visit, also while new ones arrive', async () => {
    const site = await w.site()
    // Seven at the same second, so that pages end inside a tie.
    await site.import(
      Array.from({ length: 15 }, (_, index) => ({
        timestamp: index < 7 ? '2026-06-17T08:00:00Z' : `2026-06-17T08:0${index % 10}:00Z`,
        visitor: `v${index}`,
        pathname: `/${index}`,
      })),
    )
    const seen: string[] = []
    let after: string | null | undefined
    for (let page = 0; page < 5; page++) {
      const pagination = { limit: 4, ...(after && { after }) }
      const answer = await list({ site_id: site.domain, date_range: ['2026-06-17', '2026-06-17'], pagination })
      seen.push(...answer.visits.map(({ entry_page }) => entry_page))
      after = answer.meta.after
      await site.import([{ timestamp: '2026-06-17T09:00:00Z', visitor: `new${page}`, pathname: '/new' }])
      if (after === null) break
    }
    assert.equal(after, null)
    assert.deepEqual(seen.toSorted(), Array.from({ length: 15 }, (_, index) => `/${index}`).toSorted())
  })

  describe('refuses', () => {
    const wrong: [string, Record<string, unknown>, number][] = [
      ['a page after something that is no visit', { pagination: { after: 'x' } }, 400],
      ['a page after an id that no store has', { pagination: { after: '1781697600-99999999999999999999' } }, 400],
      ['more than a thousand', { pagination: { limit: 1001 } }, 400],
      ['a range that is none', { date_range: 'yesterday' }, 400],
      ['keys it does not know', { metrics: ['visitors'] }, 400],
      ['a site that is not here', { site_id: 'nowhere.example' }, 404],
    ]
    for (const [what, body, expected] of wrong) {
      it(what, async () => {
        const site = await w.site()
        const { status } = await w.api('POST', '/api/v2/sessions', { site_id: site.domain, date_range: 'day', ...body })
        assert.equal(status, expected)
      })
    }

    it('a visit of another site', async () => {
      const [site, other] = [await w.site(), await w.site()]
      await site.play(visitor('anna').views('/'))
      const { visits } = await list({ site_id: site.domain })
      assert.equal((await w.api('GET', `/api/v2/sessions/${visits[0]!.id}?site_id=${other.domain}`)).status, 404)
      assert.equal((await w.api('GET', `/api/v2/sessions/1-1?site_id=${site.domain}`)).status, 404)
      assert.equal((await w.api('GET', `/api/v2/sessions/${'9'.repeat(30)}?site_id=${site.domain}`)).status, 400)
    })
  })
})
