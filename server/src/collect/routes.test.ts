import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import { arrayJournal, site, startCollector } from './testing.ts'

const SITES = [site(1, 's.example'), site(2, 't.example')]
const VIEW = { n: 'pageview', u: 'https://s.example/', d: 's.example' }

test('a page of any origin may send, and reads why an event was dropped', async (t) => {
  const { app, send } = await startCollector(t, { sites: SITES })
  const preflight = await app.inject({
    method: 'OPTIONS',
    url: '/api/event',
    headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' },
  })
  assert.equal(preflight.statusCode, 204)
  assert.match(String(preflight.headers['access-control-allow-headers']), /content-type/)
  const { response } = await send({ body: { ...VIEW, d: 'nobody.example' } })
  for (const { headers } of [preflight, response]) {
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.equal(headers['access-control-allow-credentials'], undefined)
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['x-content-type-options'], 'nosniff')
  }
  assert.match(String(response.headers['access-control-expose-headers']), /x-footfall-dropped/)
  const wrong = await send({ body: '{' })
  assert.equal(wrong.response.headers['access-control-allow-origin'], '*', 'a page can read what was wrong, too')
})

test('the body may come as text, as JSON or without a type; nothing else, and not too large', async (t) => {
  const { app, send, metrics } = await startCollector(t, { sites: SITES })
  for (const type of ['text/plain;charset=UTF-8', 'application/json', 'TEXT/PLAIN']) {
    const { response, stored } = await send({ body: VIEW, headers: { 'content-type': type } })
    assert.deepEqual([response.statusCode, response.body, stored.length], [202, 'ok', 1], type)
  }
  const untyped = await app.inject({ method: 'POST', url: '/api/event', payload: Buffer.from(JSON.stringify(VIEW)) })
  assert.equal(untyped.statusCode, 202)
  assert.equal((await send({ body: VIEW, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).response.statusCode, 415)
  assert.equal((await send({ body: { ...VIEW, x: 'x'.repeat(5_000_000) } })).response.statusCode, 413)
  assert.equal((await app.inject({ method: 'POST', url: '/api/event' })).statusCode, 400)
  const shown = await metrics.registry.metrics()
  for (const status of [400, 413, 415]) assert.match(shown, new RegExp(`footfall_events_rejected_total\\{status="${status}"\\} 1`))
  assert.match(shown, /footfall_events_accepted_total 4/)
})

test('202 comes only after the journal has the event; without it 503, and when to come back', async (t) => {
  const events: Parameters<ReturnType<typeof arrayJournal>['append']>[0] = []
  let state: 'slow' | 'full' | 'broken' = 'slow'
  const reached = Promise.withResolvers<void>()
  const durable = Promise.withResolvers<void>()
  const journal = {
    ...arrayJournal(events),
    append: async (more: typeof events) => {
      if (state === 'full') throw new AppError('unavailable', 'The journal is full.')
      if (state === 'broken') throw new Error('EIO: /secret/path')
      reached.resolve()
      await durable.promise
      events.push(...more)
    },
  }
  const { send, metrics } = await startCollector(t, { sites: SITES, journal })
  let answered = false
  const waiting = send({ body: VIEW }).finally(() => (answered = true))
  await reached.promise
  await setImmediate()
  assert.equal(answered, false)
  durable.resolve()
  assert.equal((await waiting).response.statusCode, 202)

  for (state of ['full', 'broken'] as const) {
    const { response } = await send({ body: VIEW })
    assert.equal(response.statusCode, 503)
    assert.equal(response.headers['retry-after'], '5')
    assert.doesNotMatch(response.body, /secret/)
  }
  assert.equal(events.length, 1)
  assert.match(await metrics.registry.metrics(), /footfall_events_accepted_total 1\n/)
})

test('an address that sends too much hears 429; others do not', async (t) => {
  const { send } = await startCollector(t, { sites: SITES, addressLimit: 3 })
  const status = async (from: string) => (await send({ body: VIEW, from })).response
  for (let n = 0; n < 3; n++) assert.equal((await status('2001:db8::1')).statusCode, 202)
  const refused = await status('2001:db8::2')
  assert.equal(refused.statusCode, 429, 'a /64 is one subscriber')
  assert.ok(Number(refused.headers['retry-after']) > 0 && Number(refused.headers['retry-after']) <= 60)
  assert.equal((await status('2001:db8:0:1::1')).statusCode, 202)
})

test('a cache that is away refuses nobody', async (t) => {
  const cache = {
    get: async () => undefined,
    set: async () => {},
    getMany: async () => new Map(),
    setMany: async () => {},
    delete: async () => {},
    hit: () => Promise.reject(new Error('connection lost')),
    ping: async () => {},
    close: async () => {},
  }
  const { send } = await startCollector(t, { sites: [site(1, 's.example', { ingest_rate_limit: 1 })], addressLimit: 1, cache })
  for (let n = 0; n < 3; n++) assert.equal((await send({ body: VIEW })).stored.length, 1)
})

test('a site over its limit loses the rest, and the owner sees how many', async (t) => {
  const { send, drops, database } = await startCollector(t, { sites: [site(1, 's.example', { ingest_rate_limit: 2 })] })
  const reasons = []
  for (let n = 0; n < 4; n++) reasons.push((await send({ body: VIEW })).response.headers['x-footfall-dropped'])
  assert.deepEqual(reasons, [undefined, undefined, 'throttle', 'throttle'])
  await drops.flush()
  assert.deepEqual(await database.selectFrom('drops').select(['site', 'reason', 'events']).execute(), [
    { site: 1, reason: 'throttle', events: 2 },
  ])
})

test('a database that is away is 503: the tracker keeps the event and tries again', async (t) => {
  const { send, database } = await startCollector(t, { sites: SITES })
  await database.schema.alterTable('salts').renameTo('away').execute()
  const { response, stored } = await send({ body: VIEW })
  assert.deepEqual([response.statusCode, response.headers['retry-after'], stored.length], [503, '5', 0])
  await database.schema.alterTable('away').renameTo('salts').execute()
  assert.equal((await send({ body: VIEW })).response.statusCode, 202)
})

test('a body counts once for a site, prefetched and old events do not count', async (t) => {
  const { send } = await startCollector(t, { sites: SITES })
  const twice = await send({ body: { ...VIEW, d: 's.example,S.example,t.example' } })
  assert.deepEqual(
    twice.stored.map((event) => event.site),
    [1, 2],
  )
  assert.equal(twice.response.headers['x-footfall-dropped'], 'duplicate')
  const reason = async (sent: Parameters<typeof send>[0]) => (await send(sent)).response.headers['x-footfall-dropped']
  assert.equal(await reason({ body: VIEW, headers: { 'sec-purpose': 'prefetch;prerender' } }), 'prefetch')
  assert.equal(await reason({ body: VIEW, headers: { purpose: 'prefetch' } }), 'prefetch')
  assert.equal(await reason({ body: { ...VIEW, t: 0, s: 48 * 3_600_000 + 1 } }), 'too_old')
  assert.equal(await reason({ body: { ...VIEW, t: 0, s: 47 * 3_600_000 } }), undefined)
})

test('shields refuse by address range, country, page and host', async (t) => {
  const shields = { ip: ['203.0.113.0/24'], country: ['AU'], page: ['/admin*', '/*/draft'], hostname: ['*.s.example', 's.example'] }
  const { send } = await startCollector(t, { sites: [site(1, 's.example', { shields })] })
  const reason = async (u: string, address = '81.2.69.160') =>
    (await send({ body: { ...VIEW, u }, headers: { 'x-forwarded-for': address } })).response.headers['x-footfall-dropped']
  assert.equal(await reason('https://s.example/'), undefined)
  assert.equal(await reason('https://blog.s.example/'), undefined)
  assert.equal(await reason('https://s.example/', '203.0.113.9'), 'site_ip_blocklist')
  assert.equal(await reason('https://s.example/', '1.1.1.1'), 'site_country_blocklist')
  assert.equal(await reason('https://s.example/admin/users'), 'site_page_blocklist')
  assert.equal(await reason('https://s.example/posts/draft'), 'site_page_blocklist')
  assert.equal(await reason('https://evil.example/'), 'site_hostname_allowlist')
})

test('X-Debug-Request tells what would become of the event, and changes nothing', async (t) => {
  const { send, drops, database } = await startCollector(t, { sites: SITES })
  const { response, stored } = await send({
    body: { ...VIEW, d: 's.example,nobody.example' },
    headers: { 'x-debug-request': 'true', 'x-forwarded-for': '216.160.83.56' },
  })
  assert.equal(response.statusCode, 200)
  const said = response.json<{ ip: string; sites: { site: string; dropped?: string; event?: { attributes: { country: string } } }[] }>()
  assert.equal(said.ip, '216.160.83.56')
  assert.equal(said.sites[0]?.event?.attributes.country, 'US')
  assert.deepEqual(said.sites[1], { site: 'nobody.example', dropped: 'not_found', because: 'No site with this domain' })
  assert.equal(stored.length, 0)
  await drops.flush()
  assert.deepEqual(await database.selectFrom('drops').selectAll().execute(), [])
})

test('an event carries neither address nor user agent', async (t) => {
  const { send } = await startCollector(t, { sites: SITES })
  const { stored } = await send({
    body: VIEW,
    headers: { 'x-forwarded-for': '216.160.83.56', 'user-agent': 'SecretBrowser/7.1 (somewhere)' },
  })
  const kept = JSON.stringify(stored)
  assert.equal(stored.length, 1)
  assert.ok(!kept.includes('216.160') && !kept.includes('SecretBrowser'))
})
