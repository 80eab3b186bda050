import assert from 'node:assert/strict'
import { appendFile, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Event } from '../../src/lib/event.ts'
import { decodeFrames, encodeFrame } from '../../src/write/frames.ts'
import { event } from '../../src/write/test-support.ts'
import { footfall } from './process.ts'
import { seedOf } from './random.ts'
import { createScene, settled } from './scene.ts'
import { STORES } from './stores.ts'

/** Decimal64(3) has 15 digits before the point; the collector takes no more, so that this comes from no client. */
const POISON = { id: '77', pathname: '/poison', revenue: { amount: '99999999999999999999', currency: 'EUR' } } satisfies Partial<Event>

/** Puts it into a segment twice: as all that a visitor does, and into the visit of another one. */
async function poison(path: string): Promise<void> {
  const [first] = decodeFrames(await readFile(path)).payloads.flatMap((payload) => JSON.parse(payload.toString()) as Event[])
  const both = [event({ ...POISON, visitor: '77' }), { ...first!, ...POISON, id: '78' }]
  await appendFile(path, encodeFrame(JSON.stringify(both)))
}

for (const store of STORES) {
  describe(`an event that the store will never take (${store.name})`, () => {
    test('is set aside with its reason where the operator sees it; the rest of its batch is stored, and visits are those of the rest', async (t) => {
      const scene = await createScene(store, seedOf(t))
      t.after(() => scene.remove())
      const first = scene.spawn({ FLUSH_MS: '3600000' })
      t.after(() => first.end('SIGKILL'))
      await first.ready()
      const clients = scene.clients({ clients: 3 })
      await settled(() => scene.ledger.acknowledgements() > 40, 'events are acknowledged')
      await clients.settle()
      await first.end('SIGKILL')

      const journal = join(scene.dataDir, 'journal')
      const batch = (await readdir(journal)).filter((name) => name.endsWith('.segment')).toSorted()[0]!
      await poison(join(journal, batch))

      const second = scene.spawn()
      t.after(() => second.end('SIGKILL'))
      await second.ready()
      const metric = async (name: string) =>
        Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${scene.url}/metrics`)).text())?.[1])
      await settled(async () => (await metric('footfall_journal_bytes')) === 0, 'the journal empties')
      assert.equal(await metric('footfall_items_refused_total'), 2)
      const advice = footfall(scene.environment, 'doctor')
      assert.equal(advice.code, 1)
      assert.match(
        advice.out,
        /^✗ journal: the event store refused what .*refused.*\.ndjson holds \(1 such files\), lastly for BatchRefused: /m,
      )
      assert.equal(await second.end('SIGTERM'), 0)

      const [file] = await readdir(join(journal, 'refused'))
      const kept = (await readFile(join(journal, 'refused', file!), 'utf8')).trim().split('\n')
      const items = kept.map((line) => JSON.parse(line) as { reason: string; item: Event })
      assert.deepEqual(
        items.map(({ item }) => [item.pathname, item.id]),
        [
          ['/poison', '77'],
          ['/poison', '78'],
        ],
      )
      for (const { reason } of items) assert.match(reason, /^BatchRefused: /)
      const { acknowledged, stored, problems } = await scene.verdict()
      assert.deepEqual([stored, problems], [acknowledged, []])
    })
  })
}
