import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from './engines.ts'
import { world } from './world.ts'

const UMAMI_ID = 'B59E9C65-ae32-47f1-8400-119fcf4861c4'
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

onEveryEngine('other names of a site', (engine) => {
  const w = world(engine)
  const { api } = w
  const put = (domain: string, body: object) => api('PUT', `/api/v1/sites/${domain}`, body)
  const aliases = async (domain: string) => ((await api('GET', `/api/v1/sites/${domain}`)).body as { aliases?: string[] }).aliases

  test('are set, shown, replaced and taken away', async () => {
    const { domain } = await w.site({ aliases: [UMAMI_ID] })
    assert.deepEqual(await aliases(domain), [UMAMI_ID.toLowerCase()])
    await put(domain, { timezone: 'Europe/Paris' })
    assert.deepEqual(await aliases(domain), [UMAMI_ID.toLowerCase()], 'a patch that does not name them leaves them')
    const changed = await put(domain, { aliases: ['www.Old.example', 'old.example', 'x'] })
    assert.deepEqual((changed.body as { aliases: string[] }).aliases, ['old.example', 'x'])
    const { body } = await api('GET', '/api/v1/sites')
    const listed = (body as { sites: { domain: string; aliases?: string[] }[] }).sites.find((site) => site.domain === domain)
    assert.deepEqual(listed?.aliases, ['old.example', 'x'])
    assert.equal((await put(domain, { aliases: [] })).status, 200)
    assert.equal(await aliases(domain), undefined)
  })

  test('belong to one site, and are gone with it', async () => {
    const [one, two] = [await w.site({ aliases: ['shared'] }), await w.site({ aliases: ['kept'] })]
    for (const taken of ['shared', one.domain]) {
      const refused = await put(two.domain, { timezone: 'Asia/Tokyo', aliases: [taken] })
      assert.deepEqual([refused.status, (refused.body as { code: string }).code], [409, 'conflict'], taken)
    }
    const { body } = await api('GET', `/api/v1/sites/${two.domain}`)
    assert.deepEqual([(body as { aliases: string[] }).aliases, (body as { timezone: string }).timezone], [['kept'], 'Etc/UTC'])
    assert.equal((await api('POST', '/api/v1/sites', { domain: 'half.example', aliases: ['shared'] })).status, 409)
    assert.equal((await api('GET', '/api/v1/sites/half.example')).status, 404, 'a site is made with its aliases or not at all')
    await put(one.domain, { aliases: ['shared', 'taken.example'] })
    assert.equal((await api('POST', '/api/v1/sites', { domain: 'taken.example' })).status, 409, 'nor may a new site be called like one')
    assert.equal((await put(two.domain, { domain: 'taken.example' })).status, 409)
    assert.equal((await put(one.domain, { domain: 'taken.example' })).status, 200, 'its own it may')
    await api('DELETE', '/api/v1/sites/taken.example')
    assert.equal((await put(two.domain, { aliases: ['shared'] })).status, 200)
  })

  test('are ids or host names', async () => {
    const { domain } = await w.site()
    for (const alias of ['', ' ', '42', 'a b', 'a,b', '-a', 'a/b', 'ü', '\0', 'x'.repeat(101)]) {
      assert.equal((await put(domain, { aliases: [alias] })).status, 400, JSON.stringify(alias))
    }
  })

  test('take events of every format', async () => {
    const site = await w.site({ aliases: [UMAMI_ID, 'old.example'] })
    const send = (url: string, body?: object) =>
      w.running().app.inject({
        method: body ? 'POST' : 'GET',
        url,
        headers: { 'user-agent': AGENT, 'content-type': 'application/json' },
        ...(body && { payload: body }),
      })
    await send('/api/event', { n: 'pageview', u: 'https://old.example/event' })
    await send('/api/send', { type: 'event', payload: { website: UMAMI_ID, url: '/send', hostname: 'old.example' } })
    await send('/count?site=old.example&p=/count')
    assert.deepEqual(await site.ask({ metrics: ['pageviews'], dimensions: ['event:page'], order_by: [['event:page', 'asc']] }), [
      ['/count', 1],
      ['/event', 1],
      ['/send', 1],
    ])
  })
})
