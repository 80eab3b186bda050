import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Engine } from '../server/src/storage/engine.ts'
import type { StoredEvent, Visit } from '../server/src/lib/event.ts'
import { openEngine } from '../server/src/storage/open.ts'
import { freshMysqlDatabase, startMariaDb } from '../server/test/servers/mysql.ts'
import { startProcess, temporary } from './footfall.ts'

const BIN = join(import.meta.dirname, '../server/bin/footfall.mjs')
const DAYS = 60
const ALL = { site: 1, from: 0, to: 2 ** 32 - 1 }

/** Lines of an import: visitors of two months, some twice in a visit, with ids and without. */
function* lines() {
  for (let number = 0; number < 6000; number++) {
    const at = new Date(Date.UTC(2026, 0, 1) + ((number * 7919) % (DAYS * 86_400)) * 1000).toISOString()
    yield {
      timestamp: at,
      visitor: `visitor ${number % 900}`,
      pathname: `/${number % 17}`,
      name: number % 11 === 0 ? 'Signup' : 'pageview',
      country: ['DE', 'AT', ''][number % 3],
      ...(number % 2 === 0 && { id: `id ${number}`, props: { plan: `p${number % 5}` } }),
    }
  }
}

/** Runs the command in a directory until it ends, or until it has said `until`, when it is killed. */
async function footfall(dataDir: string, args: string[], until?: RegExp) {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: dataDir, env: { DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (until?.test(said)) child.kill('SIGKILL')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

interface Content {
  events: string[]
  visits: string[]
}

/** Everything that a store holds of the site. */
async function contentOf(engine: Engine): Promise<Content> {
  const events: StoredEvent[] = []
  for await (const page of engine.export(ALL)) events.push(...page)
  const visitors = [...new Set(events.map(({ visitor }) => visitor))]
  const visits: Visit[] = []
  for (let day = Date.UTC(2026, 0, 1) / 1000; day < Date.UTC(2026, 2, 3) / 1000; day += 86_400)
    visits.push(...(await engine.visits({ site: 1, visitors, from: day, to: day + 86_399 })))
  const texts = (rows: object[]) => rows.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted()
  return { events: texts(events), visits: texts(visits) }
}

async function contentIn(place: { eventsUrl: string | null; dataDir: string }): Promise<Content> {
  const engine = await openEngine({ ...place, databaseUrl: null })
  try {
    return await contentOf(engine)
  } finally {
    await engine.close()
  }
}

test('a site goes from embedded to MySQL, killed on the way, and back, and stays what it is', { timeout: 120_000 }, async (t) => {
  const [here, back] = [await temporary(t), await temporary(t)]
  const server = await startMariaDb()
  const mysql = await freshMysqlDatabase(server.url)
  t.after(async () => {
    await mysql.stop()
    await server.stop()
  })

  const running = await startProcess(here)
  await running.command('site', 'add', 'example.com', '--timezone', 'Europe/Vienna')
  const key = await running.command('key', 'create', '--name', 'import', '--scope', 'import')
  const response = await fetch(`${running.url}/api/v1/sites/example.com/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: [...lines()].map((line) => JSON.stringify(line)).join('\n'),
  })
  assert.equal(((await response.json()) as { accepted: number }).accepted, 6000)
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
