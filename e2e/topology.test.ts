import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from 'redis'
import { freshMysqlDatabase, startMariaDb } from '../server/test/servers/mysql.ts'
import { startPrivateRedis } from '../server/test/servers/redis.ts'
import { PATIENCE, startProcess, temporary, until, type Process } from './footfall.ts'

/** What compose.yaml and deploy/proxy put into containers, as plain processes: two of ours, MariaDB, Redis. */

/** A pageview of one of 250 visitors; resolves with the status. */
async function send({ url }: Process, visitor: number, page: string): Promise<number> {
  const { status } = await fetch(`${url}/api/event`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'x-forwarded-for': `203.0.113.${visitor}`,
    },
    body: JSON.stringify({ n: 'pageview', u: `https://s.example${page}`, d: 's.example', id: `${visitor}${page}` }),
  })
  return status
}

const METRICS = ['visitors', 'visits', 'pageviews', 'bounce_rate']

test('two processes share one MySQL and one Redis: visitors with either, answers from either, one of them killed, Redis flushed', async (t) => {
  const mysql = await startMariaDb()
  const redis = await startPrivateRedis('--requirepass', 'secret')
  const database = await freshMysqlDatabase(mysql.url)
  const directories = [await temporary(t), await temporary(t)] as const
  const environment = { DATABASE_URL: database.url, REDIS_URL: redis.url.replace('//', '//:secret@'), ADDRESS_LIMIT: '6' }
  // Both at once on an empty database: one of them makes the tables.
  const [first, second] = await Promise.all(directories.map((directory) => startProcess(directory, environment)))
  const running = [first!, second!]
  t.after(async () => {
    await Promise.all(running.map((one) => one.end('SIGKILL')))
    await redis.stop()
    await database.stop()
    await mysql.stop()
  })
  const [one, other] = running as [Process, Process]
  await one.command('site', 'add', 's.example')
  const key = await other.command('key', 'create', '--name', 'e2e')
  const ask = (process: Process) => process.ask(key, { site_id: 's.example', metrics: METRICS })
  const counted = async (process: Process, expected: number[]) => {
    const { answer } = await until(
      PATIENCE,
      () => ask(process),
      (rows) => JSON.stringify(rows) === JSON.stringify([expected]),
    )
    assert.deepEqual(answer, [expected])
  }

  // Visitors 1 to 20, two pages each, the second through the other process; then the same events again, each through the other process.
  for (const [turn, page] of ['/', '/a', '/', '/a'].entries()) {
    for (let visitor = 1; visitor <= 20; visitor++) {
      const { answer } = await until(
        PATIENCE,
        () => send(running[(visitor + turn + (turn > 1 ? 1 : 0)) % 2]!, visitor, page),
        (status) => status === 202,
      )
      assert.equal(answer, 202)
    }
    if (turn > 0) await counted(one, [20, 20, 40, 0])
  }
  await counted(other, [20, 20, 40, 0])

  // One address, both processes, one limit.
  const statuses = []
  for (let i = 0; i < 8; i++) statuses.push(await send(running[i % 2]!, 50, `/limit-${i}`))
  assert.deepEqual(statuses, [202, 202, 202, 202, 202, 202, 429, 429])

  const client = await createClient({ url: environment.REDIS_URL }).connect()
  await client.flushAll()
  client.destroy()
  await one.end('SIGKILL')
  assert.equal(await send(other, 101, '/'), 202)
  running[0] = await startProcess(directories[0], environment)
  assert.equal(await send(running[0], 102, '/'), 202)
  const { answer } = await until(
    PATIENCE,
    () => running[0]!.ask(key, { site_id: 's.example', metrics: ['visitors', 'pageviews'] }),
    (rows) => rows[0]?.[1] === 48,
  )
  assert.deepEqual(answer, [[23, 48]])
  for (const process of running) assert.equal(await process.end('SIGTERM'), 0)
})
