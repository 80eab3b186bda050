import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startForeign } from './foreign/testing.ts'
import { readStated } from './stated.ts'

const NOW = Date.parse('2026-06-17T12:00:00Z')
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const VIEW = { n: 'pageview', u: 'https://s.example/', d: 's.example' }
const STATED = { ip: '216.160.83.56', user_agent: FIREFOX, timestamp: '2026-06-17T13:00:00+02:00' }

test('with a key, a server says whose event it is and when it happened', async (t) => {
  const { call, bearer } = await startForeign(t, { clock: () => NOW })
  const key = await bearer()
  const expected = { at: NOW / 1000 - 3600, attributes: { country: 'US', browser: 'Firefox', os: 'GNU/Linux' } }
  const [single] = (await call('/api/event', { ...VIEW, ...STATED }, { ...key, 'user-agent': 'curl/8.0' })).stored
  assert.partialDeepStrictEqual(single, expected)
  const [batched] = (await call('/api/events', [{ ...VIEW, ...STATED, timestamp: NOW - 3_600_000 }], key)).stored
  assert.deepEqual(batched, single, 'the same visitor, whatever way')
  const plain = await call('/api/event', VIEW, { 'x-forwarded-for': STATED.ip, 'user-agent': FIREFOX })
  assert.equal(plain.stored[0]?.visitor, single?.visitor, 'and the same as in a browser')
})

test('with a key, X-Forwarded-For is the visitor as Plausible has it: its first address', async (t) => {
  const { call, bearer } = await startForeign(t, { trustedProxies: [] })
  const key = await bearer()
  const country = async (headers: Record<string, string>, body: object = {}) =>
    (await call('/api/event', { ...VIEW, ...body }, headers)).stored[0]?.attributes.country
  const forwarded = { 'x-forwarded-for': 'unknown, 216.160.83.56, 81.2.69.160' }
  assert.equal(await country({ ...forwarded, ...key }), 'US')
  assert.equal(await country({ ...forwarded, ...key }, { ip: '81.2.69.160' }), 'GB', 'the body comes first')
  assert.equal(await country(forwarded), '', 'without a key, only proxies say so')
})

test('without a key nothing of it is believed, and nothing of it is an error', async (t) => {
  const { call } = await startForeign(t, { clock: () => NOW })
  const plain = (await call('/api/event', VIEW)).stored
  for (const stated of [STATED, { ip: {}, user_agent: 7, timestamp: 'soon' }]) {
    assert.deepEqual((await call('/api/event', { ...VIEW, ...stated })).stored, plain)
    assert.deepEqual((await call('/api/events', [{ ...VIEW, ...stated }])).stored, plain)
    // What a browser sends along from a page behind a password.
    assert.deepEqual((await call('/api/event', { ...VIEW, ...stated }, { authorization: 'Basic dTpw' })).stored, plain)
  }
})

test('a key that does not open is told so, and nothing is stored', async (t) => {
  const { call, bearer, events } = await startForeign(t)
  const stats = await bearer('stats')
  const cases: [string, Record<string, string>, number][] = [
    ['unknown', { authorization: 'Bearer ff_unknown' }, 401],
    ['far too long', { authorization: `Bearer ${'x'.repeat(5000)}` }, 401],
    ['empty', { authorization: 'Bearer ' }, 401],
    ['of another scope', stats, 403],
    ['none, but a cookie', { authorization: 'Bearer', cookie: 'footfall_session=x' }, 202],
  ]
  for (const [name, headers, status] of cases) assert.equal((await call('/api/event', VIEW, headers)).status, status, name)
  assert.equal(events.length, 1)
})

test('times: the future is now, 48 hours ago is too old', async (t) => {
  const { call, bearer } = await startForeign(t, { clock: () => NOW })
  const key = await bearer()
  const send = (timestamp: unknown) => call('/api/event', { ...VIEW, timestamp }, key)
  assert.equal((await send(NOW + 60_000)).stored[0]?.at, NOW / 1000)
  assert.equal((await send(NOW - 48 * 3_600_000)).stored.length, 1)
  const old = await send(NOW - 48 * 3_600_000 - 1)
  assert.deepEqual([old.status, old.response.headers['x-footfall-dropped'], old.stored.length], [202, 'too_old', 0])
})

test('what is stated and wrong is named', () => {
  const cases: [object, string][] = [
    [{ ip: 'localhost' }, 'ip'],
    [{ ip: 1 }, 'ip'],
    [{ ip: '' }, 'ip'],
    [{ user_agent: {} }, 'user_agent'],
    [{ timestamp: '2026-06-17' }, 'timestamp'],
    [{ timestamp: '2026-06-17T12:00:00' }, 'timestamp'],
    [{ timestamp: true }, 'timestamp'],
    [{ timestamp: Infinity }, 'timestamp'],
  ]
  for (const [given, field] of cases) {
    assert.throws(
      () => readStated(given, NOW),
      (error: Error & { errors?: object }) => field in (error.errors ?? {}),
      JSON.stringify(given),
    )
  }
  assert.deepEqual(readStated({ ip: null, timestamp: null }, NOW), { address: undefined, agent: undefined, at: undefined })
  assert.equal(readStated({ ip: '[2001:DB8::1]' }, NOW).address, '2001:db8::1')
})

test('X-Debug-Request shows what the key makes of an event', async (t) => {
  const { call, bearer } = await startForeign(t)
  const { status, response, stored } = await call(
    '/api/event',
    { ...VIEW, ip: STATED.ip },
    { ...(await bearer()), 'x-debug-request': 'true' },
  )
  const said = response.json<{ ip: string; sites: { event: { attributes: { country: string } } }[] }>()
  assert.deepEqual([status, said.ip, said.sites[0]?.event.attributes.country, stored.length], [200, STATED.ip, 'US', 0])
})
