import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Cache } from '../../src/cache/cache.ts'
import { loadConfig } from '../../src/config.ts'
import { start } from '../../src/main.ts'
import { startPrivateRedis } from '../servers/redis.ts'
import { DOMAIN } from './people.ts'
import { createRandom, seedOf } from './random.ts'
import { createScene, settled } from './scene.ts'
import { STORES } from './stores.ts'

const store = STORES[0]!

/** A cache that loses an entry now and then, and all of them when it is told. */
function forgetful(real: Cache, forgets: () => boolean): Cache {
  return {
    ...real,
    async get(key) {
      if (forgets()) await real.delete(key)
      return real.get(key)
    },
    async hit(key, ...rest) {
      if (forgets()) await real.delete(key)
      return real.hit(key, ...rest)
    },
  }
}

describe('a cache that forgets', () => {
  test('in process: nobody is another, nothing counts twice, and limits are kept from then on', async (t) => {
    const seed = seedOf(t)
    const random = createRandom(seed)
    const scene = await createScene(store, seed)
    t.after(() => scene.remove())
    const config = loadConfig({ ...scene.environment, ADDRESS_LIMIT: '25', FLUSH_MS: '20', LOG_LEVEL: 'silent' }, scene.dataDir)
    let share = 0.2
    const running = await start(config, { between: { cache: (real) => forgetful(real, () => random.chance(share)) } })
    t.after(() => running.stop())
    await running.app.listen({ port: config.port, host: config.host })

    const send = async (times: number) => {
      const statuses: number[] = []
      for (let index = 0; index < times; index += 1) {
        const { status, headers } = await fetch(`${scene.url}/api/event`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain', 'user-agent': 'Mozilla/5.0 Firefox/140.0', 'x-forwarded-for': '192.0.2.1' },
          body: JSON.stringify({ n: 'pageview', d: DOMAIN, u: 'https://limited.example/' }),
        })
        assert.ok(status === 202 || Number(headers.get('retry-after')) > 0)
        statuses.push(status)
      }
      return statuses.filter((status) => status === 202).length
    }
    share = 0
    assert.equal(await send(40), 25)
    share = 1
    assert.equal(await send(40), 40, 'what is forgotten refuses nobody')
    share = 0
    assert.equal(await send(40), 24, 'the window that the last one opened')
  })

  test('Redis, flushed again and again and gone for a while: the events are those acknowledged, once each', async (t) => {
    const seed = seedOf(t)
    const redis = await startPrivateRedis()
    t.after(() => redis.stop())
    const scene = await createScene(store, seed)
    t.after(() => scene.remove())
    const server = scene.spawn({ FLUSH_MS: '20', REDIS_URL: redis.url, ADDRESS_LIMIT: '600' })
    t.after(() => server.end('SIGKILL'))
    await server.ready()
    const clients = scene.clients()
    const flush = async () => {
      const socket = connect(Number(new URL(redis.url).port), '127.0.0.1')
      socket.end('FLUSHALL\r\n')
      await once(socket.resume(), 'close')
    }
    for (const away of [false, true, false]) {
      const enough = scene.ledger.acknowledgements() + 300
      if (away) await redis.kill('SIGKILL')
      await settled(
        async () => {
          if (!away) await flush()
          return scene.ledger.acknowledgements() >= enough
        },
        `events are accepted while Redis is ${away ? 'gone' : 'flushed'}`,
      )
      if (away) await redis.restart()
      await pause(200)
    }
    await clients.settle()
    assert.equal(await server.end('SIGTERM'), 0)
    const { problems, ...figures } = await scene.verdict()
    t.diagnostic(JSON.stringify(figures))
    assert.deepEqual(problems, [])
  })
})
