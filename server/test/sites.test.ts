import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

onEveryEngine('sites API', (engine) => {
  const footfall = world(engine)
  const { api } = footfall
  const SITES = '/api/v1/sites'
  const url = (domain: string) => `${SITES}/${encodeURIComponent(domain)}`

  test('a site is made, shown, changed, listed and deleted', async () => {
    const made = await api('POST', SITES, { domain: 'https://www.Shop.example/', timezone: 'Asia/Kathmandu' })
    const { id, ...site } = made.body as { id: number }
    assert.deepEqual(
      [made.status, site],
      [
        200,
        {
          domain: 'shop.example',
          timezone: 'Asia/Kathmandu',
          tracker: {},
          shields: {},
          ingest_rate_limit: null,
          respect_dnt: false,
          public: false,
          drop_data_centers: false,
          keep_months: null,
          allowed_props: null,
          created_at: '2026-06-17T12:00:00.000Z',
        },
      ],
    )
    assert.deepEqual(await api('GET', url('WWW.shop.example')), made)
    const patch = { domain: 'shop.example/uk', tracker: { hash: true }, shields: { ip: ['192.0.2.0/24'], country: ['AQ'] } }
    const changed = { status: 200, body: { id, ...site, ...patch } }
    assert.deepEqual(await api('PUT', url('shop.example'), patch), changed)
    assert.deepEqual(await api('GET', url('shop.example/uk')), changed)
    assert.equal((await api('GET', url('shop.example'))).status, 404)
    assert.deepEqual(await api('DELETE', url('shop.example/uk')), { status: 200, body: { deleted: true } })
    assert.equal((await api('DELETE', url('shop.example/uk'))).status, 404)
  })

  test('the list comes in pages, by domain', async () => {
    for (const name of ['list-b', 'list-c', 'list-a']) await api('POST', SITES, { domain: `${name}.example` })
    const page = async (query: string) => {
      const { body } = await api('GET', `${SITES}?${query}`)
      const { sites, meta } = body as { sites: { domain: string }[]; meta: object }
      return [sites.map(({ domain }) => domain), meta]
    }
    assert.deepEqual(await page('limit=2&after=list'), [
      ['list-a.example', 'list-b.example'],
      { after: 'list-b.example', before: null, limit: 2 },
    ])
    assert.deepEqual(await page('limit=1&after=list-b.example'), [['list-c.example'], { after: null, before: null, limit: 1 }])
    for (const query of ['limit=0', 'limit=1001', 'limit=x']) assert.equal((await api('GET', `${SITES}?${query}`)).status, 400, query)
  })

  const refused: [string, object | string, string][] = [
    ['no domain', {}, 'domain'],
    ['a domain of the wrong type', { domain: 7 }, 'domain'],
    ['a domain that is none', { domain: 'not a domain' }, 'domain'],
    ['an overlong domain', { domain: 'a'.repeat(400) }, 'domain'],
    ['a time zone nobody has', { domain: 'a.example', timezone: 'Mars/Olympus' }, 'timezone'],
    ['an offset as time zone', { domain: 'a.example', timezone: '+05:45' }, 'timezone'],
    ['a shield that is no address', { domain: 'a.example', shields: { ip: ['192.0.2.0/33'] } }, 'shields.ip'],
    ['an unknown option of the tracker', { domain: 'a.example', tracker: { cookies: true } }, 'tracker'],
    ['an unknown key', { domain: 'a.example', owner: 'me' }, 'owner'],
  ]
  for (const [what, body, field] of refused) {
    test(`${what} is a 400 that names ${field}`, async () => {
      const { status, body: answer } = await api('POST', SITES, body)
      assert.deepEqual([status, Object.keys((answer as { errors: object }).errors)], [400, [field]])
      assert.equal((await api('GET', url('a.example'))).status, 404)
    })
  }

  test('a domain that is taken is a 409, for a new site and for a renamed one', async () => {
    await api('POST', SITES, { domain: 'taken.example' })
    await api('POST', SITES, { domain: 'other.example' })
    const conflict = { status: 409, body: { error: 'There is a site taken.example already.', code: 'conflict' } }
    assert.deepEqual(await api('POST', SITES, { domain: 'www.TAKEN.example' }), conflict)
    assert.deepEqual(await api('PUT', url('other.example'), { domain: 'taken.example' }), conflict)
  })

  test('without a key nothing is told, with one of another scope neither', async () => {
    const app = footfall.running().app
    assert.equal((await app.inject({ method: 'GET', url: SITES })).statusCode, 401)
    const authorization = `Bearer ${await footfall.running().createKey('stats only', ['stats'])}`
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const payload = method === 'PUT' ? { payload: {} } : {}
      assert.equal((await app.inject({ method, url: url('x.example'), headers: { authorization }, ...payload })).statusCode, 403, method)
    }
  })

  test('goals are found or made, listed in order of creation, and deleted', async () => {
    const { domain: site_id } = await footfall.site()
    const GOALS = `${SITES}/goals`
    const put = (goal: object) => api('PUT', GOALS, { site_id, ...goal })
    const given = [
      { goal_type: 'event', event_name: 'Signup' },
      { goal_type: 'event', event_name: 'Purchase', currency: 'EUR', custom_props: { plan: 'pro', term: 'year' } },
      { goal_type: 'page', page_path: '/blog/**' },
      { goal_type: 'page', page_path: '/long', scroll_threshold: 90 },
      { goal_type: 'page', page_path: '/thanks', display_name: 'Thanked' },
    ]
    const names = ['Signup', 'Purchase', 'Visit /blog/**', 'Scroll 90% on /long', 'Thanked']
    const goals: { id: number }[] = []
    for (const [index, goal] of given.entries()) {
      const made = await put(goal)
      const { id, ...rest } = made.body as { id: number }
      assert.deepEqual([made.status, rest], [200, { display_name: names[index], ...goal }])
      goals.push({ id, ...rest })
    }
    const again = { ...given[1]!, custom_props: { term: 'year', plan: 'pro' } }
    const answers = await Promise.all([put(again), put(again), put({ ...given[0]!, display_name: 'Renamed' })])
    assert.deepEqual(
      answers.map(({ body }) => (body as { id: number }).id),
      [goals[1]!.id, goals[1]!.id, goals[0]!.id],
    )
    const list = () => api('GET', `${GOALS}?site_id=${site_id}`)
    assert.deepEqual(await list(), { status: 200, body: { goals } })
    const other = await footfall.site()
    assert.equal((await api('DELETE', `${GOALS}/${goals[0]!.id}?site_id=${other.domain}`)).status, 404)
    assert.deepEqual(await api('DELETE', `${GOALS}/${goals[0]!.id}`, { site_id }), { status: 200, body: { deleted: true } })
    assert.deepEqual(await api('DELETE', `${GOALS}/${goals[1]!.id}?site_id=${site_id}`), { status: 200, body: { deleted: true } })
    assert.deepEqual((await list()).body, { goals: goals.slice(2) })
    const conflict = await put({ goal_type: 'event', event_name: 'Else', display_name: 'Thanked' })
    assert.deepEqual([conflict.status, (conflict.body as { error: string }).error], [409, 'Another goal of the site is called "Thanked".'])
  })

  const wrongGoals: [object, string][] = [
    [{ goal_type: 'event' }, 'event_name'],
    [{ goal_type: 'page' }, 'page_path'],
    [{ goal_type: 'page', page_path: 'blog' }, 'page_path'],
    [{ goal_type: 'page', page_path: '/', event_name: 'x' }, 'event_name'],
    [{ goal_type: 'page', page_path: '/', currency: 'EUR' }, 'currency'],
    [{ goal_type: 'event', event_name: 'x', scroll_threshold: 5 }, 'scroll_threshold'],
    [{ goal_type: 'page', page_path: '/', scroll_threshold: 101 }, 'scroll_threshold'],
    [{ goal_type: 'event', event_name: 'x', currency: 'Euro' }, 'currency'],
    [{ goal_type: 'event', event_name: 'x', custom_props: { '': 'y' } }, 'custom_props'],
    [
      { goal_type: 'event', event_name: 'x', custom_props: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`p${i}`, 'y'])) },
      'custom_props',
    ],
  ]
  for (const [goal, field] of wrongGoals) {
    test(`the goal ${JSON.stringify(goal).slice(0, 70)} is a 400 that names ${field}`, async () => {
      const { domain: site_id } = await footfall.site()
      const { status, body } = await api('PUT', `${SITES}/goals`, { site_id, ...goal })
      assert.deepEqual([status, Object.keys((body as { errors: object }).errors)], [400, [field]])
    })
  }

  test('a shared link is found or made by its name', async () => {
    const { domain: site_id } = await footfall.site()
    const put = (name: string) => api('PUT', `${SITES}/shared-links`, { site_id, name })
    const [first, same, other] = await Promise.all([put('Board'), put('Board'), put('Press')])
    assert.equal(first.status, 200)
    assert.match((first.body as { url: string }).url, /^http:\/\/localhost:3000\/share\/[\w-]{22}$/)
    assert.deepEqual([same, (other.body as { name: string }).name], [first, 'Press'])
    assert.notEqual((other.body as { url: string }).url, (first.body as { url: string }).url)
    assert.equal((await api('PUT', `${SITES}/shared-links`, { site_id: 'nobody.example', name: 'x' })).status, 404)
  })

  test('a deleted site is not counted any more, and its visits do not come back with its domain; its neighbour stays', async () => {
    const gone = await footfall.site()
    const stays = await footfall.site()
    await gone.play(visitor('a').views('/'))
    await stays.play(visitor('a').views('/'))
    await footfall.running().flush()
    await gone.play(visitor('b').views('/late'))
    assert.equal((await api('DELETE', url(gone.domain))).status, 200)
    await footfall.running().flush()
    const [reply] = await gone.play(visitor('c').views('/'))
    assert.equal(reply!.dropped, 'not_found')
    await api('POST', SITES, { domain: gone.domain })
    assert.deepEqual(await gone.ask({ metrics: ['visitors', 'pageviews'] }), [[0, 0]])
    assert.deepEqual(await stays.ask({ metrics: ['visitors', 'pageviews'] }), [[1, 1]])
  })
})
