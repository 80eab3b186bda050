import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { bundleServer, type Bundle } from './bundle.ts'
import { killRepeatedly } from './kills.ts'
import { seedOf } from './random.ts'
import { createScene } from './scene.ts'
import { STORES, type FaultStore } from './stores.ts'

/**
 * The short form of soak.ts, its runs side by side: 440 kills took 378 s of processor time on two cores that twenty others wanted too. Nearly all of a kill's cost is the next start, which keeps one core busy at a time; three runs keep
 * two busy. Few clients, for the same reason.
 */
const CLIENTS = 4
const [embedded, mysql] = STORES as [FaultStore, FaultStore]
const RUNS = [
  { store: embedded, processes: 1, kills: 200 },
  { store: mysql, processes: 1, kills: 130 },
  { store: mysql, processes: 2, kills: 70 },
]

describe('kill -9 on the same data, again and again', { concurrency: true }, () => {
  let bundle: Bundle
  before(async () => (bundle = await bundleServer()))
  after(() => bundle.remove())

  for (const { store, processes, kills } of RUNS) {
    const what = `${store.name}, processes: ${processes}, kills: ${kills}`
    test(`what was acknowledged is there once, and the visits are those of the events (${what})`, { timeout: 1_800_000 }, async (t) => {
      const seed = seedOf(t)
      const scene = await createScene(store, seed, { processes, bundle })
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
      // A slow machine kills many before they have answered anything; on one with nothing else to do several events come to each kill.
      assert.ok(figures.acknowledged > kills / 4, `only ${figures.acknowledged} events were acknowledged`)
    })
  }
})
