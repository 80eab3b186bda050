import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'redis'
import { visitor } from './journey.ts'
import { freshMysqlDatabase, startMariaDb } from './servers/mysql.ts'
import type { PrivateServer } from './servers/process.ts'
import { startPrivateRedis } from './servers/redis.ts'
import { world } from './world.ts'

describe('metadata in MySQL, cache in Redis', () => {
  let redis: PrivateServer
  let stop: () => Promise<void>
  const server = world(
    {
      name: 'MySQL and Redis',
      settings: async () => {
        redis = await startPrivateRedis()
        const mysql = await startMariaDb()
        const database = await freshMysqlDatabase(mysql.url)
        stop = async () => {
          await redis.stop()
          await database.stop()
          await mysql.stop()
        }
        return { databaseUrl: database.url, redisUrl: redis.url }
      },
    },
    // The limit of addresses counts every event in Redis.
    { addressLimit: 100_000 },
  )
  after(() => stop())

  const ready = async () => {
    const { statusCode, body } = await server.running().app.inject('/health/ready')
    return { statusCode, body: JSON.parse(body) as unknown }
  }

  test('Redis is flushed, killed, hangs and comes back while events come in: none is refused, each is counted once', async () => {
    const site = await server.site({ ingest_rate_limit: 100_000 })
    let sent = 0
    /** Ten visitors, one page each, one after another. */
    const some = async () => {
      for (let i = 0; i < 10; i++) {
        const replies = await site.play(visitor(`person-${sent}`).views(`/page-${sent++}`))
        assert.deepEqual(replies, [{ status: 202, body: 'ok', dropped: undefined }])
      }
    }
    await some()
    const other = await createClient({ url: redis.url }).connect()
    assert.equal((await other.keys('footfall:*limit:*')).length > 1, true)
    await other.flushAll()
    other.destroy()
    await some()
    await redis.kill('SIGKILL')
    await some()
    assert.deepEqual(await ready(), { statusCode: 200, body: { ok: true, down: [{ name: 'cache', error: 'does not answer' }] } })
    await redis.restart()
    await some()
    redis.pause()
    await some()
    redis.resume()
    await pause(1100)
    await some()
    assert.deepEqual(await site.ask({ metrics: ['visitors', 'pageviews'] }), [[sent, sent]])
    assert.equal(sent, 60)
  })
})
