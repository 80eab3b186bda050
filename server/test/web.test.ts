import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EMBEDDED } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

describe('the addresses around the API', () => {
  const w = world(EMBEDDED, { baseUrl: 'https://example.com/stats', basePath: '/stats' })
  const get = (url: string, headers: Record<string, string> = {}) => w.running().app.inject({ url, headers })

  test('live and ready', async () => {
    assert.deepEqual((await get('/health/live')).json(), { ok: true })
    const ready = await get('/health/ready')
    assert.deepEqual({ status: ready.statusCode, body: ready.json() }, { status: 200, body: { ok: true, down: [] } })
  })

  test('a public address with a path: with or without it in the request, as the proxy likes', async () => {
    assert.equal((await get('/stats/health/live')).statusCode, 200)
    assert.equal((await get('/health/live')).statusCode, 200)
    assert.equal((await get('/other/health/live')).statusCode, 404)
  })

  test('metrics count what was accepted and what was dropped, by reason', async () => {
    const site = await w.site()
    await site.play(visitor('anna').views('/'), visitor('bot', { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' }).views('/'))
    const { body } = await get('/metrics')
    assert.match(body, /^footfall_events_accepted_total 1$/m)
    assert.match(body, /^footfall_events_dropped_total\{reason="bot"\} 1$/m)
  })

  test('metrics are not for visitors who come through a proxy', async () => {
    const { statusCode, body } = await get('/metrics', { 'x-forwarded-for': '203.0.113.1' })
    assert.deepEqual({ statusCode, code: JSON.parse(body).code }, { statusCode: 403, code: 'forbidden' })
  })

  test('the API describes itself as OpenAPI 3.1, with every address of ours', async () => {
    const described = (await get('/openapi.json')).json()
    assert.equal(described.openapi, '3.1.0')
    for (const path of [
      '/api/event',
      '/api/v2/query',
      '/api/v1/sites',
      '/api/v1/sites/{site}',
      '/api/v1/sites/{site}/import',
      '/api/v1/sites/goals',
    ]) {
      assert.ok(described.paths[path], `${path} is described`)
    }
    assert.equal((await get('/docs/')).statusCode, 200)
  })

  test('the dashboard: any of its addresses, under the base path, with a policy that lets nothing foreign run', async () => {
    for (const url of ['/', '/sites', '/sites/example.com', '/login', '/setup']) {
      const page = await get(url)
      assert.equal(page.statusCode, 200, url)
      assert.match(page.body, /"basePath":"\/stats"/)
      assert.doesNotMatch(page.body, /__footfall_base__|__FOOTFALL_SETTINGS__/)
      const policy = String(page.headers['content-security-policy'])
      assert.match(policy, /script-src 'self' 'sha256-/)
      assert.doesNotMatch(policy, /script-src[^;]*unsafe/)
    }
    const page = await get('/')
    const script = /src="\/stats(\/_nuxt\/[^"]+\.js)"/.exec(page.body)?.[1]
    assert.ok(script, 'the page loads its script under the base path')
    for (const coding of ['br', 'gzip']) {
      assert.equal((await get(script, { 'accept-encoding': coding })).headers['content-encoding'], coding, 'scripts travel compressed')
    }
    const file = await get(script)
    assert.deepEqual(
      { status: file.statusCode, cache: file.headers['cache-control'] },
      { status: 200, cache: 'public, max-age=31536000, immutable' },
    )
    assert.equal((await get('/', { 'if-none-match': String(page.headers.etag) })).statusCode, 304)
  })

  test('an unknown address is told in words, as JSON', async () => {
    const answer = await w.running().app.inject({ method: 'POST', url: '/api/nothing' })
    assert.deepEqual(
      { status: answer.statusCode, body: answer.json() },
      { status: 404, body: { error: 'Nothing is served at POST /api/nothing.', code: 'not_found' } },
    )
  })

  test('a broken body: 400 and no word about our insides', async () => {
    const answer = await w.running().app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      payload: '{"email":',
    })
    assert.equal(answer.statusCode, 400)
    assert.deepEqual(Object.keys(answer.json()).toSorted(), ['code', 'error'])
  })
})
