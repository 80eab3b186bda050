import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { NamesResult } from '@footfall/contract/names-used.ts'
import type { QueryResult } from '@footfall/contract/query.ts'
import type { Link, SharePass } from '@footfall/contract/sharing.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

onEveryEngine('shared dashboards', (engine) => {
  const w = world(engine)

  /** A site on which anna reads the blog and then something secret, ben only secret pages, and cleo the blog alone. */
  async function blog(settings: Record<string, unknown> = {}) {
    const site = await w.site(settings)
    await w.api('PUT', '/api/v1/sites/goals', { site_id: site.domain, goal_type: 'event', event_name: 'Signup' })
    await site.play(
      visitor('anna').views('/blog/a', { referrer: 'https://www.google.com/' }).after('10s').views('/secret').after('5s').does('Signup'),
      visitor('ben').views('/secret', { p: { plan: 'gold' } }),
      visitor('cleo').views('/blog/b'),
    )
    await w.running().flush()
    return site
  }

  async function link(domain: string, body: Record<string, unknown> = {}) {
    const made = await w.api('POST', `/api/v1/sites/${domain}/shared-links`, { name: 'A link', ...body })
    assert.equal(made.status, 200, JSON.stringify(made.body))
    const { id, url } = made.body as Link
    return { id, token: url.split('/').at(-1)! }
  }

  async function segment(domain: string, filters: unknown[]) {
    return ((await w.api('POST', `/api/v1/sites/${domain}/segments`, { name: 'Part', filters })).body as { id: number }).id
  }

  type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
  async function as(credential: string | null, method: Method, url: string, body?: object, headers: Record<string, string> = {}) {
    const authorization = credential === null ? {} : { authorization: `Share ${credential}` }
    const response = await w
      .running()
      .app.inject({ method, url, headers: { ...authorization, ...headers }, ...(body && { payload: body }) })
    return { status: response.statusCode, headers: response.headers, body: response.body.startsWith('{') ? response.json() : response.body }
  }

  const ask = (credential: string | null, site_id: string, question: object = {}) =>
    as(credential, 'POST', '/api/v2/query', { site_id, metrics: ['visitors'], date_range: 'day', ...question })
  const rows = async (credential: string, domain: string, question: object = {}) => {
    const { status, body } = await ask(credential, domain, question)
    assert.equal(status, 200, JSON.stringify(body))
    return (body as QueryResult).results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])
  }

  it('a link opens its site for reading and nothing else', async () => {
    const [site, other] = [await blog({ timezone: 'Europe/Vienna' }), await blog()]
    const { token } = await link(site.domain)
    const { domain } = site
    assert.deepEqual((await as(null, 'GET', `/api/share/${token}`)).body, {
      needs_password: false,
      site: { domain, timezone: 'Europe/Vienna' },
      limited: false,
      embed: true,
    })
    assert.deepEqual(await rows(token, domain), [[3]])
    const url = `/api/v1/stats/realtime/visitors?site_id=${domain}`
    assert.deepEqual((await as(null, 'GET', `${url}&share=${token}`)).body, '3')
    assert.equal((await as(token, 'GET', `/api/v1/sites/${domain}/annotations`)).status, 200)

    const id = String(((await w.api('GET', `/api/v1/sites/${other.domain}`)).body as { id: number }).id)
    for (const name of [other.domain, id, `${other.domain}/`, 'nowhere.example'])
      assert.equal((await ask(token, name)).status, 404, `${name} is another site`)
    const closed: [Method, string, object?][] = [
      ['GET', '/api/v1/sites'],
      ['GET', `/api/v1/sites/${domain}`],
      ['PUT', `/api/v1/sites/${domain}`, { public: true }],
      ['DELETE', `/api/v1/sites/${domain}`],
      ['GET', `/api/v1/sites/${domain}/shared-links`],
      ['GET', `/api/v1/sites/${domain}/segments`],
      ['GET', `/api/v1/sites/${domain}/dropped`],
      ['GET', `/api/v1/sites/${domain}/export`],
      ['POST', `/api/v1/sites/${domain}/annotations`, { date: '2026-01-01', text: 'x' }],
      ['POST', '/api/v2/sessions', { site_id: domain, date_range: 'day' }],
      ['GET', `/api/v2/sessions/1-1?site_id=${domain}`],
      ['GET', '/api/keys'],
      ['POST', '/api/keys', { name: 'x', scopes: ['stats'] }],
    ]
    for (const [method, address, body] of closed)
      assert.equal((await as(token, method, address, body)).status, 403, `${method} ${address} is not for guests`)
    assert.equal((await as(token, 'GET', `/api/v1/sites/${other.domain}/annotations`)).status, 404)
  })

  it('a link that was removed opens nothing', async () => {
    const { domain } = await blog()
    const { id, token } = await link(domain)
    assert.equal((await ask(token, domain)).status, 200)
    assert.equal((await w.api('DELETE', `/api/v1/sites/${domain}/shared-links/${id}`)).status, 200)
    assert.equal((await ask(token, domain)).status, 401)
    assert.equal((await as(null, 'GET', `/api/share/${token}`)).status, 404)
    assert.equal((await as(null, 'GET', `/api/v1/stats/realtime/stream?site_id=${domain}&share=${token}`)).status, 401)
  })

  it('a password is exchanged for a pass, which ends with a day or another password', async () => {
    const { domain } = await blog()
    const { id, token } = await link(domain, { password: 'open sesame' })
    const locked = { needs_password: true, site: null, limited: false, embed: true }
    assert.deepEqual((await as(null, 'GET', `/api/share/${token}`)).body, locked)
    assert.equal((await ask(token, domain)).status, 401)
    assert.equal((await as(null, 'POST', `/api/share/${token}`, { password: 'open barley' })).status, 401)
    const given = (await as(null, 'POST', `/api/share/${token}`, { password: 'open sesame' })).body as SharePass
    const pass = given.credential
    assert.deepEqual(await rows(pass, domain), [[3]])
    assert.equal((await as(null, 'GET', `/api/share/${pass}`)).body.site.domain, domain)

    const { token: second } = await link(domain, { name: 'Another', password: 'open sesame' })
    const [, expires, signature] = pass.split('.')
    const forged = [
      `${second}.${expires}.${signature}`,
      `${token}.${Number(expires) + 9}.${signature}`,
      `${token}.${expires}.${'A'.repeat(43)}`,
      `${token}.${expires}.`,
      `${token}.${expires}`,
    ]
    for (const credential of forged) assert.equal((await ask(credential, domain)).status, 401, credential)

    const before = w.now
    w.now += 24 * 3600 * 1000 + 1000
    assert.equal((await ask(pass, domain)).status, 401, 'a day is over')
    w.now = before
    assert.equal((await ask(pass, domain)).status, 200)
    await w.api('PUT', `/api/v1/sites/${domain}/shared-links/${id}`, { password: 'new password' })
    assert.equal((await ask(pass, domain)).status, 401, 'the password is another one')
    await w.api('PUT', `/api/v1/sites/${domain}/shared-links/${id}`, { password: null })
    assert.deepEqual(await rows(token, domain), [[3]])
  })

  it('who guesses passwords has to wait', async () => {
    const { domain } = await blog()
    const { token } = await link(domain, { password: 'open sesame' })
    const tries = []
    for (let count = 0; count < 25; count++) {
      const headers = { 'x-forwarded-for': '198.51.100.7' }
      tries.push(await as(null, 'POST', `/api/share/${token}`, { password: `guess ${count}` }, headers))
    }
    assert.deepEqual([...new Set(tries.map(({ status }) => status))], [401, 429])
    assert.ok(Number(tries.at(-1)!.headers['retry-after']) > 0)
  })

  describe('limited to a segment of events', () => {
    const BLOG = [['contains', 'event:page', ['/blog']]]
    async function limited(filters: unknown[] = BLOG) {
      const site = await blog()
      const id = await segment(site.domain, filters)
      return { ...site, segment: id, ...(await link(site.domain, { segment: id })) }
    }

    it('every question is asked within it', async () => {
      const { domain, token } = await limited()
      assert.deepEqual(await rows(token, domain), [[2]])
      assert.deepEqual(await rows(token, domain, { dimensions: ['event:page'], order_by: [['event:page', 'asc']] }), [
        ['/blog/a', 1],
        ['/blog/b', 1],
      ])
      const { body } = await ask(token, domain, { filters: [['is', 'event:page', ['/blog/a']]] })
      assert.deepEqual((body as QueryResult).results[0]!.metrics, [1])
      assert.deepEqual((body as QueryResult).query.filters, [['is', 'event:page', ['/blog/a']]], 'the echo tells nothing of the segment')
      assert.equal((await as(null, 'GET', `/api/v1/stats/realtime/visitors?site_id=${domain}&share=${token}`)).body, '2')
      const now = (await as(token, 'GET', `/api/v1/stats/realtime?site_id=${domain}`)).body
      assert.deepEqual(now.pages.map(({ page }: { page: string }) => page).toSorted(), ['/blog/a', '/blog/b'])
      assert.deepEqual([...new Set(now.events.map(({ page }: { page: string }) => page))].toSorted(), ['/blog/a', '/blog/b'])
      const v1 = `/api/v1/stats/breakdown?site_id=${domain}&period=day&property=event:page`
      const listed = (await as(token, 'GET', v1)).body.results as { page: string }[]
      assert.deepEqual(listed.map(({ page }) => page).toSorted(), ['/blog/a', '/blog/b'])
      const names = (await as(token, 'POST', '/api/v2/names', { site_id: domain, date_range: 'day' })).body as NamesResult
      assert.deepEqual(names.events, [{ name: 'pageview', events: 2, visitors: 2 }])
      assert.deepEqual(names.properties, [])
    })

    const SECRET = ['is', 'event:page', ['/secret']]
    const hostile: [string, unknown[]][] = [
      ['the page itself', [SECRET]],
      ['or', [['or', [SECRET, ['is_not', 'visit:country', ['XX']]]], SECRET]],
      ['has_done', [['has_done', SECRET]]],
      [
        'has_done in an or',
        [
          [
            'or',
            [
              ['has_done', SECRET],
              ['is', 'visit:source', ['nobody']],
            ],
          ],
        ],
      ],
      ['has_done in a not, twice', [['not', ['not', ['has_done', SECRET]]]]],
      ['another value of the filter', [['contains', 'event:page', ['/blog', '/secret']], SECRET]],
    ]
    for (const [what, filters] of hostile)
      it(`${what} finds nothing outside`, async () => {
        const { domain, token } = await limited()
        for (const metrics of [['visitors'], ['visits', 'bounce_rate'], ['visitors', 'visits', 'events']])
          assert.equal((await rows(token, domain, { filters, metrics }))[0]![0], 0, metrics.join())
      })

    it('has_not_done does not tell who did something outside', async () => {
      const { domain, token } = await limited()
      assert.deepEqual(await rows(token, domain, { filters: [['has_not_done', SECRET]] }), [[2]])
    })

    it('totals that rates are made from do not leave the segment', async () => {
      const { domain, token } = await limited([['is', 'event:props:plan', ['gold']]])
      const { body } = await ask(token, domain, { metrics: ['visitors', 'percentage'], dimensions: ['event:page'] })
      assert.deepEqual(
        (body as QueryResult).results.map(({ metrics }) => metrics),
        [[1, 100]],
      )
    })

    it('a goal as segment keeps rates within it', async () => {
      const { domain, token } = await limited([['is', 'event:goal', ['Signup']]])
      assert.deepEqual(await rows(token, domain, { metrics: ['visitors', 'conversion_rate'] }), [[1, 100]])
    })

    it('journeys, which go through all pages of a visit, are refused; funnels stay within', async () => {
      const { domain, token } = await limited([['is', 'visit:source', ['Google']], ...BLOG])
      assert.equal((await as(token, 'POST', '/api/v2/journeys', { site_id: domain, date_range: 'day', direction: 'next' })).status, 403)
      const own = await limited([['is', 'visit:source', ['Google']]])
      const journeys = await as(own.token, 'POST', '/api/v2/journeys', { site_id: own.domain, date_range: 'day', direction: 'next' })
      assert.deepEqual([journeys.status, journeys.body.meta], [200, { visits: 1 }])
      const retention = { site_id: own.domain, date_range: 'day', period: 'day' }
      assert.equal((await as(own.token, 'POST', '/api/v2/retention', retention)).body.cohorts[0].visitors, 1)
      await w.api('PUT', '/api/v1/sites/goals', { site_id: own.domain, goal_type: 'page', page_path: '/secret' })
      const funnel = { site_id: own.domain, date_range: 'day', steps: ['Visit /secret', 'Signup'] }
      assert.equal((await as(own.token, 'POST', '/api/v2/funnel', funnel)).body.all_visitors, 1)
    })

    it('no report finds what is outside, asked for by name', async () => {
      const { domain, token } = await limited()
      await w.api('PUT', '/api/v1/sites/goals', { site_id: domain, goal_type: 'page', page_path: '/secret' })
      const asked = { site_id: domain, date_range: 'day', filters: [SECRET] }
      const names = (await as(token, 'POST', '/api/v2/names', asked)).body as NamesResult
      assert.deepEqual([names.events, names.properties], [[], []])
      const retention = await as(token, 'POST', '/api/v2/retention', { ...asked, period: 'day' })
      assert.deepEqual([retention.status, retention.body.cohorts[0].visitors], [200, 0])
      const steps = { site_id: domain, date_range: 'day', steps: ['Visit /secret', 'Signup'] }
      const funnel = await as(token, 'POST', '/api/v2/funnel', steps)
      // Steps look at events as the segment does: refused rather than asked without one of both, as what no other question would open.
      assert.deepEqual([funnel.status, funnel.body.code], [403, 'forbidden'])
      // A segment of visits leaves the guest's own filters to be refused as anybody's.
      const visits = await limited([['is', 'visit:source', ['Google']]])
      await w.api('PUT', '/api/v1/sites/goals', { site_id: visits.domain, goal_type: 'page', page_path: '/secret' })
      const own = await as(visits.token, 'POST', '/api/v2/funnel', { ...steps, site_id: visits.domain, filters: [SECRET] })
      assert.deepEqual([own.status, own.body.code], [400, 'invalid_query'])
    })

    it('the segment cannot be deleted under the link, and its changes count at once', async () => {
      const { domain, token, segment: id } = await limited()
      assert.equal((await w.api('DELETE', `/api/v1/sites/${domain}/segments/${id}`)).status, 409)
      await w.api('PUT', `/api/v1/sites/${domain}/segments/${id}`, { filters: [['is', 'event:page', ['/blog/b']]] })
      assert.deepEqual(await rows(token, domain), [[1]])
      const other = await w.site()
      const refused = await w.api('POST', `/api/v1/sites/${other.domain}/shared-links`, { name: 'x', segment: id })
      assert.equal(refused.status, 400, 'the segment of another site')
    })

    it('an answer that was kept for somebody else is not given to a guest', async () => {
      const { domain, token } = await limited()
      const question = { site_id: domain, metrics: ['visitors'], date_range: ['2026-06-17', '2026-06-17'] }
      for (let round = 0; round < 2; round++) {
        assert.deepEqual(((await w.api('POST', '/api/v2/query', question)).body as QueryResult).results[0]!.metrics, [3])
        assert.deepEqual(await rows(token, domain, question), [[2]])
      }
    })
  })

  it('a public site is shared under its domain, until it is not', async () => {
    const { domain } = await blog()
    assert.equal((await as(null, 'GET', `/api/share/${domain}`)).status, 404)
    assert.equal((await ask(domain, domain)).status, 401)
    await w.api('PUT', `/api/v1/sites/${domain}`, { public: true })
    const state = (await as(null, 'GET', `/api/share/${domain}`)).body
    assert.deepEqual([state.needs_password, state.site.domain], [false, domain])
    assert.deepEqual(await rows(domain, domain), [[3]])
    assert.equal((await ask(null, domain)).status, 401, 'a public site too is asked for as such')
    const { id } = (await w.api('GET', `/api/v1/sites/${domain}`)).body as { id: number }
    assert.equal((await as(null, 'GET', `/api/share/${id}`)).status, 404, 'not by its number')
    await w.api('PUT', `/api/v1/sites/${domain}`, { public: false })
    assert.equal((await ask(domain, domain)).status, 401)
  })

  it('links are listed, changed, found by name as in Plausible’s API, and bound', async () => {
    const { domain } = await w.site()
    const { id, token } = await link(domain, { name: 'Board', embed_origins: ['https://intra.example'] })
    const url = `http://localhost:3000/share/${token}`
    const listed = (await w.api('GET', `/api/v1/sites/${domain}/shared-links`)).body as { links: Link[] }
    const { created_at, ...rest } = listed.links[0]!
    assert.deepEqual(rest, { id, name: 'Board', url, password: false, segment: null, embed_origins: ['https://intra.example'] })
    assert.equal(created_at, new Date(w.now).toISOString().replace(/\.\d+/, '.000'))
    assert.deepEqual((await w.api('PUT', '/api/v1/sites/shared-links', { site_id: domain, name: 'Board' })).body, { name: 'Board', url })
    assert.equal((await w.api('POST', `/api/v1/sites/${domain}/shared-links`, { name: 'Board' })).status, 409)
    for (const origins of [['https://a.example; script-src *'], ["'self'"], ['*'], ['https://a.example/path'], ['javascript:x']]) {
      const { status } = await w.api('PUT', `/api/v1/sites/${domain}/shared-links/${id}`, { embed_origins: origins })
      assert.equal(status, 400, String(origins))
    }
    const other = await w.site()
    assert.equal((await w.api('DELETE', `/api/v1/sites/${other.domain}/shared-links/${id}`)).status, 404)
    assert.equal((await w.api('PUT', `/api/v1/sites/${other.domain}/shared-links/${id}`, { name: 'Mine' })).status, 404)
  })
})
