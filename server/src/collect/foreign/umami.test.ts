import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startForeign } from './testing.ts'

const UUID = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/
const event = (payload: object, type = 'event') => ({
  type,
  payload: { website: 's.example', hostname: 's.example', url: '/', ...payload },
})

test('a message becomes an event', async (t) => {
  const { call } = await startForeign(t)
  const cases: [string, object, object][] = [
    ['a page view, by path and host', { url: '/a?utm_source=x' }, { name: 'pageview', hostname: 's.example', pathname: '/a' }],
    ['a page view, by address', { url: 'https://www.s.example/b#c' }, { name: 'pageview', hostname: 's.example', pathname: '/b' }],
    ['neither', { url: undefined, hostname: undefined }, { name: 'pageview', hostname: '(none)', pathname: '/' }],
    ['an event with data', { name: 'Signup', data: { plan: 'pro', n: 1, ok: true } }, { props: { plan: 'pro', n: '1', ok: 'true' } }],
    ['nested data, and lists', { name: 'x', data: { a: { b: { c: 1 } }, l: [1, 'x', {}] } }, { props: { 'a.b.c': '1', l: '1, x' } }],
    ['a tag', { tag: 'blue' }, { name: 'pageview', props: { tag: 'blue' } }],
    [
      'revenue',
      { name: 'Buy', data: { revenue: 19.99, currency: 'eur', sku: 'x' } },
      { revenue: { amount: '19.99', currency: 'EUR' }, props: { sku: 'x' } },
    ],
    [
      'revenue that is none',
      { name: 'Buy', data: { revenue: 'much', currency: 'EUR' } },
      { revenue: null, props: { revenue: 'much', currency: 'EUR' } },
    ],
    ['an event with a name of ours', { name: 'pageview' }, { name: 'Pageview' }],
    ['long text', { name: 'x', data: { long: 'y'.repeat(600) } }, { props: { long: 'y'.repeat(500) } }],
    [
      'a key that is no property',
      { name: 'x', data: JSON.parse('{"__proto__": "p"}') as object },
      { props: JSON.parse('{"__proto__": "p"}') as object },
    ],
  ]
  for (const [name, payload, expected] of cases) {
    const { status, stored, response } = await call('/api/send', event(payload))
    assert.equal(status, 200, `${name}: ${response.body}`)
    assert.equal(stored.length, 1, name)
    assert.partialDeepStrictEqual(stored[0], expected, name)
  }
})

test('web vitals are an event that cancels no bounce, engagement is engagement, identify is nothing', async (t) => {
  const { call } = await startForeign(t)
  const vitals = await call('/api/send', event({ lcp: 1234.56, cls: 0.12345, inp: -1, ttfb: 'x' }, 'performance'))
  assert.partialDeepStrictEqual(vitals.stored[0], { name: 'web-vitals', interactive: false, props: { LCP: '1235', CLS: '0.123' } })
  const read = await call('/api/send', event({ engagement: 4200 }, 'engagement'))
  assert.partialDeepStrictEqual(read.stored[0], { name: 'engagement', engagement: 4200, scroll: 255 })
  const who = await call('/api/send', event({ id: 'somebody', data: { plan: 'pro' } }, 'identify'))
  assert.deepEqual([who.status, who.stored.length], [200, 0])
  assert.match(who.response.json<{ sessionId: string }>().sessionId, UUID)
})

test('the answer holds ids, and what comes back of them decides nothing', async (t) => {
  const { call } = await startForeign(t)
  const send = async (headers: Record<string, string>, payload: object = {}) => {
    const { response, stored } = await call('/api/send', event(payload), headers)
    return { ...response.json<{ cache: string; sessionId: string; visitId: string }>(), visitor: stored[0]!.visitor }
  }
  const anna = await send({})
  assert.match(anna.sessionId, UUID)
  assert.match(anna.visitId, UUID)
  const ben = await send({ 'x-forwarded-for': '81.2.69.161' }, { id: 'anna', cache: anna.cache })
  assert.notEqual(ben.sessionId, anna.sessionId)
  const thief = await send({ 'x-forwarded-for': '81.2.69.161', 'x-umami-cache': anna.cache })
  assert.deepEqual(thief, ben, 'with the token of another he is still himself')
  assert.deepEqual(await send({ 'x-umami-cache': anna.cache }), anna)
})

test('robots hear beep, unknown websites 400, other refusals 200 with their reason', async (t) => {
  const { call, drops, database } = await startForeign(t)
  const robot = await call('/api/send', event({}), { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })
  assert.deepEqual([robot.status, robot.response.json(), robot.stored.length], [200, { beep: 'boop' }, 0])
  for (const type of ['event', 'identify']) {
    const unknown = await call('/api/send', event({ website: '11111111-2222-4333-8444-555555555555' }, type))
    assert.deepEqual([unknown.status, unknown.response.json<{ error: string }>().error], [400, 'Website not found.'])
  }
  const spam = await call('/api/send', event({ referrer: 'https://semalt.com/' }))
  assert.deepEqual([spam.status, spam.response.headers['x-footfall-dropped'], spam.stored.length], [200, 'spam_referrer', 0])
  await drops.flush()
  const counted = await database.selectFrom('drops').select(['site', 'reason', 'events']).orderBy('reason').execute()
  assert.deepEqual(counted, [
    { site: 1, reason: 'bot', events: 1 },
    { site: 0, reason: 'not_found', events: 2 },
    { site: 1, reason: 'spam_referrer', events: 1 },
  ])
})

test('address, agent and time of a message count only with a key', async (t) => {
  const now = Date.parse('2026-06-17T12:00:00Z')
  const { call, bearer } = await startForeign(t, { clock: () => now })
  const stated = event({
    ip: '216.160.83.56',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    timestamp: now / 1000 - 3600,
    language: 'de-AT',
  })
  const [ignored] = (await call('/api/send', stated)).stored
  assert.partialDeepStrictEqual(ignored, { at: now / 1000, attributes: { country: 'GB', browser: 'Chrome', language: 'de' } })
  const [believed] = (await call('/api/send', stated, await bearer())).stored
  assert.partialDeepStrictEqual(believed, { at: now / 1000 - 3600, attributes: { country: 'US', browser: 'Firefox', language: 'de' } })
})

test('a batch says how many were taken, and what was wrong with the others', async (t) => {
  const { call } = await startForeign(t)
  const items = [event({}), { type: 'event' }, event({ website: 'nobody.example' }), event({ name: 'x' }), 7]
  const { status, response, stored } = await call('/api/batch', items)
  const { details, cache, ...counts } = response.json<{ details: { index: number }[]; cache: string }>()
  assert.deepEqual([status, counts], [200, { size: 5, processed: 2, errors: 3 }])
  assert.deepEqual(
    details.map(({ index }) => index),
    [1, 2, 4],
  )
  assert.equal(typeof cache, 'string')
  assert.deepEqual(
    stored.map(({ name }) => name),
    ['pageview', 'x'],
  )
  assert.equal((await call('/api/batch', event({}))).status, 400)
  assert.equal(
    (
      await call(
        '/api/batch',
        Array.from({ length: 1001 }, () => event({})),
      )
    ).status,
    400,
  )
})

test('a page may ask before it sends', async (t) => {
  const { call } = await startForeign(t)
  for (const url of ['/api/send', '/api/batch', '/api/events', '/api/v0/count', '/count']) {
    const { status, response } = await call(url, undefined, {}, 'OPTIONS')
    const allowed = String(response.headers['access-control-allow-headers']).split(', ')
    assert.deepEqual([status, response.headers['access-control-allow-origin']], [204, '*'], url)
    for (const name of ['content-type', 'authorization', 'x-umami-cache', 'x-umami-website-id', 'x-umami-hostname']) {
      assert.ok(allowed.includes(name), `${url} ${name}`)
    }
  }
})
