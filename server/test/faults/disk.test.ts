import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createScene, settled } from './scene.ts'
import { seedOf } from './random.ts'
import { mountSmallDisk } from './small-disk.ts'
import { STORES } from './stores.ts'

for (const store of STORES) {
  describe(`a full disk (${store.name})`, () => {
    test('is answered 503, never 202; with space it goes on; through kills too', async (t) => {
      const seed = seedOf(t)
      const disk = mountSmallDisk(64)
      t.after(() => disk.unmount())
      const scene = await createScene(store, seed, { directory: disk.path })
      t.after(() => scene.store.stop())
      let server = scene.spawn({ FLUSH_MS: '50' })
      t.after(() => server.end('SIGKILL'))
      await server.ready()
      const clients = scene.clients({ clients: 4 })
      const { ledger } = scene

      for (let round = 0; round < 4; round += 1) {
        const enough = ledger.acknowledgements() + 100
        await settled(() => ledger.acknowledgements() >= enough, 'events are acknowledged while there is space')
        await disk.fill()
        const refused = ledger.refusals() + 50
        await settled(() => ledger.refusals() >= refused, 'events are refused while the disk is full')
        assert.equal(server.child.exitCode, null, `the server lives on: ${server.said()}`)
        // A start on a full disk may fail, as long as a later one does not.
        if (round % 2 === 1) {
          await server.end('SIGKILL')
          server = scene.spawn({ FLUSH_MS: '50' })
          const started = await server.ready().then(
            () => true,
            () => false,
          )
          t.diagnostic(`on a full disk the server ${started ? 'starts' : `does not start: ${server.said()}`}`)
        }
        await disk.free()
        if (server.child.exitCode !== null) server = scene.spawn({ FLUSH_MS: '50' })
      }
      await clients.settle()
      assert.equal(await server.end('SIGTERM'), 0)
      const { problems, ...figures } = await scene.verdict()
      t.diagnostic(JSON.stringify(figures))
      assert.deepEqual(problems, [])
    })
  })
}
