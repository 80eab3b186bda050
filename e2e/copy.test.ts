import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshMysqlDatabase, startMariaDb } from '../server/test/servers/mysql.ts'
import { startProcess, temporary } from './footfall.ts'
import { contentIn, fill, footfall } from './stores.ts'

test('a site goes from embedded to MySQL, killed on the way, and back, and stays what it is', { timeout: 300_000 }, async (t) => {
  const [here, back] = [await temporary(t), await temporary(t)]
  const server = await startMariaDb()
  const mysql = await freshMysqlDatabase(server.url)
  t.after(async () => {
    await mysql.stop()
    await server.stop()
  })

  const running = await startProcess(here)
  await fill(running)
  const meanwhile = await footfall(here, ['copy', '--from', here, '--to', mysql.url, '--site', 'example.com'])
  assert.equal(meanwhile.code, 1)
  assert.match(meanwhile.said, /another running Footfall uses/)
  await running.end('SIGTERM')
  const original = await contentIn({ eventsUrl: null, dataDir: here })

  const there = ['copy', '--from', here, '--to', mysql.url, '--site', 'example.com']
  let kills = 0
  for (const until of [/copied/, /goes on[^]*copied/]) {
    const { code, said } = await footfall(here, there, until)
    assert.equal(code, null, `killed in the middle, not ended: ${said}`)
    kills += 1
  }
  const ended = await footfall(here, there)
  assert.equal(ended.code, 0, ended.said)
  assert.match(ended.said, /goes on after \d+ events[^]*Copied 6000 events; the answers to \d+ questions are the same/)
  assert.equal(kills, 2)
  assert.deepEqual(await contentIn({ eventsUrl: mysql.url, dataDir: here }), original)

  const twice = await footfall(here, there)
  assert.equal(twice.code, 1)
  assert.match(twice.said, /has events of it already/)

  const returned = await footfall(here, ['copy', '--from', mysql.url, '--to', back, '--site', 'example.com'])
  assert.equal(returned.code, 0, returned.said)
  assert.deepEqual(await contentIn({ eventsUrl: null, dataDir: back }), original)
})
