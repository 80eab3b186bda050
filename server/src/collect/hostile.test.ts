import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { site, startCollector } from './testing.ts'

/** Whatever arrives, the collector answers one of four things, and keeps nothing that it did not accept. */
const ANSWERS = new Set([202, 400, 413, 415])
const RUNS = { numRuns: 300 }

const text = () =>
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\0', '\ud800', '__proto__', 'constructor', '%', '%00', '💥'))
const anything = () => fc.oneof(fc.jsonValue(), text(), fc.double(), fc.constant(null))
const url = () =>
  fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    text(),
    text().map((tail) => `https://s.example/${tail}`),
    anything(),
  )

/** Bodies that come close: real keys with odd values. */
const nearly = fc.record(
  {
    n: fc.oneof(fc.constantFrom('pageview', 'engagement', '404', 404), anything()),
    u: url(),
    d: fc.oneof(fc.constantFrom('s.example', 's.example,t.example', ',', ' '), anything()),
    r: url(),
    p: fc.oneof(fc.dictionary(text(), anything()), anything()),
    $: fc.oneof(fc.record({ amount: anything(), currency: fc.oneof(fc.constantFrom('EUR', 'usd'), anything()) }), anything()),
    i: anything(),
    h: anything(),
    e: anything(),
    sd: anything(),
    id: anything(),
    t: anything(),
    s: anything(),
  },
  { requiredKeys: ['n', 'u', 'd'] },
)

test('no body is stored that was not accepted, and none is an error of the server', async (t) => {
  const { send } = await startCollector(t, { sites: [site(1, 's.example'), site(2, 't.example')] })
  const answers = new Map<number, number>()
  const check = async (body: unknown, headers = {}) => {
    const { response, stored } = await send({ body, headers })
    answers.set(response.statusCode, (answers.get(response.statusCode) ?? 0) + 1)
    assert.ok(ANSWERS.has(response.statusCode), `${response.statusCode} ${response.body}`)
    if (response.statusCode !== 202) assert.equal(stored.length, 0)
    else assert.ok(stored.length > 0 || response.headers['x-footfall-dropped'], 'what is not kept has a reason')
    for (const event of stored) {
      const kept = JSON.stringify(event)
      assert.ok(kept.isWellFormed() && !kept.includes('\\u0000'), kept)
      assert.deepEqual(JSON.parse(kept), { ...event }, 'it comes out of the journal as it went in')
      assert.ok(Number.isSafeInteger(event.at) && Object.values(event.attributes).every((value) => typeof value === 'string'))
    }
  }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => check(Buffer.from(bytes))),
    RUNS,
  )
  await fc.assert(
    fc.asyncProperty(fc.json(), (body) => check(body)),
    RUNS,
  )
  await fc.assert(
    fc.asyncProperty(nearly, (body) => check(body)),
    { numRuns: 1_000 },
  )
  const header = fc.string({ unit: fc.constantFrom(...Array.from('abc 0123456789.:/;,()[]%-_?="')), maxLength: 60 })
  const names = ['user-agent', 'x-forwarded-for', 'accept-language', 'sec-ch-ua', 'content-type', 'x-plausible-ip-type']
  const headers = fc.dictionary(fc.constantFrom(...names), header)
  await fc.assert(
    fc.asyncProperty(headers, (odd) => check({ n: 'pageview', u: 'https://s.example/', d: 's.example' }, odd)),
    RUNS,
  )
  assert.ok(answers.get(202)! > 100 && answers.get(400)! > 100, 'both kinds were tried')
})
