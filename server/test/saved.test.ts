import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Funnel, FunnelResult } from '@footfall/contract/funnels.ts'
import fc from 'fast-check'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

onEveryEngine('what is kept beside a site', (engine) => {
  const w = world(engine)
  const { api } = w
  const url = (domain: string, what: string, id?: number) => `/api/v1/sites/${domain}/${what}${id === undefined ? '' : `/${id}`}`
  const goal = (domain: string, body: Record<string, unknown>) => api('PUT', '/api/v1/sites/goals', { site_id: domain, ...body })

  /** A site with two goals. */
  async function shop() {
    const site = await w.site()
    await goal(site.domain, { goal_type: 'page', page_path: '/cart' })
    await goal(site.domain, { goal_type: 'event', event_name: 'Purchase' })
    return site
  }

  it('a segment is made, asked with, renamed and deleted', async () => {
    const site = await w.site()
    await site.play(visitor('anna').views('/'), visitor('ben').views('/blog'))
    const filters = [['is', 'event:page', ['/blog']]]
    const made = await api('POST', url(site.domain, 'segments'), { name: 'Readers', filters })
    const { id } = made.body as { id: number }
    assert.deepEqual(made, { status: 200, body: { id, name: 'Readers', filters } })
    assert.deepEqual(await site.ask({ filters: [['is', 'segment', [id]]] }), [[1]])
    const renamed = { status: 200, body: { id, name: 'Blog', filters } }
    assert.deepEqual(await api('PUT', url(site.domain, 'segments', id), { name: 'Blog' }), renamed)
    assert.deepEqual(await api('GET', url(site.domain, 'segments')), { status: 200, body: { segments: [renamed.body] } })
    assert.equal((await api('POST', url(site.domain, 'segments'), { name: 'Blog', filters })).status, 409)
    const other = await w.site()
    assert.equal((await api('DELETE', url(other.domain, 'segments', id))).status, 404)
    assert.deepEqual(await api('DELETE', url(site.domain, 'segments', id)), { status: 200, body: { deleted: true } })
    assert.equal((await api('PUT', url(site.domain, 'segments', id), { name: 'x' })).status, 404)
  })

  it('an annotation is made, moved, listed by its day and deleted', async () => {
    const { domain } = await w.site()
    const make = async (date: string, text: string) =>
      ((await api('POST', url(domain, 'annotations'), { date, text })).body as { id: number }).id
    const [late, early] = [await make('2026-06-10', 'Release 2'), await make('2026-05-01', 'Campaign')]
    const list = async (query = '') =>
      ((await api('GET', url(domain, 'annotations') + query)).body as { annotations: unknown[] }).annotations
    const [campaign, release] = [
      { id: early, date: '2026-05-01', text: 'Campaign' },
      { id: late, date: '2026-06-10', text: 'Release 2' },
    ]
    assert.deepEqual(await list(), [campaign, release])
    assert.deepEqual(await list('?from=2026-05-02&to=2026-06-10'), [release])
    assert.deepEqual((await api('PUT', url(domain, 'annotations', late), { date: '2026-06-11' })).body, { ...release, date: '2026-06-11' })
    assert.deepEqual(await api('DELETE', url(domain, 'annotations', late)), { status: 200, body: { deleted: true } })
    assert.deepEqual(await list(), [campaign])
  })

  it('a funnel is stored, asked, and holds its goals', async () => {
    const { domain, play } = await shop()
    const definition = { name: 'Checkout', steps: ['Visit /cart', 'Purchase'], window_seconds: 600 }
    const made = await api('POST', url(domain, 'funnels'), definition)
    const { id } = made.body as Funnel
    assert.deepEqual(made, { status: 200, body: { id, ...definition } })
    assert.deepEqual(await api('GET', url(domain, 'funnels')), { status: 200, body: { funnels: [made.body] } })
    await play(
      visitor('anna').views('/', { referrer: 'https://www.google.com/' }).after('1m').views('/cart').after('9m').does('Purchase'),
      visitor('late').views('/cart').after('601s').does('Purchase'),
      visitor('backwards').does('Purchase').after('1m').views('/cart'),
      visitor('ben').views('/'),
    )
    await w.running().flush()
    const ask = (body: Record<string, unknown>) => api('POST', '/api/v2/funnel', { site_id: domain, date_range: 'day', ...body })
    const { status, body } = await ask({ funnel: id, dimension: 'visit:source' })
    const { by_dimension, query, ...numbers } = body as FunnelResult
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual(numbers, {
      all_visitors: 4,
      entering_visitors: 3,
      entering_visitors_percentage: 75,
      never_entering_visitors: 1,
      never_entering_visitors_percentage: 25,
      steps: [
        { label: 'Visit /cart', visitors: 3, conversion_rate: 100, conversion_rate_step: 0, dropoff: 0, dropoff_percentage: 0 },
        { label: 'Purchase', visitors: 1, conversion_rate: 33.33, conversion_rate_step: 33.33, dropoff: 2, dropoff_percentage: 66.67 },
      ],
    })
    assert.deepEqual(
      by_dimension?.map(({ value, all_visitors, steps }) => [value, all_visitors, ...steps.map(({ visitors }) => visitors)]),
      [
        ['Direct / None', 3, 2, 0],
        ['Google', 1, 1, 1],
      ],
    )
    assert.deepEqual([query.steps, query.window_seconds, query.dimension], [definition.steps, 600, 'visit:source'])
    // A second more lets the late one in; asked with steps of the question's own.
    const wider = (await ask({ steps: definition.steps, window_seconds: 601 })).body as FunnelResult
    assert.deepEqual(
      wider.steps.map(({ visitors }) => visitors),
      [3, 2],
    )

    const goals = (await api('GET', `/api/v1/sites/goals?site_id=${domain}`)).body as { goals: { id: number }[] }
    const refused = await api('DELETE', `/api/v1/sites/goals/${goals.goals[0]!.id}?site_id=${domain}`)
    assert.equal(refused.status, 409)
    assert.deepEqual(await api('DELETE', url(domain, 'funnels', id)), { status: 200, body: { deleted: true } })
    assert.equal((await api('DELETE', `/api/v1/sites/goals/${goals.goals[0]!.id}?site_id=${domain}`)).status, 200)
    assert.equal((await ask({ funnel: id })).status, 400)
  })

  it('a stored funnel is changed, keeps its id, and is asked as it is now', async () => {
    const { domain, play } = await shop()
    await goal(domain, { goal_type: 'page', page_path: '/' })
    const made = await api('POST', url(domain, 'funnels'), { name: 'Checkout', steps: ['Visit /cart', 'Purchase'], window_seconds: 600 })
    const funnel = made.body as Funnel
    const change = (patch: Record<string, unknown>) => api('PUT', url(domain, 'funnels', funnel.id), patch)
    await play(visitor('anna').views('/').after('1m').views('/cart').after('9m').does('Purchase'), visitor('ben').views('/'))
    await w.running().flush()
    const reached = async () => {
      const { body } = await api('POST', '/api/v2/funnel', { site_id: domain, date_range: 'day', funnel: funnel.id })
      return (body as FunnelResult).steps.map(({ label, visitors }) => [label, visitors])
    }
    assert.deepEqual(await reached(), [
      ['Visit /cart', 1],
      ['Purchase', 1],
    ])
    const steps = ['Visit /', 'Visit /cart', 'Purchase']
    assert.deepEqual(await change({ steps }), { status: 200, body: { ...funnel, steps } })
    // From / to the purchase are ten minutes, so a window of nine ends before it.
    assert.deepEqual(await change({ name: 'To the till', window_seconds: 540 }), {
      status: 200,
      body: { ...funnel, name: 'To the till', steps, window_seconds: 540 },
    })
    assert.deepEqual(await reached(), [
      ['Visit /', 2],
      ['Visit /cart', 1],
      ['Purchase', 0],
    ])
    await api('POST', url(domain, 'funnels'), { name: 'Other', steps: ['Visit /cart', 'Purchase'] })
    assert.equal((await change({ name: 'Other' })).status, 409)
    for (const wrong of [{}, { steps: ['Visit /cart'] }, { steps: ['Visit /cart', 'Nothing'] }, { id: 7 }, { window_seconds: 0 }])
      assert.equal((await change(wrong)).status, 400, JSON.stringify(wrong))
    const elsewhere = await shop()
    assert.equal((await api('PUT', url(elsewhere.domain, 'funnels', funnel.id), { name: 'x' })).status, 404)
  })

  it('goes with its site', async () => {
    const { domain } = await shop()
    await api('POST', url(domain, 'funnels'), { name: 'Checkout', steps: ['Visit /cart', 'Purchase'] })
    await api('POST', url(domain, 'annotations'), { date: '2026-06-10', text: 'x' })
    assert.equal((await api('DELETE', `/api/v1/sites/${domain}`)).status, 200)
    assert.equal((await api('GET', url(domain, 'funnels'))).status, 404)
  })

  describe('refuses', () => {
    const wrong: [what: string, body: unknown][] = [
      ['segments', { name: 'x', filters: [] }],
      ['segments', { name: '', filters: [['is', 'event:page', ['/']]] }],
      ['segments', { name: 'x', filters: [['is', 'event:colour', ['red']]] }],
      ['segments', { name: 'x', filters: [['is', 'event:goal', ['No such goal']]] }],
      ['segments', { name: 'x', filters: [['is', 'segment', [1]]] }],
      ['annotations', { date: '2026-02-30', text: 'x' }],
      ['annotations', { date: '2026-02-03', text: '' }],
      ['annotations', { date: '2026-02-03', text: 'x'.repeat(501) }],
      ['funnels', { name: 'x', steps: ['Visit /cart'] }],
      ['funnels', { name: 'x', steps: ['Visit /cart', 'Visit /cart'] }],
      ['funnels', { name: 'x', steps: ['Visit /cart', 'Nothing'] }],
      ['funnels', { name: 'x', steps: Array.from({ length: 9 }, (_, index) => `goal ${index}`) }],
      ['funnels', { name: 'x', steps: ['Visit /cart', 'Purchase'], window_seconds: 0 }],
    ]
    for (const [what, body] of wrong) {
      it(`${what} ${JSON.stringify(body).slice(0, 80)}`, async () => {
        const { domain } = await shop()
        assert.equal((await api('POST', url(domain, what), body)).status, 400)
      })
    }

    it('a key with the name of what every object has, as any other that is not known', async () => {
      const { domain } = await shop()
      for (const key of ['valueOf', 'constructor', '__proto__']) {
        const { status, body } = await api('POST', url(domain, 'segments'), { name: 'x', filters: [['is', 'event:page', ['/']]], [key]: 1 })
        assert.ok(status >= 400 && status < 500, `${key}: ${status} ${JSON.stringify(body)}`)
      }
    })

    it('whatever JSON comes, with a 4xx', async () => {
      const { domain } = await shop()
      const text = fc.oneof(fc.string(), fc.constantFrom('2026-06-01', 'Purchase', 'Visit /cart', '\u0000', '__proto__'))
      const filters = fc.array(fc.oneof(fc.jsonValue(), fc.tuple(fc.constantFrom('is', 'and', 'not'), fc.jsonValue(), fc.array(text))))
      const body = fc.oneof(
        fc.jsonValue(),
        fc.record({ name: text, filters }, { requiredKeys: [] }),
        fc.record({ date: text, text: fc.jsonValue() }),
        fc.record({ name: text, steps: fc.array(text), window_seconds: fc.jsonValue() }),
      )
      await fc.assert(
        fc.asyncProperty(fc.constantFrom('segments', 'annotations', 'funnels'), body, async (what, given) => {
          const { status, body: answer } = await api('POST', url(domain, what), JSON.parse(JSON.stringify({ given }))['given'])
          assert.ok(status === 200 || (status >= 400 && status < 500), `${status} ${JSON.stringify(answer)}`)
        }),
        { numRuns: 200 },
      )
    })
  })
})

onEveryEngine('questions with a key', (engine) => {
  const w = world(engine, { keyLimit: 3 })

  it('have a limit by the hour, which the answers tell; the dashboard has none', async () => {
    const { domain: site_id } = await w.site()
    const payload = { site_id, metrics: ['visitors'], date_range: 'day' }
    const { app, createKey } = w.running()
    const ask = (headers: Record<string, string>) => app.inject({ method: 'POST', url: '/api/v2/query', headers, payload })
    const [first, second] = await Promise.all(
      ['a', 'b'].map(async (name) => ({ authorization: `Bearer ${await createKey(name, ['stats'])}` })),
    )
    const told = []
    for (let question = 0; question < 4; question++) {
      const { statusCode, headers } = await ask(first!)
      told.push([
        statusCode,
        headers['x-ratelimit-limit'],
        headers['x-ratelimit-remaining'],
        headers['x-ratelimit-reset'],
        headers['retry-after'],
      ])
      w.now += 60_000
    }
    assert.deepEqual(told, [
      [200, '3', '2', '3600', undefined],
      [200, '3', '1', '3540', undefined],
      [200, '3', '0', '3480', undefined],
      [429, '3', '0', '3420', '3420'],
    ])
    assert.equal((await ask(second!)).statusCode, 200)
    const { cookies } = await app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { email: 'admin@example.com', password: 'correct horse battery' },
    })
    const session = { cookie: `footfall_session=${cookies[0]!.value}`, 'sec-fetch-site': 'same-origin' }
    for (let question = 0; question < 5; question++) {
      const { statusCode, headers } = await ask(session)
      assert.deepEqual([statusCode, headers['x-ratelimit-limit']], [200, undefined])
    }
    w.now += 3_600_000
    assert.equal((await ask(first!)).statusCode, 200)
  })
})
