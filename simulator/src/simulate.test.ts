import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { simulate, type SimulateOptions } from './simulate.ts'
import { SITES } from './sites.ts'

interface Hit {
  body: Record<string, unknown>
  headers: Record<string, string | string[] | undefined>
  status: number
}

/** A collector that answers what `answer` says for the n-th request, and remembers everything. */
async function collector(t: TestContext, answer: (hit: number, id: string) => { status: number; headers?: Record<string, string> }) {
  const hits: Hit[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part: string) => (text += part))
    request.on('end', () => {
      assert.equal(request.url, '/api/event')
      assert.equal(request.method, 'POST')
      const body = JSON.parse(text) as Hit['body']
      const { status, headers } = answer(hits.length, String(body['id']))
      hits.push({ body, headers: request.headers, status })
      response.writeHead(status, headers).end(status === 202 ? 'ok' : '{"errors":{}}')
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { hits, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

/** Simulates until `met`, or a minute. Ends between two requests: one that is under way counts with the server and not with its sender. */
async function run(options: Omit<SimulateOptions, 'signal' | 'log'>, met: (log: string[]) => boolean) {
  const stop = new AbortController()
  const log: string[] = []
  let underWay = 0
  const watched: typeof fetch = async (...request) => {
    underWay += 1
    try {
      const response = await fetch(...request)
      return new Response(await response.arrayBuffer(), response)
    } finally {
      underWay -= 1
    }
  }
  const until = Date.now() + 60_000
  const watch = setInterval(() => ((met(log) && underWay === 0) || Date.now() > until) && stop.abort(), 5)
  const result = await simulate({ ...options, fetch: watched, signal: stop.signal, log: (line) => log.push(line) })
  clearInterval(watch)
  return { result, log }
}

test('visits arrive as a tracker behind a proxy would send them', async (t) => {
  const { hits, baseUrl } = await collector(t, () => ({ status: 202 }))
  const { result, log } = await run({ baseUrl, ratePerSecond: 20, seedNumber: 4 }, () => hits.length > 60)
  assert.equal(result.ok, hits.length)
  assert.equal(result.failed, 0)
  assert.ok(result.unsent > 0, 'people who still read')
  for (const { body, headers } of hits) {
    assert.equal(headers['content-type'], 'text/plain')
    assert.match(String(headers['user-agent']), /^Mozilla\/5\.0 /)
    assert.match(String(headers['x-forwarded-for']), /^\d+\.\d+\.\d+\.\d+$/)
    assert.match(String(headers['accept-language']), /^[a-z]{2}$/)
    assert.ok(SITES.some(({ domain }) => domain === body['d'] && String(body['u']).startsWith(`https://${domain}/`)))
    assert.ok(Math.abs(Number(body['s']) - Date.now()) < 100_000)
    assert.ok(Number(body['s']) >= Number(body['t']) - 1000, 'nothing is sent before it happens')
    assert.ok(JSON.stringify(body).length < 2000)
  }
  assert.equal(new Set(hits.map(({ body }) => body['id'])).size, hits.length, 'ids are unique')
  assert.ok(new Set(hits.map(({ body }) => body['d'])).size === 3, 'every site has visitors')
  assert.ok(hits.some(({ body }) => String(body['u']).includes('utm_source=')))
  assert.match(log[0]!, /^\d\d:\d\d:\d\d {2}\d+ visits \(northwind \d+, lanternpost \d+, himaltea \d+\) {2}\d+ events ok {2}0 failed/)
  assert.match(log.at(-1)!, /^Stopped: \d+ visits in \d+ s, \d+ events ok/)
})

test('a refused event comes again with the same id until the server takes it, and never after', async (t) => {
  const { hits, baseUrl } = await collector(t, (hit) => (hit < 6 ? { status: 503 } : { status: 202 }))
  const retried = () => hits.slice(0, 6).every(({ body }) => hits.some((other) => other.status === 202 && other.body['id'] === body['id']))
  const { result } = await run({ baseUrl, ratePerSecond: 6, seedNumber: 1 }, () => hits.length > 12 && retried())
  assert.ok(retried())
  assert.ok(result.retries >= 6)
  const taken = hits.filter(({ status }) => status === 202).map(({ body }) => body['id'])
  assert.equal(new Set(taken).size, taken.length)
  const [first] = hits
  const again = hits.find(({ body, status }) => status === 202 && body['id'] === first!.body['id'])!
  assert.equal(again.body['t'], first!.body['t'], 'when it happened stays')
  assert.ok(Number(again.body['s']) > Number(first!.body['s']), 'when it was sent does not')
})

test('a 400 is final; a drop is said by its reason', async (t) => {
  const { hits, baseUrl } = await collector(t, (hit) =>
    hit % 2 === 0 ? { status: 400 } : { status: 202, headers: { 'x-footfall-dropped': 'not_found' } },
  )
  const { result, log } = await run({ baseUrl, ratePerSecond: 10, seedNumber: 2 }, () => hits.length > 10)
  assert.equal(result.retries, 0)
  assert.equal(result.ok, 0)
  assert.equal(result.failed + result.dropped['not_found']!, hits.length)
  assert.match(log.at(-1)!, /\d+ not counted \(not_found\)/)
})

test('without a server it keeps trying, says so, and ends when told', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  server.close()
  const { result, log } = await run(
    { baseUrl: `http://127.0.0.1:${port}`, ratePerSecond: 10, seedNumber: 3 },
    (lines) => lines.length === 2,
  )
  assert.equal(result.ok, 0)
  assert.ok(result.retries > 0 && result.unsent > 0)
  assert.match(log[1]!, /waiting {2}last problem: .*ECONNREFUSED/)
})
