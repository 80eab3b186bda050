import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'redis'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Cache } from '../src/cache/cache.ts'
import { createMemoryCache } from '../src/cache/memory.ts'
import { createRedisCache } from '../src/cache/redis.ts'
import type { Attributes, StoredEvent } from '../src/lib/event.ts'
import type { CountLookups } from '../src/seams.ts'
import type { Engine } from '../src/storage/engine.ts'
import type { Condition } from '../src/storage/question.ts'
import { command, connect, select } from '../src/storage/mysql/client.ts'
import { createMySqlEngine } from '../src/storage/mysql/engine.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import type { PrivateServer } from './servers/process.ts'
import { startPrivateRedis } from './servers/redis.ts'

const NOON = 1_781_697_600
const attributes = Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, `some ${name}`])) as Attributes
const TABLES = ['terms', 'origins', 'places', 'agents', 'prop_sets', 'prop_items', 'generations', 'batches', 'events']

let store: Awaited<ReturnType<typeof realMySqlEngine>>
let redis: PrivateServer
before(async () => {
  ;[store, redis] = await Promise.all([realMySqlEngine(), startPrivateRedis()])
})
after(async () => {
  await Promise.all([store.close(), redis.stop()])
})

/** @param patienceMilliseconds more than a busy machine needs, lest it count as a Redis that is gone */
const openCache = (patienceMilliseconds = 20_000) =>
  createRedisCache({
    url: redis.url,
    prefix: 'numbers:',
    local: createMemoryCache({ clock: Date.now }),
    log: { warn() {}, info() {} },
    patienceMilliseconds,
  })

/** As another process would have it: nothing in memory, a connection of its own to both servers. */
async function writer(cache?: Cache) {
  const shared = cache ?? (await openCache())
  const found: Record<Parameters<CountLookups>[0], number> = { memory: 0, redis: 0, database: 0, new: 0 }
  const engine = createMySqlEngine({ client: await connect(store.url), shared, count: (layer, numbers) => void (found[layer] += numbers) })
  return {
    engine,
    found,
    async close() {
      await engine.close()
      if (!cache) await shared.close()
    },
  }
}

let tokens = 0
/** Each page is a text of its own, and so is the value of a property. */
const write = (engine: Engine, site: number, pages: string[]) =>
  engine.write({ token: `numbers:${++tokens}`, events: pages.map((pathname, index) => event(site, index, pathname)), visits: [] })
function event(site: number, index: number, pathname: string): StoredEvent {
  const page = { name: 'pageview', hostname: 'example.com', pathname, attributes, props: { page: pathname }, revenue: null }
  return { site, at: NOON + index, id: '0', visitor: '1', visit: '2', ...page, engagement: 0, scroll: 0, interactive: true }
}
const pagesOf = (name: string, count = 200) => Array.from({ length: count }, (_, index) => `/${name}/${index}`)

/** What is stored, by the texts behind the numbers. Page and property of an event were the same text. */
async function stored(site: number): Promise<string[]> {
  const where: Condition = { kind: 'all', of: [] }
  const rows = await store.engine.report('events', {
    site,
    from: 0,
    to: NOON * 2,
    where,
    visit: null,
    order: 'oldest first',
    limit: 10_000,
  })
  for (const { pathname, props, hostname } of rows) assert.deepEqual([props, hostname], [{ page: pathname }, 'example.com'])
  return rows.map(({ pathname }) => pathname)
}

/** Resolves when a process that starts now would find them in Redis: nobody waits for them to come there. */
async function published(keys: number): Promise<void> {
  const client = await createClient({ url: redis.url }).connect()
  for (let tries = 0; (await client.dbSize()) < keys; tries++) {
    if (tries > 3000) throw new Error(`Redis has ${await client.dbSize()} keys, expected ${keys}`)
    await pause(20)
  }
  client.destroy()
}
async function flush(): Promise<void> {
  const client = await createClient({ url: redis.url }).connect()
  await client.flushAll()
  client.destroy()
}

test('numbers are in memory, else in Redis, else in the database, else new', async () => {
  await flush()
  const first = await writer()
  await write(first.engine, 1, pagesOf('a'))
  assert.deepEqual({ ...first.found, new: first.found.new > 600 }, { memory: 0, redis: 0, database: 0, new: true })
  const all = first.found.new
  await write(first.engine, 1, pagesOf('a'))
  assert.deepEqual(first.found, { memory: all, redis: 0, database: 0, new: all })
  await published(all)

  const second = await writer()
  await write(second.engine, 1, pagesOf('a'))
  assert.deepEqual(second.found, { memory: 0, redis: all, database: 0, new: 0 })

  await flush()
  const third = await writer()
  await write(third.engine, 1, pagesOf('a'))
  assert.deepEqual(third.found, { memory: 0, redis: 0, database: all, new: 0 })
  await Promise.all([first, second, third].map((each) => each.close()))
  assert.equal((await stored(1)).length, 800)
})

test('processes that meet the same new texts at once agree, while Redis is flushed again and again', async () => {
  const writers = await Promise.all([writer(), writer(), writer()])
  for (let round = 0; round < 6; round++) {
    const pages = pagesOf(`round${round}`)
    await Promise.all([...writers.map(({ engine }, index) => write(engine, 2, index % 2 ? pages : pages.toReversed())), flush()])
  }
  await Promise.all(writers.map((each) => each.close()))
  const pages = await stored(2)
  assert.equal(pages.length, 3 * 6 * 200)
  assert.equal(new Set(pages).size, 6 * 200)
  const [terms] = await select<{ n: string }>(store.client.pool, 'SELECT COUNT(*) AS n FROM terms WHERE site = 2 AND kind = 2')
  assert.equal(Number(terms?.n), 6 * 200)
})

test('a Redis that stops, hangs or holds nonsense refuses no batch', async (t) => {
  const cache = await openCache(2000)
  const one = await writer(cache)
  t.after(() => one.close().then(() => cache.close()))
  await write(one.engine, 3, pagesOf('up'))
  await redis.kill('SIGKILL')
  await write(one.engine, 3, pagesOf('down'))
  await redis.restart()
  redis.pause()
  await write(one.engine, 3, pagesOf('hangs'))
  redis.resume()
  // Somebody else's cache: whatever is asked for, it has something.
  for (const nonsense of [17, null, { a: 1 }, '0 0 0', '99 1', '4294967295 4294967295 1', "1 1 1' OR 1"]) {
    const cache = {
      ...createMemoryCache({ clock: Date.now }),
      getMany: async (keys: readonly string[]) => new Map(keys.map((key) => [key, nonsense])),
    }
    const other = await writer(cache as Cache)
    await write(other.engine, 3, ['/nonsense'])
    await other.close()
  }
  assert.deepEqual(new Set(await stored(3)), new Set([...pagesOf('up'), ...pagesOf('down'), ...pagesOf('hangs'), '/nonsense']))
})

test('after an erasure no process uses the numbers that went with the site', async (t) => {
  await flush()
  const [eraser, other] = await Promise.all([writer(), writer()])
  t.after(() => Promise.all([eraser.close(), other.close()]))
  await write(other.engine, 4, pagesOf('gone'))
  await eraser.engine.forget(4)
  await write(other.engine, 4, ['/gone/1', '/late'])
  const cold = await writer()
  t.after(() => cold.close())
  await write(cold.engine, 4, ['/gone/2', '/late'])
  assert.deepEqual((await stored(4)).toSorted(), ['/gone/1', '/gone/2', '/late', '/late'])
})

test('a database that was set back under running processes: none takes a number from the time that is gone', async (t) => {
  await flush()
  const [one, other] = await Promise.all([writer(), writer()])
  t.after(() => Promise.all([one.close(), other.close()]))
  await write(one.engine, 5, pagesOf('before'))
  await write(other.engine, 5, ['/before/1'])
  const pool = store.client.pool
  for (const table of TABLES) await command(pool, `CREATE TABLE backup_${table} LIKE ${table}`)
  for (const table of TABLES) await command(pool, `INSERT INTO backup_${table} SELECT * FROM ${table}`)
  const [top] = await select<{ id: number }>(pool, 'SELECT MAX(id) AS id FROM terms')
  await write(one.engine, 5, pagesOf('lost'))
  await write(other.engine, 5, pagesOf('lost too'))
  const keys = one.found.new + other.found.new
  await published(keys)

  for (const table of TABLES) {
    await command(pool, `TRUNCATE ${table}`)
    await command(pool, `INSERT INTO ${table} SELECT * FROM backup_${table}`)
  }
  // A third process gives the numbers out again, to other texts.
  const third = await writer()
  t.after(() => third.close())
  await write(third.engine, 5, pagesOf('after'))
  const [again] = await select<{ id: number }>(pool, 'SELECT MAX(id) AS id FROM terms')
  assert.ok(again!.id > top!.id)
  await Promise.all([
    write(one.engine, 5, pagesOf('lost')),
    write(other.engine, 5, pagesOf('lost too')),
    write(third.engine, 5, pagesOf('lost')),
  ])
  const expected = [...pagesOf('before'), '/before/1', ...pagesOf('after'), ...pagesOf('lost'), ...pagesOf('lost'), ...pagesOf('lost too')]
  assert.deepEqual((await stored(5)).toSorted(), expected.toSorted())
})
