import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { Umami } from '@umami/node'
import { onEveryEngine } from '../engines.ts'
import { world } from '../world.ts'
import { website } from './website.ts'

const ID = 'b59e9c65-ae32-47f1-8400-119fcf4861c4'

onEveryEngine('clients of Umami', (engine) => {
  const web = website()
  const w = world(engine)
  before(() => web.start(w))

  test('@umami/node: views, events, revenue, identify', async () => {
    const site = await w.site({ domain: 'node.test', aliases: [ID] })
    await w.api('PUT', '/api/v1/sites/goals', { site_id: site.domain, goal_type: 'event', event_name: 'Purchase', currency: 'EUR' })
    const umami = new Umami({ websiteId: ID, hostUrl: web.stats().replace('stats.test', '127.0.0.1') })
    const page = { hostname: 'node.test', language: 'de-AT', referrer: 'https://www.google.com/', title: 'Home', screen: '800x600' }
    const sent = [
      await umami.track({ ...page, url: '/home' }),
      await umami.track({ ...page, url: '/home', name: 'Signup', data: { plan: 'pro', address: { city: 'Graz' } } }),
      await umami.track({ ...page, url: '/shop', name: 'Purchase', data: { revenue: 19.99, currency: 'EUR' } }),
      await umami.track('Bare', { n: 1 }),
      await umami.identify({ plan: 'pro' }),
    ]
    const sessions = new Set<string>()
    for (const response of sent) {
      assert.equal(response.status, 200)
      sessions.add(((await response.json()) as { sessionId: string }).sessionId)
    }
    assert.equal(sessions.size, 2, 'one of the pages of node.test, one of messages that name no page')
    assert.deepEqual((await site.ask({ metrics: ['events'], dimensions: ['event:name', 'event:page'] })).toSorted(), [
      ['Bare', '/', 1],
      ['Purchase', '/shop', 1],
      ['Signup', '/home', 1],
      ['pageview', '/home', 1],
    ])
    assert.deepEqual(await site.ask({ metrics: ['total_revenue'], filters: [['is', 'event:goal', ['Purchase']]] }), [
      [{ currency: 'EUR', value: 19.99, short: '€20.0', long: '€19.99' }],
    ])
    const props = await site.ask({
      dimensions: ['event:props:plan', 'event:props:address.city', 'visit:source'],
      filters: [['is', 'event:name', ['Signup']]],
    })
    assert.deepEqual(props, [['pro', 'Graz', 'Google', 1]])
    const unknown = new Umami({ websiteId: crypto.randomUUID(), hostUrl: web.stats().replace('stats.test', '127.0.0.1') })
    assert.equal((await unknown.track({ ...page, url: '/' })).status, 400)
  })

  test('what its script sends from a page, and what it reads of the answer', async () => {
    const site = await w.site({ domain: 'umami.test' })
    const page = await web.open('umami.test', '/', {})
    const answers = await page.evaluate(
      async ([url, website]) => {
        let cache = ''
        const answers: string[] = []
        for (const payload of [{}, { name: 'Signup' }, { tag: 'blue' }]) {
          const answer = await fetch(url, {
            method: 'POST',
            keepalive: true,
            headers: {
              'Content-Type': 'application/json',
              'x-umami-website-id': website,
              'x-umami-hostname': website,
              'x-umami-cache': cache,
            },
            credentials: 'omit',
            body: JSON.stringify({
              type: 'event',
              payload: {
                website,
                screen: '1200x800',
                language: 'de-AT',
                title: 'Home',
                hostname: website,
                url: `http://${website}/?utm_source=letter`,
                referrer: '',
                ...payload,
              },
            }),
          })
          ;({ cache } = (await answer.json()) as { cache: string })
          answers.push(`${answer.status} ${cache.length}`)
        }
        return answers
      },
      [`${web.stats()}/api/send`, site.domain] as const,
    )
    assert.deepEqual(answers, ['200 43', '200 43', '200 43'])
    assert.deepEqual(await site.ask({ metrics: ['visitors', 'visits', 'pageviews', 'events'] }), [[1, 1, 2, 3]])
    const seen = {
      metrics: ['visits' as const],
      dimensions: ['event:page', 'event:page_title', 'visit:screen', 'visit:language', 'visit:source'],
    }
    assert.deepEqual(await site.ask(seen), [['/', 'Home', 'Laptop', 'de', 'letter', 1]])
  })
})
