import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Site } from '@footfall/contract/sites.ts'
import { pino } from 'pino'
import { createApp } from '../../http.ts'
import { event } from '../../write/test-support.ts'
import { exportRoute } from './route.ts'

const SITE = { id: 1, domain: 's.example', timezone: 'Etc/UTC' } as Site
/** Pages of 80 KB as CSV and 360 KB as lines: more than a system keeps for a connection that nobody reads. */
const MOST = 500

/** A store without an end, as no real one is, so that only the client decides how much of it is read. */
function endless() {
  const pages = Array.from({ length: 1000 }, (_, n) => ({ ...event({ pathname: `/${n}` }), visit: '1' }))
  const seen = { made: 0, left: false }
  async function* made() {
    try {
      for (; seen.made < MOST; seen.made += 1) yield pages
    } finally {
      seen.left = true
    }
  }
  return { seen, engine: { export: made, parquet: () => assert.fail('nobody asked for Parquet') } }
}

for (const format of ['ndjson', 'csv']) {
  test(`${format}: pages are made as the client takes them, and no longer than it stays`, async (t) => {
    const app = await createApp({ log: pino({ level: 'silent' }), basePath: '' })
    t.after(() => app.close())
    const { seen, engine } = endless()
    exportRoute(app, {
      engine,
      enter: async () => ({ kind: 'key', key: 1, user: 1, scopes: ['stats'] }),
      answers: {
        site: async () => SITE,
        context: async (site) => ({ site, goals: [], segments: [], now: 0, firstAt: null, internal: false }),
      },
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const asking = get(`http://127.0.0.1:${port}/api/v1/sites/s.example/export?format=${format}`)
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    assert.equal(response.statusCode, 200)

    /** What is made until the server waits for the client. */
    async function made() {
      for (let before = -1; before !== seen.made; await pause(50)) before = seen.made
      return seen.made
    }
    const unread = await made()
    assert.ok(unread < MOST, 'all of it was made for a client that reads nothing')
    let bytes = 0
    for await (const chunk of response.iterator({ destroyOnReturn: false })) {
      bytes += (chunk as Buffer).length
      if (seen.made > unread) break
    }
    assert.ok(bytes > 0 && seen.made > unread)
    assert.equal(seen.left, false)
    asking.destroy()
    while (!seen.left) await pause(10)
    assert.ok(seen.made < MOST, 'the store was read on for nobody')
  })
}
