import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { killRepeatedly } from './kills.ts'
import { seedOf } from './random.ts'
import { createScene } from './scene.ts'
import { STORES } from './stores.ts'

/** The short form, so that the whole suite stays within its quarter of an hour. For hundreds: soak.ts --kills N. */
const KILLS = 60

const RUNS = [...STORES.map((store) => ({ store, processes: 1 })), { store: STORES.find(({ name }) => name === 'mysql')!, processes: 2 }]

for (const { store, processes } of RUNS) {
  describe(`kill -9, ${KILLS} times on the same data (${store.name}, processes: ${processes})`, () => {
    test('what was acknowledged is there once, and the visits are those of the events', { timeout: 1_800_000 }, async (t) => {
      const seed = seedOf(t)
      const scene = await createScene(store, seed, { processes })
      t.after(() => scene.remove())
      const clients = scene.clients()
      // The first ones meet an empty directory. An orderly stop then writes Node's cache of compiled code, which halves the time of a start.
      await killRepeatedly(scene, 10, seed)
      await scene.cycle()
      await killRepeatedly(scene, KILLS - 10, seed + 1)
      const servers = scene.spawnAll()
      t.after(() => Promise.all(servers.map((server) => server.end('SIGKILL'))))
      await clients.settle()
      for (const server of servers) assert.equal(await server.end('SIGTERM'), 0)
      const { problems, ...figures } = await scene.verdict()
      t.diagnostic(JSON.stringify(figures))
      assert.deepEqual(problems, [])
      assert.ok(figures.acknowledged > KILLS, `only ${figures.acknowledged} events were acknowledged`)
    })
  })
}
