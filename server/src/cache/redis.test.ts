import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createClient } from 'redis'
import { cacheSuite } from '../../test/cache-suite.ts'
import { freePort, type TestServer } from '../../test/servers/process.ts'
import { startPrivateRedis, startRedis, startRedisCluster } from '../../test/servers/redis.ts'
import { StartError } from '../errors.ts'
import type { Cache } from './cache.ts'
import { createMemoryCache } from './memory.ts'
import { createRedisCache } from './redis.ts'

const silent = { warn() {}, info() {} }
const local = () => createMemoryCache({ clock: Date.now })
/** Patient, since the machine may be busy with other tests. */
const open = (url: string, log = silent, patienceMilliseconds = 5000) =>
  createRedisCache({ url, prefix: `test-${process.pid}:`, local: local(), log, patienceMilliseconds })

function suite(name: string, start: () => Promise<TestServer>): void {
  cacheSuite(name, async () => {
    const server = await start()
    const cache = await open(server.url)
    return { cache, pass: (seconds) => pause(seconds * 1000), end: () => server.stop() }
  })
}

// Each waits some seconds for entries to expire: beside each other.
describe('each kind of server', { concurrency: true }, () => {
  suite('Redis', startRedis)
  suite('Redis Cluster', startRedisCluster)
  suite('Redis with a password', async () => {
    const server = await startPrivateRedis('--requirepass', 'p@ss:word,/?')
    return { ...server, url: server.url.replace('//', `//:${encodeURIComponent('p@ss:word,/?')}@`) }
  })
  suite('Redis over TLS', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'footfall-tls-'))
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')]
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
    await promisify(execFile)('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      ...name,
      '-keyout',
      key,
      '-out',
      cert,
    ])
    const port = await freePort()
    const tls = [
      '--tls-port',
      `${port}`,
      '--tls-cert-file',
      cert,
      '--tls-key-file',
      key,
      '--tls-ca-cert-file',
      cert,
      '--tls-auth-clients',
      'no',
    ]
    const server = await startPrivateRedis(...tls)
    const stop = async () => {
      await server.stop()
      rmSync(directory, { recursive: true })
    }
    return { url: `rediss://127.0.0.1:${port}?ssl-ca=${cert}`, stop }
  })
})

/** Redis and a cache over it; both end with the test. */
async function both(t: TestContext) {
  const said: string[] = []
  const note = (...words: unknown[]) => void said.push(String(words.at(-1)))
  const server = await startPrivateRedis()
  const cache = await open(server.url, { warn: note, info: note }, 1000)
  t.after(async () => {
    await cache.close()
    await server.stop()
  })
  return { server, cache, said }
}

/** Until Redis is asked again. */
async function untilBack(cache: Cache) {
  for (let tries = 0; (await cache.get('back')) === undefined; tries++) {
    if (tries > 600) throw new Error('the cache did not come back')
    await pause(100)
    await cache.set('back', true, 60).catch(() => undefined)
  }
}

describe('a Redis that', () => {
  test('is killed: calls know nothing, limits go on in this process; it is used again when it is back', async (t) => {
    const { server, cache, said } = await both(t)
    await cache.set('a', 1, 60)
    assert.equal((await cache.hit('limit', 60)).hits, 1)
    await server.kill('SIGKILL')
    assert.equal(await cache.get('a'), undefined)
    await assert.rejects(cache.set('a', 2, 60))
    await assert.rejects(cache.delete('a'))
    const hits = await Promise.all([1, 2, 3].map(() => cache.hit('limit', 60)))
    assert.deepEqual(
      hits.map((hit) => hit.hits),
      [1, 2, 3],
    )
    await assert.rejects(cache.ping())
    await server.restart()
    await untilBack(cache)
    await cache.set('a', 3, 60)
    assert.equal(await cache.get('a'), 3)
    await cache.ping()
    assert.deepEqual(said, ['the cache is away; going on without it', 'the cache is back'])
  })

  test('is flushed: what was known is not, and counting begins anew', async (t) => {
    const { server, cache } = await both(t)
    await cache.set('a', 1, 60)
    await cache.hit('limit', 60, 5)
    const other = await createClient({ url: server.url }).connect()
    await other.flushAll()
    other.destroy()
    assert.equal(await cache.get('a'), undefined)
    assert.deepEqual(await cache.hit('limit', 60), { hits: 1, resetSeconds: 60 })
  })

  test('hangs: a thousand calls are answered without it', async (t) => {
    const { server, cache } = await both(t)
    server.pause()
    const answers = await Promise.all(Array.from({ length: 1000 }, () => cache.get('a')))
    assert.equal(
      answers.every((answer) => answer === undefined),
      true,
    )
    assert.equal((await cache.hit('limit', 60)).hits, 1)
    server.resume()
    await untilBack(cache)
  })

  test('answered while this process was busy for longer than its patience: the answer counts', async (t) => {
    const { cache, said } = await both(t)
    await cache.set('a', 1, 60)
    const answer = cache.get('a')
    // The question goes out, then nothing is read for two seconds.
    await new Promise(setImmediate)
    for (const end = performance.now() + 2000; performance.now() < end;);
    assert.equal(await answer, 1)
    assert.deepEqual(said, [])
  })

  test('holds something else under a key: as good as nothing', async (t) => {
    const { server, cache } = await both(t)
    const other = await createClient({ url: server.url }).connect()
    await other.set(`test-${process.pid}:odd`, '{')
    other.destroy()
    assert.equal(await cache.get('odd'), undefined)
  })

  test('is not there at start: it is used once it is', async (t) => {
    const server = await startPrivateRedis()
    await server.kill('SIGKILL')
    const cache = await open(server.url)
    t.after(async () => {
      await cache.close()
      await server.stop()
    })
    assert.equal(await cache.get('a'), undefined)
    await server.restart()
    await untilBack(cache)
  })

  test('is never there: the cache can be closed', async () => {
    for (const url of ['redis://127.0.0.1:1', 'redis://127.0.0.1:1,127.0.0.1:2']) {
      const cache = await open(url)
      assert.equal(await cache.get('a'), undefined)
      await cache.close()
    }
  })
})

test('two caches count together, each installation for itself', async (t) => {
  const server = await startRedis()
  const make = (prefix: string) => createRedisCache({ url: server.url, prefix, local: local(), log: silent, patienceMilliseconds: 5000 })
  const prefix = `together-${process.pid}:`
  const caches = await Promise.all([make(prefix), make(prefix), make(`other-${process.pid}:`)])
  t.after(async () => {
    for (const cache of caches) await cache.close()
    await server.stop()
  })
  const hits = []
  for (const cache of caches) hits.push((await cache.hit('limit', 60)).hits)
  assert.deepEqual(hits, [1, 2, 1])
})

const refused: [string, RegExp][] = [
  ['http://:secret@a', /this one is http:…\.$/],
  ['redis://:secret@a:6379,b:x', /each further node is HOST:PORT/],
  ['redis://:secret@a:6379/zero', /must be the number of a database/],
  ['redis://:secret@a,b/1', /each further node|no database but 0/],
  ['redis://:secret@a/1,b', /a Cluster has no database but 0/],
  ['redis://:se%zzcret@a', /written as %XX/],
  ['rediss://:secret@a?ssl-ca=/none.pem', /ssl-ca=\/none\.pem, which cannot be read \(ENOENT\)/],
  ['rediss://:secret@a?tls=1', /takes \?ssl-ca=FILE, not \?tls/],
]
for (const [url, message] of refused) {
  test(`${url} is refused in words, without the password`, async () => {
    await assert.rejects(open(url), (error) => {
      assert.ok(error instanceof StartError)
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /secret/)
      return true
    })
  })
}
