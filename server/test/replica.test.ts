import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { loadConfig } from '../src/config.ts'
import { start, type Running } from '../src/main.ts'
import { startPrivateMariaDb } from './servers/mysql.ts'
import { program, type PrivateServer } from './servers/process.ts'

/** Two servers, of which one repeats what the other does, as an operator would set them up. */
let primary: PrivateServer
let replica: PrivateServer
let running: Running | undefined
let key: string
let directory: string

async function run(server: PrivateServer, sql: string, database = ''): Promise<unknown[]> {
  const connection = await mysql.createConnection(`${server.url}/${database}`)
  const [rows] = await connection.query(sql)
  await connection.end()
  return rows as unknown[]
}
const follow = (server: PrivateServer) =>
  program('mariadbd')
    ? [`CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${new URL(server.url).port}, MASTER_USER = 'root'`, 'START SLAVE']
    : [
        `CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = ${new URL(server.url).port}, SOURCE_USER = 'root', GET_SOURCE_PUBLIC_KEY = 1`,
        'START REPLICA',
      ]
const halt = () => run(replica, program('mariadbd') ? 'STOP SLAVE SQL_THREAD' : 'STOP REPLICA SQL_THREAD')
const resume = () => run(replica, program('mariadbd') ? 'START SLAVE SQL_THREAD' : 'START REPLICA SQL_THREAD')

before(async () => {
  ;[primary, replica] = await Promise.all([
    startPrivateMariaDb('--server-id=1', '--log-bin=log', '--binlog-format=ROW'),
    startPrivateMariaDb('--server-id=2', '--log-bin=log', '--read-only=1'),
  ])
  for (const sql of follow(primary)) await run(replica, sql)
  await run(primary, 'CREATE DATABASE footfall CHARACTER SET utf8mb4 COLLATE utf8mb4_bin')
  directory = await mkdtemp(join(tmpdir(), 'footfall-replica-'))
  const urls = { DATABASE_URL: `${primary.url}/footfall`, DATABASE_READ_URL: `${replica.url}/footfall` }
  const config = loadConfig({ DATA_DIR: directory, LOG_LEVEL: 'silent', FLUSH_MS: '20', ...urls }, directory)
  running = await start({ ...config, addressLimit: 0, keyLimit: 0 })
  key = await running.createKey('tests', ['stats', 'sites'])
  await call('POST', '/api/v1/sites', { domain: 'copied.example', timezone: 'Etc/UTC' })
})
after(async () => {
  await running?.stop()
  await Promise.all([primary?.stop(), replica?.stop()])
  if (directory) await rm(directory, { recursive: true, force: true })
})

async function call(method: 'GET' | 'POST', url: string, payload?: object) {
  const response = await running!.app.inject({ method, url, headers: { authorization: `Bearer ${key}` }, ...(payload && { payload }) })
  return response.json<{ results: { metrics: number[] }[]; ok: boolean; down: { name: string; error: string }[] }>()
}

/** Sends a pageview, waits until it is stored, and asks at once; and says who answered. */
async function viewAndAsk(): Promise<[pageviews: number, by: string]> {
  const before = await answered()
  await running!.app.inject({
    method: 'POST',
    url: '/api/event',
    headers: { 'content-type': 'text/plain', 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
    payload: JSON.stringify({ n: 'pageview', d: 'copied.example', u: 'https://copied.example/' }),
  })
  await running!.flush()
  const { results } = await call('POST', '/api/v2/query', { site_id: 'copied.example', metrics: ['pageviews'], date_range: 'all' })
  const now = await answered()
  const by = Object.keys(now).find((server) => now[server] !== before[server])
  return [results[0]!.metrics[0]!, by ?? 'nobody']
}

async function answered(): Promise<Record<string, string>> {
  const { body } = await running!.app.inject({ method: 'GET', url: '/metrics' })
  return Object.fromEntries(
    [...body.matchAll(/footfall_replica_questions_total\{server="(\w+)"\} (\d+)/g)].map(([, server, count]) => [server!, count!]),
  )
}
/** Views of the site so far. */
let views = 0

/** One more view, which whoever answers must know of; answers who that was. */
async function view(): Promise<string> {
  const [pageviews, by] = await viewAndAsk()
  assert.equal(pageviews, ++views)
  return by
}

/** Views until the replica answers: it is not waited for longer than half a second, which a busy machine may take, and left alone for five. */
async function untilReplicaAnswers(): Promise<void> {
  const deadline = performance.now() + 60_000
  while ((await view()) !== 'replica') {
    assert.ok(performance.now() < deadline, 'the replica answers')
    await pause(200)
  }
}
const down = async () => (await call('GET', '/health/ready')).down.map(({ name, error }) => `${name} ${error}`)

test('the replica answers, and what was just stored is in the answer', async () => {
  for (let times = 0; times < 5; times++) await untilReplicaAnswers()
  for (const deadline = performance.now() + 60_000; (await down()).length > 0;) assert.ok(performance.now() < deadline, 'all is well')
})

test('one that is behind does not answer; once it has caught up it does again', async () => {
  await halt()
  for (let times = 0; times < 2; times++) assert.equal(await view(), 'primary')
  assert.deepEqual(await down(), ['replica BEHIND'])
  await resume()
  await untilReplicaAnswers()
})

test('one that is away stops nothing', async () => {
  await replica.kill('SIGKILL')
  assert.equal(await view(), 'primary')
  const names = await down()
  assert.ok(names.length === 1 && names[0]!.startsWith('replica '), names.join())
  await replica.restart()
})

test('a server with another database under that name does not answer', async () => {
  await pause(5000)
  await halt()
  await run(replica, 'SET GLOBAL read_only = 0')
  // As many batches, with the same numbers.
  await run(replica, "UPDATE batches SET token = UNHEX(LPAD(HEX(id), 32, 'F'))", 'footfall')
  assert.equal(await view(), 'primary')
})
