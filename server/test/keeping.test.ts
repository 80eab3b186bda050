import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Keeping } from '@footfall/contract/keeping.ts'
import type { QueryBody } from '@footfall/contract/query.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { type TestSite, world } from './world.ts'

const totals: Partial<QueryBody> = { metrics: ['visitors', 'visits', 'pageviews'], date_range: ['2026-04-01', '2026-06-30'] }
const byDay: Partial<QueryBody> = { ...totals, metrics: ['visitors', 'pageviews'], dimensions: ['time:day'] }

onEveryEngine('what a site keeps', (engine) => {
  const w = world(engine)
  const NOW = w.now
  const url = (site: TestSite) => `/api/v1/sites/${site.domain}`
  async function keeping(site: TestSite, asked = ''): Promise<Keeping> {
    await w.running().flush()
    const { status, body } = await w.api('GET', `${url(site)}/keeping${asked}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body as Keeping
  }
  const change = async (site: TestSite, patch: object) => assert.equal((await w.api('PUT', url(site), patch)).status, 200)
  async function night(): Promise<void> {
    await w.running().flush()
    await w.running().runJob('erase what is older than sites keep')
  }
  const line = (timestamp: string, who: string, more: object = {}) => ({ timestamp, visitor: who, pathname: '/', ...more })

  /** Visits of April, one over the midnight to May (in Kathmandu), one just after it, and one of June. */
  async function spring(): Promise<TestSite> {
    w.now = NOW
    const site = await w.site({ timezone: 'Asia/Kathmandu' })
    const result = await site.import([
      line('2026-04-03T08:00:00Z', 'ann', { id: 'first' }),
      line('2026-04-20T08:00:00Z', 'ben'),
      line('2026-04-30T18:10:00Z', 'over'),
      line('2026-04-30T18:20:00Z', 'over', { id: 'over' }),
      line('2026-04-30T18:20:00Z', 'may'),
      line('2026-06-02T08:00:00Z', 'ann'),
    ])
    assert.equal(result['accepted'], 6)
    return site
  }
  const KEPT = { months: 1, first_day: '2026-05-01', events: 0, visits: 0 }

  test('nothing goes without being asked for; what would go is told before', async () => {
    const site = await spring()
    const nothing = { months: null, first_day: null, events: 0, visits: 0, next_run: null, last_run: null }
    assert.deepEqual(await keeping(site), nothing)
    const next_run = '2026-06-17T18:15:00.000Z'
    assert.deepEqual(await keeping(site, '?months=1'), { ...KEPT, events: 4, visits: 3, next_run, last_run: null })
    assert.deepEqual(await keeping(site, '?months=2'), { ...KEPT, months: 2, first_day: '2026-04-01', next_run, last_run: null })
    await night()
    assert.deepEqual(await site.ask(totals), [[4, 5, 6]])
    for (const months of ['0', '121', 'x']) assert.equal((await w.api('GET', `${url(site)}/keeping?months=${months}`)).status, 400, months)
    for (const keep_months of [0, 121, 1.5, '3'])
      assert.equal((await w.api('PUT', url(site), { keep_months })).status, 400, String(keep_months))
  })

  test('older visits go whole after the midnight of the site, once a day, and of that site alone', async () => {
    const [site, other] = [await spring(), await spring()]
    const before = await other.ask(byDay)
    assert.deepEqual(await site.ask(totals), [[4, 5, 6]])
    await w.running().runJob('sum up days')
    await change(site, { keep_months: 1 })
    await night()
    assert.deepEqual(await site.ask(totals), [[4, 5, 6]], 'before midnight')
    w.now = Date.parse('2026-06-17T18:16:00Z')
    await night()
    // Asked before, and not answered from what was kept of then.
    assert.deepEqual(await site.ask(totals), [[2, 2, 2]])
    assert.deepEqual(
      (await site.ask(byDay)).filter(([, visitors]) => visitors !== 0),
      [
        ['2026-05-01', 1, 1],
        ['2026-06-02', 1, 1],
      ],
    )
    await w.running().runJob('sum up days')
    assert.deepEqual(await site.ask({ ...totals, metrics: ['visitors', 'visits'], dimensions: ['visit:entry_page'] }), [['/', 2, 2]])
    const last_run = { at: '2026-06-17T18:16:00.000Z', first_day: '2026-05-01', events: 4, visits: 3 }
    assert.deepEqual(await keeping(site), { ...KEPT, next_run: '2026-06-18T18:15:00.000Z', last_run })
    w.now += 3_600_000
    await night()
    assert.deepEqual((await keeping(site)).last_run, last_run)
    assert.deepEqual(await other.ask(byDay), before)
    assert.equal((await keeping(other)).last_run, null)
  })

  test('lines older than that are refused, and an event that was erased does not come back', async () => {
    const site = await spring()
    await change(site, { keep_months: 1 })
    const again = [line('2026-04-03T08:00:00Z', 'ann', { id: 'first' }), line('2026-06-02T08:00:00Z', 'cleo', { id: 'june' })]
    const { accepted, rejected } = await site.import(again)
    assert.deepEqual(
      [accepted, rejected],
      [1, [{ line: 1, errors: ['timestamp must not be before 2026-05-01, the first day that the site keeps'] }]],
    )
    w.now = Date.parse('2026-06-17T18:16:00Z')
    await night()
    assert.equal((await site.import(again))['duplicates'], 1)
    assert.deepEqual(await site.ask(totals), [[3, 3, 3]])
  })

  test('counts of refusals and traits of that time go with it; a site that is deleted leaves nothing of it', async () => {
    w.now = Date.parse('2026-04-10T12:00:00Z')
    const site = await w.site({ tracker: { identify: true }, shields: { page: ['/secret'] }, keep_months: 1 })
    await night()
    await site.play(
      visitor('ann')
        .views('/', { uid: 'ann', traits: { plan: 'pro' } })
        .after('1m')
        .views('/secret'),
    )
    await site.play(
      visitor('ben')
        .after('22d')
        .views('/', { uid: 'ben', traits: { plan: 'free' } })
        .after('1m')
        .views('/secret'),
    )
    const refused = async () => {
      const { body } = await w.api('GET', `${url(site)}/dropped?date_range=2026-04-01,2026-06-30`)
      return (body as { days: { date: string; events: number }[] }).days.filter(({ events }) => events > 0).map(({ date }) => date)
    }
    assert.deepEqual(await refused(), ['2026-04-10', '2026-05-02'])
    w.now = Date.parse('2026-06-17T12:00:00Z')
    await night()
    assert.deepEqual(await refused(), ['2026-05-02'])
    assert.deepEqual(await site.ask(totals), [[1, 1, 1]])
    const last = (await keeping(site)).last_run!
    assert.deepEqual([last.events, last.visits], [1, 1])
    assert.equal((await w.api('DELETE', url(site))).status, 200)
    await night()
  })

  test('of properties those that are allowed are stored, of events and of imports; measurements stay', async () => {
    w.now = NOW
    const site = await w.site({ allowed_props: ['plan'] })
    const props = { plan: 'pro', email: 'ann@example.com' }
    await site.play(
      visitor('ann')
        .does('Signup', { p: props })
        .does('web-vitals', { p: { LCP: 1200, email: 'x' }, i: false }),
    )
    await site.import([line('2026-06-01T08:00:00Z', 'ben', { name: 'Signup', props })])
    async function values(name: string) {
      const rows = await site.ask({ metrics: ['events'], dimensions: [`event:props:${name}`], date_range: 'all' })
      return rows.filter(([value]) => value !== '(none)')
    }
    assert.deepEqual(await values('plan'), [['pro', 2]])
    assert.deepEqual(await values('email'), [])
    assert.deepEqual(await site.ask({ metrics: ['lcp_p75'], date_range: 'all' }), [[1200]])
    await change(site, { allowed_props: [] })
    await site.play(visitor('cleo').does('Signup', { p: props }))
    await change(site, { allowed_props: null })
    await site.play(visitor('dan').does('Signup', { p: { email: 'dan@example.com' } }))
    assert.deepEqual(await values('plan'), [['pro', 2]])
    assert.deepEqual(await values('email'), [['dan@example.com', 1]])
    assert.deepEqual(await site.ask({ metrics: ['events'], filters: [['is', 'event:name', ['Signup']]], date_range: 'all' }), [[4]])
    assert.equal((await w.api('PUT', url(site), { allowed_props: [''] })).status, 400)
  })
})
