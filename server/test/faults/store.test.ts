import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { loadConfig } from '../../src/config.ts'
import { start } from '../../src/main.ts'
import { STORE_FAULTS, flaky, type StoreFault } from './flaky.ts'
import { createRandom, seedOf } from './random.ts'
import { createScene, settled } from './scene.ts'
import { STORES } from './stores.ts'

for (const store of STORES) {
  describe(`a store that stops and comes back (${store.name})`, () => {
    test('has every acknowledged event once, whatever it did to a write', async (t) => {
      const seed = seedOf(t)
      const scene = await createScene(store, seed)
      t.after(() => scene.remove())
      let fault: StoreFault | 'any' = 'well'
      const random = createRandom(seed)
      const boot = async () => {
        const config = loadConfig({ ...scene.environment, FLUSH_MS: '20', LOG_LEVEL: 'silent' }, scene.dataDir)
        const running = await start(config, { between: { engine: (real) => flaky(real, () => fault, random) } })
        await running.app.listen({ port: config.port, host: config.host })
        return running
      }
      let running = await boot()
      let stopped = false
      t.after(() => stopped || running.stop())
      const clients = scene.clients({ clients: 4 })

      for (const next of [...(Object.keys(STORE_FAULTS) as StoreFault[]), 'any', 'any'] as const) {
        fault = next
        const enough = scene.ledger.acknowledgements() + 50
        await settled(() => scene.ledger.acknowledgements() >= enough, `events are accepted while the store is ${next}`)
        await pause(1000)
        // Every other time the server is restarted in the middle of it: what it could not store waits in the journal.
        if (random.chance(0.5)) {
          await running.stop()
          fault = random.pick(['well', 'any'] as const)
          running = await boot()
        }
      }
      fault = 'well'
      await clients.settle()
      await running.flush()
      await running.stop()
      stopped = true
      const { problems, ...figures } = await scene.verdict()
      t.diagnostic(JSON.stringify(figures))
      assert.deepEqual(problems, [])
    })

    test('a server of its own, killed and started again under load', async (t) => {
      const seed = seedOf(t)
      const random = createRandom(seed)
      const scene = await createScene(store, seed)
      t.after(() => scene.remove())
      const { server: database } = scene.store
      if (!database) return t.diagnostic('the embedded store has none: it ends with Footfall (kill.test.ts)')
      const server = scene.spawn({ FLUSH_MS: '20' })
      t.after(() => server.end('SIGKILL'))
      await server.ready()
      const clients = scene.clients({ clients: 6 })
      for (let kills = 0; kills < 12; kills += 1) {
        const enough = scene.ledger.acknowledgements() + 50
        await settled(() => scene.ledger.acknowledgements() >= enough, 'events are accepted while the database runs')
        await pause(random.between(0, 100))
        await database.kill('SIGKILL')
        await pause(random.between(0, 500))
        await database.restart()
      }
      await clients.settle()
      assert.equal(await server.end('SIGTERM'), 0)
      const { problems, ...figures } = await scene.verdict()
      t.diagnostic(JSON.stringify(figures))
      assert.deepEqual(problems, [])
    })
  })
}
