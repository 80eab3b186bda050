import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueryBody } from '@footfall/contract/query.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

const totals: Partial<QueryBody> = { metrics: ['visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'visit_duration'] }

onEveryEngine('from a visit to a number', (engine) => {
  const w = world(engine)

  test('a site without visits answers zeros', async () => {
    const site = await w.site()
    assert.deepEqual(await site.ask(totals), [[0, 0, 0, 0, 0, 0]])
  })

  test('one visitor, two pages, five minutes apart', async () => {
    const site = await w.site()
    await site.play(visitor('anna').views('/').after('5m').views('/pricing'))
    assert.deepEqual(await site.ask(totals), [[1, 1, 2, 2, 0, 300]])
  })

  test('half an hour of silence ends a visit, but the visitor stays the same', async () => {
    const site = await w.site()
    await site.play(visitor('anna').views('/').after('31m').views('/'))
    assert.deepEqual(await site.ask(totals), [[1, 2, 2, 2, 100, 0]])
  })

  test('a sign-up cancels the bounce; reading does not', async () => {
    const site = await w.site()
    await site.play(visitor('anna').views('/').after('10s').does('Signup'), visitor('ben').views('/').after('20s').reads(15_000, 60))
    assert.deepEqual(await site.ask(totals), [[2, 2, 2, 3, 50, 5]])
  })

  test('where they come from, what they see, what they use', async () => {
    const site = await w.site()
    await site.play(
      visitor('anna').views('/', { referrer: 'https://www.google.com/' }).after('1m').views('/pricing'),
      visitor('ben').views('/', { query: '?utm_source=newsletter&utm_medium=email' }),
      visitor('cleo').views('/about'),
    )
    assert.deepEqual(await site.ask({ metrics: ['visitors', 'pageviews'], dimensions: ['event:page'] }), [
      ['/', 2, 2],
      ['/about', 1, 1],
      ['/pricing', 1, 1],
    ])
    assert.deepEqual((await site.ask({ dimensions: ['visit:source'] })).toSorted(), [
      ['Direct / None', 1],
      ['Google', 1],
      ['newsletter', 1],
    ])
    assert.deepEqual((await site.ask({ dimensions: ['visit:channel'] })).toSorted(), [
      ['Direct', 1],
      ['Email', 1],
      ['Organic Search', 1],
    ])
    assert.deepEqual(await site.ask({ dimensions: ['visit:browser', 'visit:os', 'visit:device'] }), [['Chrome', 'Mac', 'Desktop', 3]])
    assert.deepEqual(await site.ask({ dimensions: ['event:page'], filters: [['is', 'visit:source', ['Google']]] }), [
      ['/', 1],
      ['/pricing', 1],
    ])
  })

  test('by day in the zone of the site: quarter to midnight in Kathmandu is 18:00 in London', async () => {
    const site = await w.site({ timezone: 'Asia/Kathmandu' })
    w.now = Date.parse('2026-06-17T18:00:00Z')
    await site.play(visitor('anna').views('/').after('20m').views('/next-day'))
    assert.deepEqual(
      await site.ask({ metrics: ['visitors', 'pageviews'], dimensions: ['time:day'], date_range: ['2026-06-17', '2026-06-18'] }),
      [
        ['2026-06-17', 1, 1],
        ['2026-06-18', 1, 1],
      ],
    )
  })

  test('a visit that crosses midnight is one visit of one visitor, whatever the salts do', async () => {
    const site = await w.site()
    w.now = Date.parse('2026-06-20T23:55:00Z')
    await site.play(visitor('anna').views('/').after('10m').views('/later'))
    assert.deepEqual(await site.ask(totals), [[1, 1, 2, 2, 0, 600]])
  })

  test('the same event twice counts once, also after a restart', async () => {
    const site = await w.site()
    const once = visitor('anna').views('/', { id: 'event-1' })
    await site.play(once)
    await site.play(once)
    await w.restart()
    await site.play(once)
    assert.deepEqual(await site.ask(totals), [[1, 1, 1, 1, 100, 0]])
  })

  test('an open visit goes on after a restart', async () => {
    const site = await w.site()
    const begin = w.now
    await site.play(visitor('anna').views('/'))
    await w.restart()
    w.now = begin + 60_000
    await site.play(visitor('anna').views('/two'))
    assert.deepEqual(await site.ask(totals), [[1, 1, 2, 2, 0, 60]])
  })

  test('a crawler is refused with its reason, and counts nowhere', async () => {
    const site = await w.site()
    const [reply] = await site.play(
      visitor('bot', { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }).views('/'),
    )
    assert.deepEqual(reply, { status: 202, body: 'ok', dropped: 'bot' })
    assert.deepEqual(await site.ask(totals), [[0, 0, 0, 0, 0, 0]])
  })

  test('history is imported in order of time, once per id, and bad lines are named', async () => {
    const site = await w.site()
    const lines = [
      { timestamp: '2026-01-01T08:05:00Z', visitor: 'a', pathname: '/b', id: '2' },
      { timestamp: '2026-01-01T08:00:00Z', visitor: 'a', pathname: '/a', id: '1', referrer: 'https://t.co/x' },
      'not json',
      { timestamp: '2026-01-01T08:00:00Z', visitor: 'a', pathname: '/a', id: '1' },
    ]
    const result = await site.import(lines)
    assert.deepEqual({ accepted: result['accepted'], duplicates: result['duplicates'] }, { accepted: 2, duplicates: 1 })
    assert.deepEqual(
      (result['rejected'] as { line: number }[]).map(({ line }) => line),
      [3],
    )
    const again = await site.import(lines)
    assert.deepEqual({ accepted: again['accepted'], duplicates: again['duplicates'] }, { accepted: 0, duplicates: 3 })
    assert.deepEqual(
      await site.ask({ metrics: ['visitors', 'visits', 'visit_duration'], dimensions: ['visit:entry_page', 'visit:source'] }),
      [['/a', 'Twitter', 1, 1, 300]],
    )
  })
})
