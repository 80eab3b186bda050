import assert from 'node:assert/strict'
import { test } from 'node:test'
import { site } from '../testing.ts'
import { startForeign } from './testing.ts'

const PAGE = { referer: 'https://s.example/from?utm_source=x' }

test('a hit becomes an event, and the answer is a picture', async (t) => {
  const { call } = await startForeign(t)
  const cases: [string, string, Record<string, string>, object][] = [
    ['a page', 'p=/a&t=A&r=&rnd=5', PAGE, { name: 'pageview', hostname: 's.example', pathname: '/a', title: 'A' }],
    ['a screen', 'p=/a&s=800%2C600%2C1', PAGE, { attributes: { screen: 'Tablet', device: 'Desktop' } }],
    ['a width alone', 'p=/a&s=1280', PAGE, { attributes: { screen: 'Laptop' } }],
    ['no screen', 'p=/a&s=wide', PAGE, { attributes: { screen: 'Desktop' } }],
    ['a page without a slash', 'p=a', PAGE, { pathname: '/a' }],
    ['a page with a query and campaign', 'p=/a?x=1&q=%3Futm_source%3Dletter', PAGE, { pathname: '/a', attributes: { source: 'letter' } }],
    ['a page with a # in it', 'p=/a%23b', PAGE, { pathname: '/a#b' }],
    ['a referrer', 'p=/a&r=https://www.google.com/', PAGE, { attributes: { source: 'Google' } }],
    ['an event', 'p=Signup&e=true', PAGE, { name: 'Signup', pathname: '/from' }],
    ['an event with a name of ours', 'p=engagement&e=true', PAGE, { name: 'Engagement' }],
    ['a picture without parameters', '', PAGE, { name: 'pageview', pathname: '/from', attributes: { utm_source: 'x' } }],
    ['the site in the address', 'p=/a&site=t.example', PAGE, { site: 2, hostname: 's.example' }],
    ['a page that tells its origin only', 'p=/a', { origin: 'https://t.example' }, { site: 2, hostname: 't.example', pathname: '/a' }],
    ['the host that is called', 'p=/a', { host: 's.example' }, { site: 1, hostname: 's.example' }],
    ['a page on a port', 'p=/a', { referer: 'http://s.example:8080/' }, { site: 1, hostname: 's.example', pathname: '/a' }],
    ['the port that is called', 'p=/a', { host: 't.example:3000' }, { site: 2, hostname: 't.example' }],
    ['a page on another host', 'p=/a', { referer: 'https://blog.s.example/', host: 's.example' }, { site: 1, hostname: 'blog.s.example' }],
  ]
  for (const [name, query, headers, expected] of cases) {
    for (const method of ['GET', 'POST']) {
      const { status, response, stored } = await call(`/count?${query}`, undefined, headers, method)
      assert.deepEqual([status, response.headers['x-goatcounter']], [200, undefined], name)
      assert.deepEqual([response.headers['content-type'], response.rawPayload.length], ['image/gif', 43], name)
      assert.equal(response.headers['access-control-allow-origin'], '*')
      assert.equal(stored.length, 1, name)
      assert.partialDeepStrictEqual(stored[0], expected, name)
    }
  }
})

test('what is not counted is a picture too, and says why', async (t) => {
  const shields = { ip: ['81.2.69.160'] }
  const { call } = await startForeign(t, { sites: [site(1, 's.example'), site(2, 'shielded.example', { shields })] })
  const cases: [string, number, RegExp][] = [
    ['p=/a&site=s.example&b=153', 202, /crawler/],
    ['p=/a&site=shielded.example', 202, /address is excluded/],
    ['p=/a&site=nobody.example', 400, /No site/],
    ['p=/a&site=a,b', 400, /domain of a site/],
    ['p=/a&site=s.example&b=7', 400, /at least 150/],
    ['p=/a&site=s.example&b=x', 400, /at least 150/],
    ['site=s.example', 400, /p is required/],
    [`p=/${'a'.repeat(2100)}&site=s.example`, 400, /at most 2000 bytes/],
    [`p=${'a'.repeat(200)}&e=true&site=s.example`, 400, /at most 120/],
    ['p=a%00b&site=s.example', 400, /NUL/],
  ]
  for (const [query, expected, reason] of cases) {
    const { status, response, stored } = await call(`/count?${query}`)
    assert.equal(status, expected, query)
    assert.match(String(response.headers['x-goatcounter']), reason)
    assert.deepEqual([response.headers['content-type'], response.rawPayload.length, stored.length], ['image/gif', 43, 0], query)
  }
})

test('asking whether the picture is there counts nothing', async (t) => {
  const { call } = await startForeign(t)
  const { status, stored } = await call('/count?p=/&site=s.example', undefined, {}, 'HEAD')
  assert.deepEqual([status, stored.length], [404, 0])
})

test('over the limit, and with a journal that is full, it is a picture as well', async (t) => {
  const { call, parts } = await startForeign(t, { addressLimit: 2 })
  const append = parts.journal.append
  parts.journal.append = async () => Promise.reject(new Error('EIO: /secret'))
  const full = await call('/count?p=/&site=s.example')
  parts.journal.append = append
  assert.deepEqual([full.status, full.response.headers['retry-after'], full.response.rawPayload.length], [503, '5', 43])
  assert.doesNotMatch(String(full.response.headers['x-goatcounter']), /secret/)
  assert.equal((await call('/count?p=/&site=s.example')).status, 200)
  const over = await call('/count?p=/&site=s.example')
  assert.equal(over.status, 429)
  assert.ok(Number(over.response.headers['retry-after']) > 0)
})

test('a server sends hits with a key', async (t) => {
  const now = Date.parse('2026-06-17T12:00:00Z')
  const { call, bearer } = await startForeign(t, { clock: () => now })
  const from = { ip: '216.160.83.56', user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
  const hits = [
    { path: '/a', ...from, created_at: '2026-06-17T11:00:00Z' },
    { path: 'Signup', event: true, ...from },
    { path: '/b', ip: from.ip },
    { path: '/c', ...from, created_at: 'yesterday' },
    { path: '/d', ...from, bot: 1 },
    null,
  ]
  assert.equal((await call('/api/v0/count?site=s.example', { hits })).status, 401)
  assert.equal((await call('/api/v0/count?site=s.example', { hits }, await bearer('stats'))).status, 403)
  const key = await bearer()
  const { status, response, stored } = await call('/api/v0/count?site=s.example', { hits }, key)
  assert.equal(status, 202)
  assert.deepEqual(Object.keys(response.json<{ errors: object }>().errors), ['2', '3', '5'])
  assert.partialDeepStrictEqual(stored, [
    { name: 'pageview', pathname: '/a', hostname: 's.example', at: now / 1000 - 3600, attributes: { country: 'US', browser: 'Firefox' } },
    { name: 'Signup', pathname: '/', at: now / 1000 },
  ])
  assert.deepEqual((await call('/api/v0/count?site=s.example', { hits: hits.slice(0, 1) }, key)).response.json(), {})
  for (const body of [{}, { hits: [] }, { hits: Array.from({ length: 501 }, () => hits[0]) }, []]) {
    assert.equal((await call('/api/v0/count?site=s.example', body, key)).status, 400)
  }
})
