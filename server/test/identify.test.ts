import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueryBody } from '@footfall/contract/query.ts'
import type { RetentionResult } from '@footfall/contract/retention.ts'
import type { VisitTimeline, VisitsResult } from '@footfall/contract/visits.ts'
import { isIdentified } from '../src/lib/visitor-id.ts'
import { onEveryEngine } from './engines.ts'
import { type Story, visitor } from './journey.ts'
import { type TestSite, world } from './world.ts'

const totals: Partial<QueryBody> = { metrics: ['visitors', 'visits', 'pageviews', 'events'] }
const anna = { uid: 'anna@example.com' }

onEveryEngine('identified visitors', (engine) => {
  const w = world(engine)
  const NOON = w.now

  /** Every test begins on the same Wednesday, with a site that names its visitors. */
  async function named(settings: object = {}): Promise<TestSite> {
    w.now = NOON
    return w.site({ tracker: { identify: true }, ...settings })
  }
  async function call<Answer>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<Answer> {
    await w.running().flush()
    const answer = await w.api(method, url, body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body as Answer
  }
  const visits = async (site: TestSite) =>
    (await call<VisitsResult>('POST', '/api/v2/sessions', { site_id: site.domain, date_range: 'all' })).visits
  const retention = async (site: TestSite, visitors: 'all' | 'identified') => {
    const asked = { site_id: site.domain, date_range: ['2026-06-15', '2026-07-05'], period: 'week', visitors }
    const { cohorts, meta } = await call<RetentionResult>('POST', '/api/v2/retention', asked)
    return { table: cohorts.map(({ returned }) => returned), meta }
  }
  /** Comes every week, thrice. */
  const weekly = (story: Story, body: Record<string, unknown>) =>
    story.views('/', body).after('7d').views('/', body).after('7d').views('/', body)

  test('whoever has a name is one visitor over weeks; without the option a name says nothing', async () => {
    const site = await named()
    await site.play(weekly(visitor('anna'), anna), weekly(visitor('ben'), {}))
    assert.deepEqual(await site.ask(totals), [[4, 6, 6, 6]])
    assert.deepEqual(await site.ask({ dimensions: ['time:week'], date_range: ['2026-06-15', '2026-07-05'] }), [
      ['2026-06-15', 2],
      ['2026-06-22', 2],
      ['2026-06-29', 2],
    ])
    w.now = NOON
    const without = await w.site()
    await without.play(weekly(visitor('anna'), anna))
    assert.deepEqual(await without.ask(totals), [[3, 3, 3, 3]])
    assert.deepEqual(
      (await visits(without)).map(({ identified }) => identified),
      [false, false, false],
    )
  })

  test('retention over weeks: of all it is mixed, of the identified it is theirs, and it says which', async () => {
    const site = await named()
    await site.play(weekly(visitor('anna'), anna), weekly(visitor('ben'), {}))
    const all = await retention(site, 'all')
    assert.deepEqual(all.table, [[2, 1, 1], [1, 0], [1]])
    assert.match(all.meta.note, /^Anonymous/)
    const theirs = await retention(site, 'identified')
    assert.deepEqual(theirs.table, [[1, 1, 1], [0, 0], [0]])
    assert.match(theirs.meta.note, /identified/)
    assert.equal(theirs.meta.identifies, true)
  })

  test('one name is one visitor in two browsers, and two names in one browser are two', async () => {
    const site = await named()
    await site.play(visitor('phone').views('/', anna), visitor('desk').after('1h').views('/', anna))
    await site.play(visitor('shared').views('/', { uid: 'ben' }).after('1m').views('/', { uid: 7 }).after('1m').views('/', { uid: '7' }))
    assert.deepEqual(await site.ask(totals), [[3, 4, 5, 5]])
  })

  test('a visit that began without a name goes on without one; the next has it', async () => {
    const site = await named()
    await site.play(visitor('anna').views('/').after('5m').views('/in', anna).after('1m').does('Signup', anna).after('2h').views('/', anna))
    assert.deepEqual(await site.ask(totals), [[2, 2, 3, 4]])
    assert.deepEqual(
      (await visits(site)).map(({ identified, pageviews }) => [identified, pageviews]),
      [
        [true, 1],
        [false, 2],
      ],
    )
    assert.deepEqual((await retention(site, 'identified')).table, [[1]])
  })

  test('also over midnight, and after a restart', async () => {
    const site = await named()
    w.now = Date.parse('2026-06-17T23:50:00Z')
    await site.play(visitor('anna').views('/').after('15m').views('/in', anna))
    await w.restart()
    await site.play(visitor('anna').after('5m').views('/more', anna))
    assert.deepEqual(await site.ask(totals), [[1, 1, 3, 3]])
  })

  test('whoever gives the name up begins the visit of somebody else', async () => {
    const site = await named()
    await site.play(visitor('anna').views('/', anna).after('1m').views('/', { uid: null }).after('1m').views('/', { uid: ' ' }))
    assert.deepEqual(await site.ask(totals), [[2, 2, 3, 3]])
  })

  test('the latest traits are on the timeline; anonymous visits have none', async () => {
    const site = await named()
    await site.play(
      visitor('anna')
        .views('/', { ...anna, traits: { plan: 'free', age: 41 } })
        .after('1m')
        .views('/', { ...anna, traits: { plan: 'pro', nested: {} } })
        .after('1m')
        .views('/', anna),
      visitor('ben').views('/', { traits: { plan: 'pro' } }),
    )
    const found = await visits(site)
    const timelines = await Promise.all(found.map(({ id }) => call<VisitTimeline>('GET', `/api/v2/sessions/${id}?site_id=${site.domain}`)))
    assert.deepEqual(timelines.map(({ visit, traits }) => [visit.identified, traits]).toSorted(), [
      [false, null],
      [true, { plan: 'pro' }],
    ])
  })

  test('what is no name or too much is refused by field', async () => {
    const site = await named()
    const wrong = [
      { uid: 'x'.repeat(201) },
      { uid: 'a\0' },
      { uid: { id: 1 } },
      { uid: 1.5 },
      { ...anna, traits: { ['k'.repeat(61)]: 'x' } },
      { ...anna, traits: { key: 'x'.repeat(201) } },
      { ...anna, traits: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, n])) },
    ]
    for (const body of wrong) {
      const [reply] = await site.play(visitor('anna').views('/', body))
      assert.equal(reply!.status, 400, JSON.stringify(body))
    }
    const odd = [{ uid: 'x'.repeat(200) }, { ...anna, traits: ['x'] }, { ...anna, traits: JSON.parse('{"__proto__":"x"}') as object }]
    for (const body of odd) assert.equal((await site.play(visitor('anna').views('/', body)))[0]!.status, 202, JSON.stringify(body))
  })

  test('a name in the format of Umami is the same name, and its identify leaves traits', async () => {
    const site = await named()
    const send = (type: string, more: object) => w.api('POST', '/api/send', { type, payload: { website: site.domain, url: '/', ...more } })
    for (const [type, more] of [
      ['event', { id: 'anna@example.com' }],
      ['identify', { id: 'anna@example.com', data: { plan: 'pro', deep: { x: 1 } } }],
    ] as const)
      assert.equal((await send(type, { ip: '203.0.113.9', userAgent: 'Mozilla/5.0 Chrome/140.0.0.0 Safari/537.36', ...more })).status, 200)
    await site.play(visitor('anna').after('1m').views('/', anna))
    assert.deepEqual(await site.ask(totals), [[1, 1, 2, 2]])
    const [visit] = await visits(site)
    const { traits } = await call<VisitTimeline>('GET', `/api/v2/sessions/${visit!.id}?site_id=${site.domain}`)
    assert.deepEqual(traits, { plan: 'pro', 'deep.x': '1' })
  })

  test('whoever is forgotten is gone from every answer, alone', async () => {
    const site = await named()
    const other = await named()
    const body = { ...anna, traits: { plan: 'pro' } }
    for (const each of [site, other])
      await each.play(
        visitor('anna').views('/', body).after('1d').views('/a', body).after('1m').does('Signup', body),
        visitor('ben').views('/b'),
      )
    assert.deepEqual(await site.ask(totals), [[2, 3, 3, 4]])
    const gone = (await visits(site)).find(({ identified }) => identified)!
    assert.ok(isIdentified(gone.visitor))
    await call('DELETE', `/api/v1/sites/${site.domain}/visitors/${encodeURIComponent('anna@example.com')}`)
    assert.deepEqual(await site.ask(totals), [[1, 1, 1, 1]])
    assert.deepEqual(await site.ask({ dimensions: ['event:page'] }), [['/b', 1]])
    assert.equal((await w.api('GET', `/api/v2/sessions/${gone.id}?site_id=${site.domain}`)).status, 404)
    await call('DELETE', `/api/v1/sites/${site.domain}/visitors/nobody`)
    assert.deepEqual(await other.ask(totals), [[2, 3, 3, 4]])
    // What comes later is hers again, as that of anybody new, and without what was said of her before.
    w.now += 3_600_000
    await site.play(visitor('anna').views('/', anna))
    assert.deepEqual(await site.ask(totals), [[2, 2, 2, 2]])
    const [again] = await visits(site)
    assert.equal((await call<VisitTimeline>('GET', `/api/v2/sessions/${again!.id}?site_id=${site.domain}`)).traits, null)
  })

  test('nothing that is stored of a visit holds the name', async () => {
    const site = await named()
    await site.play(visitor('anna').views('/', anna))
    await w.running().flush()
    const { body } = await w.api('GET', `/api/v1/sites/${site.domain}/export`)
    const text = JSON.stringify(body)
    assert.match(text, /timestamp/)
    assert.doesNotMatch(text, /anna/)
  })
})
