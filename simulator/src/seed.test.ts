import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { seed } from './seed.ts'
import { DEMO_SITES, SITES } from './sites.ts'

const NOW = Date.UTC(2026, 10, 24, 10)

/** A server of our own for one test; answers its address. */
async function listen(t: TestContext, handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/stats`
}

/** Adds the ids of a body of lines; answers what an import would. */
async function take(request: IncomingMessage, ids: Set<string>) {
  let accepted = 0
  let duplicates = 0
  for await (const text of createInterface({ input: request })) {
    const { id } = JSON.parse(text) as { id: string }
    if (ids.has(id)) duplicates++
    else accepted++
    ids.add(id)
  }
  return JSON.stringify({ accepted, duplicates, rejected: [], rejected_total: 0 })
}

test('every site gets its lines once, with the key, below the path of the server; a second time adds nothing', async (t) => {
  const ids = new Map<string, Set<string>>()
  const baseUrl = await listen(t, async (request, response) => {
    const domain = /^\/stats\/api\/v1\/sites\/([^/]+)\/import$/.exec(request.url ?? '')?.[1]
    assert.ok(domain !== undefined, String(request.url))
    assert.equal(request.headers.authorization, 'Bearer secret')
    assert.equal(request.headers['content-type'], 'application/x-ndjson')
    if (!ids.has(domain)) ids.set(domain, new Set())
    response.writeHead(200, { 'content-type': 'application/json' }).end(await take(request, ids.get(domain)!))
  })
  const log: string[] = []
  const options = { baseUrl, key: 'secret', days: 20, events: 9000, now: NOW, log: (line: string) => log.push(line) }
  const first = await seed(options)
  assert.deepEqual([...ids.keys()], ['northwind.example', 'lanternpost.example', 'himaltea.example'])
  const stored = [...ids.values()].reduce((sum, set) => sum + set.size, 0)
  assert.ok(Math.abs(stored / 9000 - 1) < 0.1, `got ${stored}`)
  assert.deepEqual([first.lines, first.accepted, first.duplicates, first.rejected], [stored, stored, 0, 0])
  assert.match(log[0]!, /^northwind\.example: [\d,]+ lines sent;/)
  assert.match(log[1]!, /^northwind\.example: \d+ events new, 0 known$/)

  const second = await seed(options)
  assert.deepEqual([second.accepted, second.duplicates], [0, stored])
})

test('a server that is busy is asked again from the start', async (t) => {
  let requests = 0
  const ids = new Set<string>()
  const baseUrl = await listen(t, async (request, response) => {
    requests++
    if (requests === 1) {
      // Half way through the connection breaks, after some lines were taken.
      request.once('data', () => request.socket.destroy())
      return
    }
    response.end(await take(request, ids))
  })
  const log: string[] = []
  const result = await seed({
    baseUrl,
    key: 'k',
    sites: SITES.slice(0, 1),
    days: 20,
    events: 9000,
    now: NOW,
    log: (line) => log.push(line),
  })
  assert.equal(requests, 2)
  assert.equal(result.lines, ids.size)
  assert.ok(
    log.some((line) => /^northwind\.example: .+; trying again in 1 s$/.test(line)),
    log.join('\n'),
  )
})

test('a refusal is said in the words of the server, at once', async (t) => {
  let requests = 0
  const baseUrl = await listen(t, (request, response) => {
    requests++
    request.resume()
    response.writeHead(403).end(JSON.stringify({ error: 'The key lacks the scope import', code: 'forbidden' }))
  })
  await assert.rejects(
    seed({ baseUrl, key: 'k', days: 1, events: 100, now: NOW, log: () => {} }),
    /Cannot seed northwind\.example .*403 The key lacks the scope import/,
  )
  assert.equal(requests, 1)
})

test('an aborted seed stops', async (t) => {
  const stop = new AbortController()
  const baseUrl = await listen(t, (request) => void request.once('data', () => stop.abort()))
  await assert.rejects(seed({ baseUrl, key: 'k', days: 30, events: 500_000, now: NOW, log: () => {}, signal: stop.signal }), {
    name: 'AbortError',
  })
})

test('the demo has its sites, each with goals the sites API takes', () => {
  assert.deepEqual(
    DEMO_SITES.map(({ domain }) => domain),
    ['northwind.example', 'lanternpost.example', 'himaltea.example', 'demo.footfall.example'],
  )
  for (const { timezone, goals } of DEMO_SITES) {
    assert.ok(Intl.DateTimeFormat('en', { timeZone: timezone }))
    for (const goal of goals) assert.ok(goal.goal_type === 'event' ? goal.event_name : goal.page_path)
  }
})
