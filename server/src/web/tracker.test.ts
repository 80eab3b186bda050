import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Site, TrackerOptions } from '@footfall/contract/sites.ts'
import { pino } from 'pino'
import { buildAll } from '../../../tracker/build.ts'
import { AppError, StartError } from '../errors.ts'
import { createApp } from '../http.ts'
import type { Gate, SiteDirectory } from '../seams.ts'
import { trackerRoutes } from './tracker.ts'

let distDir: string
before(async () => {
  distDir = await mkdtemp(join(tmpdir(), 'footfall-tracker-'))
  await buildAll(distDir)
})
after(() => rm(distDir, { recursive: true }))

const site = (domain: string, tracker: TrackerOptions = {}): Site => ({
  id: 1,
  domain,
  timezone: 'Etc/UTC',
  tracker,
  shields: {},
  ingest_rate_limit: null,
  respect_dnt: false,
  drop_data_centers: false,
  keep_months: null,
  allowed_props: null,
  public: false,
  created_at: '2026-01-01T00:00:00Z',
})
const directory = (...known: Site[]): SiteDirectory => ({
  find: async (domain) => known.find((site) => site.domain === domain.toLowerCase()),
  goals: async () => [],
  segments: async () => [],
})

const gate: Pick<Gate, 'require'> = {
  require: async (request, scope) => {
    if (request.headers.authorization !== `Bearer ${scope}`) throw new AppError('unauthorized', 'A key is needed')
    return { kind: 'key', key: 1, user: 1, scopes: [scope] }
  },
}

async function served(sites: SiteDirectory, changes: { trackerName?: string; eventPath?: string; basePath?: string } = {}) {
  const { basePath = '', ...names } = changes
  const app = await createApp({ log: pino({ level: 'silent' }), basePath })
  trackerRoutes(app, { sites, gate, trackerName: 'tracker.js', eventPath: '/api/event', distDir, ...names })
  return app
}

/** Runs a served script as a page of example.com would, and answers the request that it makes. */
function firstRequest(code: string, src: string, dataset: Record<string, string> = {}, globals: object = {}) {
  const requests: { url: string; body: Record<string, unknown> }[] = []
  const window = {
    ...globals,
    URL,
    document: {
      currentScript: { src, dataset },
      hidden: false,
      hasFocus: () => true,
      referrer: 'https://t.co/x',
      documentElement: { scrollHeight: 1000 },
    },
    location: new URL('https://example.com/a#b'),
    navigator: {},
    history: { pushState() {}, replaceState() {} },
    scrollY: 0,
    innerHeight: 500,
    innerWidth: 800,
    setTimeout() {},
    clearTimeout() {},
    addEventListener() {},
    fetch: async (url: URL, { body }: { body: string }) => {
      requests.push({ url: String(url), body: JSON.parse(body) as Record<string, unknown> })
      return { status: 202, headers: new Headers() }
    },
  }
  runInNewContext(code, { ...window, self: window })
  assert.equal(requests.length, 1)
  return requests[0]!
}

test('the generic script takes its site and its endpoint from the tag', async () => {
  const app = await served(directory())
  const answer = await app.inject('/tracker.js')
  assert.equal(answer.statusCode, 200)
  const { 'content-type': type, 'cache-control': cache, vary, ...headers } = answer.headers
  assert.deepEqual(
    [type, cache, vary],
    ['text/javascript; charset=utf-8', 'public, max-age=86400, stale-while-revalidate=604800', 'accept-encoding'],
  )
  assert.equal(headers['access-control-allow-origin'], '*')
  assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
  assert.equal(headers['x-content-type-options'], 'nosniff')

  const plain = firstRequest(answer.body, 'https://stats.example/tracker.js')
  assert.equal(plain.url, 'https://stats.example/api/event')
  assert.equal('d' in plain.body, false)
  const set = firstRequest(answer.body, 'https://stats.example/tracker.js', { domain: 'example.com', api: '/hit', hash: '' })
  assert.equal(set.url, 'https://stats.example/hit')
  assert.deepEqual([set.body.d, set.body.h], ['example.com', 1])
})

test('a site’s script has its domain and options in it', async () => {
  const app = await served(directory(site('example.com'), site('big.example', { hash: true, manual: false, outboundLinks: true })))
  const small = await app.inject('/tracker.js?siteId=Example.com')
  const { id, t, s, ...body } = firstRequest(small.body, 'https://stats.example/tracker.js?siteId=example.com').body
  assert.match(String(id), /^footfall:\d{13}0\.\d+$/)
  assert.ok(Number(s) >= Number(t) && Number(s) < Number(t) + 5000)
  assert.deepEqual(body, { n: 'pageview', u: 'https://example.com/a#b', d: 'example.com', r: 'https://t.co/x', w: 800 })
  assert.doesNotMatch(small.body, /dataset|Outbound/)

  const big = await app.inject('/tracker.js?siteId=big.example')
  assert.match(big.body, /Outbound Link/)
  assert.equal(firstRequest(big.body, 'https://stats.example/tracker.js').body.h, 1)
})

test('filters and pieces stand in the script only of the site that asked for them, with its values', async () => {
  const options: TrackerOptions = { exclude: ['/admin/**', '/a?"*'], beforeSend: 'mine', taggedElements: true, webVitals: true }
  const app = await served(directory(site('example.com', options), site('plain.example')))
  const { body } = await app.inject('/tracker.js?siteId=example.com')
  assert.match(body, /data-umami-event.*PerformanceObserver|PerformanceObserver.*data-umami-event/)
  const mine = (event: Record<string, unknown>) => ({ ...event, u: 'https://example.com/changed' })
  assert.equal(firstRequest(body, 'https://stats.example/tracker.js', {}, { mine, RegExp }).body.u, 'https://example.com/changed')
  assert.doesNotMatch((await app.inject('/tracker.js?siteId=plain.example')).body, /RegExp|mine|umami-event|PerformanceObserver/)
})

test('changed options make a new script at once', async () => {
  const mutable = site('example.com')
  const app = await served(directory(mutable))
  const before = await app.inject('/tracker.js?siteId=example.com')
  mutable.tracker = { exclude: ['/b'] }
  const after = await app.inject('/tracker.js?siteId=example.com')
  assert.notEqual(after.headers['x-footfall-version'], before.headers['x-footfall-version'])
  assert.match(after.body, /\(\/b\)/)
})

test('every script tells the hash that its tag may name, and the version of its lasting address', async () => {
  const app = await served(directory(site('example.com')))
  for (const url of ['/tracker.js', '/tracker.js?siteId=example.com']) {
    const { headers, body } = await app.inject({ url, headers: { 'accept-encoding': '' } })
    assert.equal(headers['x-footfall-integrity'], `sha384-${createHash('sha384').update(body).digest('base64')}`)
    const lasting = await app.inject(url.replace('.js', `.${String(headers['x-footfall-version'])}.js`))
    assert.match(String(lasting.headers['cache-control']), /immutable/)
    assert.equal(lasting.body, body)
  }
})

test('events go where the script came from: other names, a base path, a proxy under the site’s name', async () => {
  const app = await served(directory(site('example.com')), { trackerName: 'a.js', eventPath: '/in/hit', basePath: '/stats' })
  const { body } = await app.inject('/stats/a.js?siteId=example.com')
  assert.equal(firstRequest(body, 'https://own.example/stats/a.js').url, 'https://own.example/stats/in/hit')
  assert.equal(firstRequest(body, 'https://example.com/js/a.js').url, 'https://example.com/js/in/hit')
  assert.equal((await app.inject('/tracker.js')).statusCode, 404)
})

test('web vitals are a module beside the generic script, for pages of every site', async () => {
  const app = await served(directory(site('example.com')))
  const { body, headers } = await app.inject('/tracker.js?webVitals')
  assert.match(body, /^export default .*PerformanceObserver/)
  assert.deepEqual(
    [headers['content-type'], headers['access-control-allow-origin'], headers['cross-origin-resource-policy']],
    ['text/javascript; charset=utf-8', '*', 'cross-origin'],
  )
  assert.doesNotMatch((await app.inject('/tracker.js')).body, /PerformanceObserver/)
  const { body: own } = await app.inject('/tracker.js?siteId=example.com')
  assert.equal((await app.inject('/tracker.js?siteId=example.com&webVitals')).body, own, 'a site’s script is whole')
})

test('a domain with quotes stays a text', async () => {
  const domain = `a"+alert(1)+"'\`$&.example`
  const app = await served(directory(site(domain)))
  const { body } = await app.inject({ url: '/tracker.js', query: { siteId: domain } })
  assert.equal(firstRequest(body, 'https://stats.example/tracker.js').body.d, domain)
})

test('an unknown site gets a script that says so, and is asked for again within a minute', async () => {
  const app = await served(directory())
  const answer = await app.inject('/tracker.js?siteId=nobody.example')
  assert.equal(answer.statusCode, 200)
  assert.equal(answer.headers['cache-control'], 'public, max-age=60')
  const said: string[] = []
  runInNewContext(answer.body, { console: { warn: (text: string) => said.push(text) } })
  assert.deepEqual(said, ['Footfall: no site with the siteId of this script. Nothing is counted.'])
  assert.equal((await app.inject(`/tracker.js?siteId=${'x'.repeat(300)}`)).statusCode, 400)
})

test('only the address of the present version may be kept for ever', async () => {
  const app = await served(directory(site('example.com'), site('other.example')))
  const version = String((await app.inject('/tracker.js?siteId=example.com')).headers.etag).slice(1, 17)
  const cache = async (url: string) => String((await app.inject(url)).headers['cache-control']).replace(/^public, /, '')
  const forEver = 'max-age=31536000, immutable'
  const day = 'max-age=86400, stale-while-revalidate=604800'
  assert.equal(await cache(`/tracker.${version}.js?siteId=example.com`), forEver)
  assert.equal(await cache(`/tracker.js?siteId=example.com&v=${version}`), forEver)
  assert.equal(await cache(`/tracker.${version}.js?siteId=other.example`), day)
  assert.equal(await cache(`/tracker.js?siteId=example.com&v=${'0'.repeat(16)}`), day)
  assert.equal(await cache(`/tracker.${'0'.repeat(16)}.js?siteId=example.com`), day)
  assert.equal((await app.inject('/tracker.map.js')).statusCode, 404)
})

test('each content coding has its own bytes and its own tag; 304 for what the browser has', async () => {
  const app = await served(directory(site('example.com')))
  const ask = (headers: Record<string, string>) => app.inject({ url: '/tracker.js?siteId=example.com', headers })
  const plain = await ask({})
  const brotli = await ask({ 'accept-encoding': 'gzip, deflate, br' })
  const gzip = await ask({ 'accept-encoding': 'gzip, br;q=0' })
  assert.deepEqual(
    [plain, brotli, gzip].map(({ headers }) => headers['content-encoding']),
    [undefined, 'br', 'gzip'],
  )
  assert.equal(brotliDecompressSync(brotli.rawPayload).toString(), plain.body)
  assert.equal(gunzipSync(gzip.rawPayload).toString(), plain.body)
  assert.equal(new Set([plain, brotli, gzip].map(({ headers }) => headers.etag)).size, 3)

  const again = await ask({ 'accept-encoding': 'br', 'if-none-match': `"old", W/${String(brotli.headers.etag)}` })
  assert.deepEqual([again.statusCode, again.body, again.headers.etag], [304, '', brotli.headers.etag])
  assert.equal((await ask({ 'accept-encoding': 'br', 'if-none-match': String(gzip.headers.etag) })).statusCode, 200)
})

test('what options would weigh is what the script with them weighs, for who may change the site', async () => {
  const options: TrackerOptions = { webVitals: true, exclude: ['/admin/**'] }
  const app = await served(directory(site('plain.example', {}), site('rich.example', options)))
  const headers = { authorization: 'Bearer sites' }
  const weigh = (domain: string, payload: unknown, sent: Record<string, string> = headers) =>
    app.inject({ method: 'POST', url: `/api/v1/sites/${domain}/script`, headers: sent, payload: payload as object })
  const loaded = async (domain: string, coding: string) => {
    const headers = { 'accept-encoding': coding }
    return (await app.inject({ url: `/tracker.js?siteId=${domain}`, headers })).rawPayload.length
  }
  for (const [domain, given] of [
    ['plain.example', {}],
    ['rich.example', options],
  ] as const)
    assert.deepEqual((await weigh(domain, given)).json(), {
      bytes: await loaded(domain, 'identity'),
      gzip_bytes: await loaded(domain, 'gzip'),
      brotli_bytes: await loaded(domain, 'br'),
    })
  assert.equal((await weigh('plain.example', { webVitals: 'yes' })).statusCode, 400)
  assert.equal((await weigh('plain.example', {}, {})).statusCode, 401)
  assert.equal((await weigh('nobody.example', {})).statusCode, 404)
})

test('a server without built scripts does not start, and says what to do', async () => {
  const app = await createApp({ log: pino({ level: 'silent' }), basePath: '' })
  const parts = { sites: directory(), gate, trackerName: 'tracker.js', eventPath: '/api/event', distDir: join(distDir, 'nothing') }
  assert.throws(
    () => trackerRoutes(app, parts),
    (error: Error) => error instanceof StartError && /not built.*npm run build/.test(error.message),
  )
})
