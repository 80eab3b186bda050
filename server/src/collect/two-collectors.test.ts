import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createMemoryCache } from '../cache/memory.ts'
import { site, startCollector } from './testing.ts'

const VIEW = { n: 'pageview', u: 'https://s.example/', d: 's.example' }
const from = (address: string) => ({ body: VIEW, headers: { 'x-forwarded-for': address } })

/** Two processes behind one load balancer: each has its own connection to one SQLite file, and the cache is shared. */
async function twoCollectors(t: TestContext, options: { limit?: number; addressLimit?: number } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'footfall-two-'))
  const time = { now: Date.parse('2026-06-18T12:00:00Z') }
  const clock = () => time.now
  const cache = createMemoryCache({ clock })
  const parts = {
    dataDir,
    clock,
    cache,
    sites: [site(1, 's.example', { timezone: 'Europe/Vienna', ingest_rate_limit: options.limit ?? null })],
    addressLimit: options.addressLimit ?? 0,
  }
  const both = [await startCollector(t, parts), await startCollector(t, parts)]
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  /** The first goes to one, the second to the other, and so on, all at once. */
  const sendAll = (sent: Parameters<(typeof both)[0]['send']>[0][]) => Promise.all(sent.map((one, index) => both[index % 2]!.send(one)))
  const stored = () => both.map(({ events }) => events.splice(0))
  return { time, both, sendAll, stored }
}

test('a visitor is the same one to two collectors, also when both meet a new day at once', async (t) => {
  const { time, sendAll, stored } = await twoCollectors(t)
  const days: string[][] = []
  // 22:00 in Greenwich is midnight in Vienna.
  for (const moment of ['2026-06-18T21:59:59Z', '2026-06-18T22:00:00Z', '2026-06-19T22:00:00Z']) {
    time.now = Date.parse(moment)
    await sendAll(Array.from({ length: 20 }, () => from('203.0.113.7')))
    const [one, other] = stored()
    assert.deepEqual([one!.length, other!.length], [10, 10])
    const seen = new Set([...one!, ...other!].map(({ visitor, visitorBefore }) => `${visitor} ${visitorBefore}`))
    assert.equal(seen.size, 1, moment)
    days.push([...seen][0]!.split(' '))
  }
  const [first, second, third] = days
  assert.equal(second![1], first![0], 'a visit may cross midnight, from one collector to the other')
  assert.equal(new Set([first![0], second![0], third![0]]).size, 3)
  assert.ok(!third!.includes(first![0]!))
})

test('limits of an address and of a site count what both collectors take', async (t) => {
  const { both, sendAll } = await twoCollectors(t, { addressLimit: 4 })
  const answers = await sendAll(Array.from({ length: 6 }, () => from('203.0.113.7')))
  assert.equal(answers.filter(({ response }) => response.statusCode === 202).length, 4)
  assert.ok(
    answers.filter(({ response }) => response.statusCode === 429).every(({ response }) => Number(response.headers['retry-after']) > 0),
  )
  assert.equal((await both[1]!.send(from('203.0.113.8'))).response.statusCode, 202)

  const limited = await twoCollectors(t, { limit: 3 })
  const dropped = await limited.sendAll(Array.from({ length: 6 }, (_, n) => from(`203.0.113.${n}`)))
  assert.equal(dropped.filter(({ response }) => response.headers['x-footfall-dropped'] === 'throttle').length, 3)
})

test('refusals of both collectors are one count', async (t) => {
  const { both } = await twoCollectors(t)
  for (const { send } of both) for (let n = 0; n < 5; n++) await send({ body: VIEW, headers: { 'user-agent': 'Googlebot/2.1' } })
  await both[0]!.drops.flush()
  assert.deepEqual(await both[1]!.drops.between(1, '2026-06-01', '2026-06-30'), [{ day: '2026-06-18', reason: 'bot', events: 10 }])
})
