import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { killRepeatedly } from './kills.ts'
import { seedOf } from './random.ts'
import { createScene } from './scene.ts'
import { STORES, type FaultStore } from './stores.ts'

/**
 * The short form of soak.ts: 65 kills, so that `npm test` stays within its quarter of an hour; side by side. A kill takes 1.3 s of processor time (75 kills and the starts around them: 120 s),
 * nearly all of it the next start, which keeps one core busy at a time; three runs keep two busy. Few clients, for the same reason.
 */
const CLIENTS = 4
const [embedded, mysql] = STORES as [FaultStore, FaultStore]
const RUNS = [
  { store: embedded, processes: 1, kills: 30 },
  { store: mysql, processes: 1, kills: 20 },
  { store: mysql, processes: 2, kills: 15 },
]

describe('kill -9 on the same data, again and again', { concurrency: true }, () => {
  for (const { store, processes, kills } of RUNS) {
    const what = `${store.name}, processes: ${processes}, kills: ${kills}`
    test(`what was acknowledged is there once, and the visits are those of the events (${what})`, { timeout: 1_800_000 }, async (t) => {
      const seed = seedOf(t)
      const scene = await createScene(store, seed, { processes })
      t.after(() => scene.remove())
      const clients = scene.clients({ clients: CLIENTS })
      // The first ones meet an empty directory. An orderly stop then writes Node's cache of compiled code, which halves the time of a start.
      await killRepeatedly(scene, 10, seed)
      await scene.cycle()
      await killRepeatedly(scene, kills - 10, seed + 1)
      const servers = scene.spawnAll()
      t.after(() => Promise.all(servers.map((server) => server.end('SIGKILL'))))
      await clients.settle()
      for (const server of servers) assert.equal(await server.end('SIGTERM'), 0)
      const { problems, ...figures } = await scene.verdict()
      t.diagnostic(JSON.stringify(figures))
      assert.deepEqual(problems, [])
      assert.ok(figures.acknowledged > kills, `only ${figures.acknowledged} events were acknowledged`)
    })
  }
})
