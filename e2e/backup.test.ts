import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshMysqlDatabase, startMariaDb } from '../server/test/servers/mysql.ts'
import { ADMIN, startProcess, temporary } from './footfall.ts'
import { contentIn, fill, footfall } from './stores.ts'

test(
  'a backup goes from embedded to MySQL, killed on the way, and from there back: everything is there',
  { timeout: 300_000 },
  async (t) => {
    const [here, there, back] = [await temporary(t), await temporary(t), await temporary(t)]
    const server = await startMariaDb()
    const mysql = await freshMysqlDatabase(server.url)
    t.after(async () => {
      await mysql.stop()
      await server.stop()
    })
    const file = join(here, 'backup.footfall')
    const running = await startProcess(here)
    await fill(running)
    const key = await running.command('key', 'create', '--name', 'stats')
    const question = { site_id: 'example.com', dimensions: ['event:page'] }
    const answer = await running.ask(key, question)
    assert.equal(answer.length, 17)

    const meanwhile = await footfall(here, ['backup', file])
    assert.equal(meanwhile.code, 1)
    assert.match(meanwhile.said, /another running Footfall uses/)
    await running.end('SIGTERM')
    const original = await contentIn({ eventsUrl: null, dataDir: here })
    const made = await footfall(here, ['backup', file])
    assert.equal(made.code, 0, made.said)
    assert.equal(statSync(file).mode & 0o777, 0o600, 'it holds secrets')
    assert.match((await footfall(here, ['backup', file])).said, /is there already/)
    assert.match((await footfall(here, ['restore', file])).said, /goes only into one that nobody has used/)

    const bytes = readFileSync(file)
    const damaged: [string, Buffer][] = [
      ['cut off', bytes.subarray(0, bytes.length - 40)],
      ['with another byte in the middle', bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1) as Buffer],
      ['something else', Buffer.from('hello')],
    ]
    for (const [what, content] of damaged) {
      const path = join(there, 'damaged')
      writeFileSync(path, content)
      const { code, said } = await footfall(there, ['restore', path])
      assert.equal(code, 1, what)
      assert.match(said, /is not a whole backup/, what)
    }

    const toMysql = { DATABASE_URL: mysql.url }
    const killed = await footfall(there, ['restore', file], /restored \d+ events/, toMysql)
    assert.equal(killed.code, null, `killed in the middle, not ended: ${killed.said}`)
    const restored = await footfall(there, ['restore', file], undefined, toMysql)
    assert.equal(restored.code, 0, restored.said)
    assert.match(restored.said, /Restored 1 sites with 6000 events/)
    assert.deepEqual(await contentIn({ eventsUrl: mysql.url, dataDir: there }), original)

    const again = join(there, 'again.footfall')
    const second = await footfall(there, ['backup', again], undefined, toMysql)
    assert.equal(second.code, 0, second.said)
    const returned = await footfall(back, ['restore', again])
    assert.equal(returned.code, 0, returned.said)
    assert.deepEqual(await contentIn({ eventsUrl: null, dataDir: back }), original)

    const revived = await startProcess(back)
    t.after(() => revived.end('SIGTERM'))
    assert.deepEqual(await revived.ask(key, question), answer, 'the old key opens, and the answers are the same')
    const signIn = await fetch(`${revived.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: revived.url },
      body: JSON.stringify(ADMIN),
    })
    assert.equal(signIn.status, 200)
    await revived.end('SIGTERM')
  },
)
