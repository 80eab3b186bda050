import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { startForeign } from './testing.ts'

/** Whatever arrives at the other addresses: one of these answers, never an error of the server, and nothing kept that was not taken. */
const ANSWERS = new Set([200, 202, 400, 413, 415])
const RUNS = { numRuns: 300 }

const text = () =>
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '\0', '\ud800', '__proto__', 'constructor', '%', '%00', '💥', '//', '?', '#', 's.example'),
  )
const anything = () => fc.oneof(fc.jsonValue(), text(), fc.double(), fc.constant(null))
const often = <T>(...usual: T[]) => fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: anything() })

const umami = fc.record(
  {
    type: often('event', 'identify', 'performance', 'engagement', 'constructor'),
    payload: fc.oneof(
      {
        weight: 9,
        arbitrary: fc.record(
          {
            website: often('s.example', 't.example'),
            url: fc.oneof(text(), anything(), fc.webUrl()),
            hostname: often('s.example', 'a b', ''),
            name: often('x', 'pageview', 'engagement', ''),
            data: fc.oneof(fc.dictionary(text(), anything()), anything()),
            referrer: anything(),
            tag: anything(),
            language: anything(),
            ip: anything(),
            userAgent: anything(),
            timestamp: anything(),
            id: anything(),
            engagement: anything(),
            lcp: anything(),
            cls: anything(),
          },
          { requiredKeys: ['website'] },
        ),
      },
      { weight: 1, arbitrary: anything() },
    ),
  },
  { requiredKeys: ['type', 'payload'] },
)

const ours = fc.record(
  {
    n: often('pageview', 'engagement', 'x'),
    u: often('https://s.example/'),
    d: often('s.example', 's.example,t.example'),
    ip: anything(),
    user_agent: anything(),
    timestamp: anything(),
    p: anything(),
  },
  { requiredKeys: ['n', 'u'] },
)

const hit = fc.record(
  {
    path: often('/', 'x'),
    event: anything(),
    ref: anything(),
    query: anything(),
    bot: anything(),
    ip: often('81.2.69.160'),
    user_agent: often('x'),
    created_at: anything(),
  },
  { requiredKeys: ['path', 'ip', 'user_agent'] },
)

async function start(t: Parameters<typeof startForeign>[0]) {
  const collector = await startForeign(t)
  const seen = new Map<number, number>()
  async function check(url: string, body: unknown, headers: Record<string, string> = {}, method?: string) {
    const { status, response, stored } = await collector.call(url, body, headers, method)
    seen.set(status, (seen.get(status) ?? 0) + 1)
    assert.ok(ANSWERS.has(status), `${status} ${response.body}`)
    if (status >= 400) assert.equal(stored.length, 0)
    for (const event of stored) {
      const kept = JSON.stringify(event)
      assert.ok(kept.isWellFormed() && !kept.includes('\\u0000'), kept)
      assert.deepEqual(JSON.parse(kept), { ...event }, 'it comes out of the journal as it went in')
      assert.ok(Number.isSafeInteger(event.at) && Object.keys(event.props).length <= 30)
    }
    return { stored, response, status }
  }
  return { ...collector, check, seen }
}

test('Umami: any message, with and without a key', async (t) => {
  const { check, bearer, seen, events } = await start(t)
  const headers = [{}, await bearer()]
  await fc.assert(
    fc.asyncProperty(umami, fc.constantFrom(...headers), async (body, key) => void (await check('/api/send', body, key))),
    { numRuns: 1000 },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(umami, anything()), { maxLength: 8 }), async (items) => {
      const { response } = await check('/api/batch', items)
      const answer = response.json<{ size: number; processed: number; errors: number; details: object[] }>()
      assert.deepEqual([answer.size, answer.processed + answer.errors, answer.details.length], [items.length, items.length, answer.errors])
    }),
    RUNS,
  )
  assert.ok(seen.get(200)! > 100 && seen.get(400)! > 100 && events.length > 100, JSON.stringify([...seen]))
})

test('our batch: any list, as many answers as items', async (t) => {
  const { check, bearer, events } = await start(t)
  const headers = [{}, await bearer()]
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(ours, anything()), { maxLength: 8 }), fc.constantFrom(...headers), async (items, key) => {
      const { response, stored } = await check('/api/events', items, key)
      const answers = response.json<{ status: number; dropped?: string; errors?: object }[]>()
      assert.equal(answers.length, items.length)
      for (const { status, errors } of answers) assert.equal(status === 400, errors !== undefined)
      const taken = answers.filter(({ status, dropped }) => status === 202 && dropped === undefined).length
      assert.ok(stored.length >= taken && stored.length <= 2 * answers.length)
    }),
    { numRuns: 600 },
  )
  assert.ok(events.length > 100)
})

test('GoatCounter: any parameters, headers and hits', async (t) => {
  const { check, bearer, seen, events } = await start(t)
  const parameter = fc.tuple(
    fc.constantFrom('p', 'e', 'r', 'q', 't', 's', 'b', 'ns', 'rnd', 'site'),
    often('/a', 'true', '0', '150', 's.example'),
  )
  const header = fc.string({ unit: fc.constantFrom(...Array.from('abc 0123456789.:/;,()[]%-_?="')), maxLength: 60 })
  const headers = fc.dictionary(
    fc.constantFrom('referer', 'origin', 'host', 'user-agent', 'accept-language'),
    fc.oneof(header, fc.constant('https://s.example/x')),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(parameter, { maxLength: 6 }), headers, fc.constantFrom('GET', 'POST'), async (list, odd, method) => {
      const query = new URLSearchParams(list.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]))
      const { response } = await check(`/count?${query.toString()}`, undefined, odd, method)
      assert.equal(response.rawPayload.length, 43)
    }),
    { numRuns: 1000 },
  )
  await fc.assert(
    fc.asyncProperty(fc.webQueryParameters(), async (query) => void (await check(`/count?${query}`, undefined))),
    RUNS,
  )
  const key = await bearer()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(hit, anything()), { maxLength: 8 }),
      async (hits) => void (await check('/api/v0/count?site=s.example', { hits }, key)),
    ),
    RUNS,
  )
  assert.ok(seen.get(200)! > 100 && seen.get(400)! > 100 && seen.get(202)! > 100 && events.length > 100, JSON.stringify([...seen]))
})

test('any bytes, of any type', async (t) => {
  const { check } = await start(t)
  const types = fc.constantFrom('application/json', 'text/plain', 'application/xml', '')
  const urls = fc.constantFrom('/api/send', '/api/batch', '/api/events', '/count?site=s.example&p=/')
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
    fc.json(),
  )
  await fc.assert(
    fc.asyncProperty(urls, bytes, types, async (url, body, type) => void (await check(url, body, { 'content-type': type }, 'POST'))),
    RUNS,
  )
})

test('lists and objects as deep as a body can hold', async (t) => {
  const { check } = await start(t)
  const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times)
  for (const data of [deep('[', ']', 7000), `{"a":${deep('[', ']', 7000)}}`, `${'{"a":'.repeat(2500)}1${'}'.repeat(2500)}`]) {
    const { status } = await check('/api/send', `{"type":"event","payload":{"website":"s.example","name":"x","data":${data}}}`)
    assert.equal(status, 200)
  }
  for (const url of ['/api/batch', '/api/events']) await check(url, deep('[', ']', 500_000))
})
