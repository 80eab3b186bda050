import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Send } from './clients.ts'
import { createRandom, seedOf, type Random } from './random.ts'
import { createScene, settled } from './scene.ts'
import { STORES } from './stores.ts'

/** Passes everything on to a port, but of the answers only some: the rest end the connection when they begin. */
async function lossyProxy(port: number, random: Random): Promise<Server> {
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    const end = () => (client.destroy(), upstream.destroy())
    client.on('error', end).on('close', end)
    upstream.on('error', end).on('close', end)
    client.pipe(upstream)
    upstream.on('data', (chunk: Buffer) => (random.chance(0.3) ? end() : client.write(chunk)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** A client that often leaves as soon as its request is on its way. */
function impatient(random: Random): Send {
  return (url, { from }, body) =>
    new Promise((resolve) => {
      const headers = {
        'content-type': 'text/plain',
        'user-agent': from.agent,
        'x-forwarded-for': from.ip,
        'content-length': Buffer.byteLength(body),
      }
      const sending = request(url, { method: 'POST', headers, agent: false }, (response) => {
        response.resume().on('close', () => {
          const read = response.complete ? new Headers(response.headers as Record<string, string>) : null
          resolve(read && { status: response.statusCode!, headers: read })
        })
      })
      sending.on('error', () => resolve(null)).on('close', () => resolve(null))
      if (random.chance(0.2)) sending.on('finish', () => void pause(random.between(0, 8)).then(() => sending.destroy()))
      sending.end(body)
    })
}

for (const store of STORES) {
  describe(`answers that do not arrive (${store.name})`, () => {
    test('are asked for again with the same id, and count once', async (t) => {
      const seed = seedOf(t)
      const random = createRandom(seed)
      const scene = await createScene(store, seed)
      t.after(() => scene.remove())
      const server = scene.spawn({ FLUSH_MS: '50' })
      t.after(() => server.end('SIGKILL'))
      await server.ready()
      const proxy = await lossyProxy(Number(new URL(scene.url).port), random)
      t.after(() => proxy.close())
      const clients = scene.clients({
        clients: 8,
        send: impatient(random),
        urls: [`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`],
      })
      const again = () => [...scene.ledger.acts.values()].filter((entry) => entry.sent > 1).length
      await settled(() => again() > 300, 'many events are sent more than once')
      await clients.settle()
      await pause(500)
      const metrics = await (await fetch(`${scene.url}/metrics`)).text()
      const repeated = Number(/^footfall_events_dropped_total\{reason="duplicate"\} (\d+)$/m.exec(metrics)?.[1])
      assert.ok(repeated > 50, `only ${repeated} repetitions arrived`)
      assert.equal(await server.end('SIGTERM'), 0)
      const { problems, ...figures } = await scene.verdict()
      t.diagnostic(JSON.stringify({ again: again(), repeated, ...figures }))
      assert.deepEqual(problems, [])
    })
  })
}
