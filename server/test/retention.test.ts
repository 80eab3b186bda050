import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RetentionResult } from '@footfall/contract/retention.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { type TestSite, world } from './world.ts'

onEveryEngine('retention', (engine) => {
  const w = world(engine)
  const NOON = w.now

  async function ask(site: TestSite, question: Record<string, unknown>): Promise<RetentionResult> {
    await w.running().flush()
    const { status, body } = await w.api('POST', '/api/v2/retention', { site_id: site.domain, ...question })
    assert.equal(status, 200, JSON.stringify(body))
    return body as RetentionResult
  }
  const table = ({ cohorts }: RetentionResult) => cohorts.map(({ cohort, returned }) => [cohort, ...returned])
  const visit = (visitor: string, day: string, pathname = '/') => ({ timestamp: `${day}T10:00:00Z`, visitor, pathname })

  test('by week: who came first, and who of them came again', async () => {
    w.now = NOON
    const site = await w.site()
    await site.import([
      // A Monday and the Sunday of the same week; anna comes again in both following weeks, ben in the last only.
      ...['2026-05-25', '2026-06-03', '2026-06-08'].map((day) => visit('anna', day)),
      ...['2026-05-31', '2026-06-10'].map((day) => visit('ben', day)),
      ...['2026-06-02', '2026-06-04', '2026-06-16'].map((day) => visit('cleo', day)),
      visit('dora', '2026-06-16'),
    ])
    const answer = await ask(site, { date_range: ['2026-05-25', '2026-06-30'], period: 'week' })
    assert.deepEqual(table(answer), [
      ['2026-05-25', 2, 1, 2, 0],
      ['2026-06-01', 1, 0, 1],
      ['2026-06-08', 0, 0],
      ['2026-06-15', 1],
    ])
    assert.deepEqual(answer.cohorts[0]!.rates, [100, 50, 100, 0])
    assert.equal(answer.meta.partial_period, '2026-06-15')
    assert.deepEqual(await ask(site, answer.query), answer)
  })

  test('somebody who was there before the range is in none of its cohorts', async () => {
    w.now = NOON
    const site = await w.site()
    await site.import([visit('old', '2025-12-01'), visit('old', '2026-03-02'), visit('new', '2026-03-03'), visit('new', '2026-05-03')])
    const answer = await ask(site, { date_range: ['2026-03-01', '2026-05-31'], period: 'month' })
    assert.deepEqual(table(answer), [
      ['2026-03-01', 1, 0, 1],
      ['2026-04-01', 0, 0],
      ['2026-05-01', 0],
    ])
    assert.equal(answer.meta.partial_period, null)
    assert.deepEqual(table(await ask(site, { date_range: 'all', period: 'month' })).slice(0, 2), [
      ['2025-12-01', 1, 0, 0, 1, 0, 0, 0],
      ['2026-01-01', 0, 0, 0, 0, 0, 0],
    ])
  })

  test('an anonymous visitor is a new one every day, and the answer says so', async () => {
    w.now = NOON
    const site = await w.site()
    await site.play(visitor('anna').views('/').after('24h').views('/'))
    const answer = await ask(site, { date_range: ['2026-06-17', '2026-06-18'], period: 'day' })
    assert.deepEqual(table(answer), [
      ['2026-06-17', 1, 0],
      ['2026-06-18', 1],
    ])
    assert.match(answer.meta.note, /[Aa]nonymous/)
  })

  test('days are those of the site', async () => {
    w.now = NOON
    const site = await w.site({ timezone: 'Asia/Kathmandu' })
    const at = (timestamp: string) => ({ timestamp, visitor: 'x', pathname: '/' })
    // 18:14 in London is a minute to midnight in Kathmandu; an hour of silence makes the second visit.
    await site.import([at('2026-06-01T18:14:00Z'), at('2026-06-01T19:20:00Z')])
    assert.deepEqual(table(await ask(site, { date_range: ['2026-06-01', '2026-06-02'], period: 'day' })), [
      ['2026-06-01', 1, 1],
      ['2026-06-02', 0],
    ])
  })

  test('filters choose the visits that count', async () => {
    w.now = NOON
    const site = await w.site()
    await site.import([visit('a', '2026-06-01', '/'), visit('a', '2026-06-02', '/blog'), visit('a', '2026-06-03', '/blog')])
    const question = { date_range: ['2026-06-01', '2026-06-03'], period: 'day', filters: [['is', 'event:page', ['/blog']]] }
    assert.deepEqual(table(await ask(site, question)), [
      ['2026-06-01', 0, 0, 0],
      ['2026-06-02', 1, 1],
      ['2026-06-03', 0],
    ])
  })

  test('refuses more periods than anybody reads, and a period that it does not know', async () => {
    const site = await w.site()
    for (const [question, sentence] of [
      [{ date_range: '101d', period: 'day' }, /100 periods/],
      [{ date_range: '7d', period: 'year' }, /period/],
      [{ date_range: '7d' }, /period/],
    ] as const) {
      const { status, body } = await w.api('POST', '/api/v2/retention', { site_id: site.domain, ...question })
      assert.equal(status, 400)
      assert.match((body as { error: string }).error, sentence)
    }
  })
})
