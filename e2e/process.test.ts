import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, test } from 'node:test'
import { freePort } from '../server/test/servers/process.ts'
import { PATIENCE, startProcess, temporary, until, type Process } from './footfall.ts'

const MAIN = join(import.meta.dirname, '../server/src/main.ts')

/** One event of a visitor of his own; resolves with the status, or 0 where no answer came. */
function send({ url }: Process, id: string): Promise<number> {
  const address = `203.0.113.${Number(id) % 250}`
  return fetch(`${url}/api/event`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 ${id}`,
      'x-forwarded-for': address,
    },
    body: JSON.stringify({ n: 'pageview', u: `https://s.example/page/${id}`, d: 's.example', id }),
  }).then(
    (response) => response.status,
    () => 0,
  )
}

test('kill -9 while events arrive: what was answered 202 is there, once', async (t) => {
  const directory = await temporary(t)
  let footfall = await startProcess(directory)
  t.after(() => footfall.end('SIGKILL'))
  await footfall.command('site', 'add', 's.example')
  const key = await footfall.command('key', 'create', '--name', 'e2e')
  await until(
    PATIENCE,
    () => send(footfall, '0'),
    (status) => status === 202,
  )

  const acknowledged = new Set(['0'])
  const doubtful = new Set<string>()
  let next = 1
  for (let round = 0; round < 5; round++) {
    const doomed = footfall
    const clients = Array.from({ length: 8 }, async () => {
      for (;;) {
        const id = String(next++)
        const status = await send(doomed, id)
        if (status !== 202) return void doubtful.add(id)
        acknowledged.add(id)
      }
    })
    // At moments spread over the half second between two batches; when some were acknowledged, however slow the machine is.
    const enough = acknowledged.size + 11
    await pause(130 + round * 190)
    const { answer: got } = await until(
      PATIENCE,
      () => Promise.resolve(acknowledged.size),
      (size) => size >= enough,
    )
    assert.ok(got >= enough, `${got} events were acknowledged, where ${enough} should be`)
    await footfall.end('SIGKILL')
    await Promise.all(clients)
    footfall = await startProcess(directory)
    // A client without an answer sends again, and counts once whether or not the first one had arrived.
    for (const id of doubtful) if ((await send(footfall, id)) === 202) acknowledged.add(id)
    doubtful.clear()
  }

  const ask = () =>
    footfall.ask(key, { site_id: 's.example', metrics: ['pageviews'], dimensions: ['event:page'], order_by: [['event:page', 'asc']] })
  const { answer } = await until(PATIENCE, ask, (rows) => rows.length >= acknowledged.size)
  const expected = [...acknowledged].map((id): [string, number] => [`/page/${id}`, 1]).toSorted(([a], [b]) => (a < b ? -1 : 1))
  assert.ok(acknowledged.size > 50, `only ${acknowledged.size} events were acknowledged`)
  assert.deepEqual(answer, expected)
})

test('SIGTERM stores what was accepted and ends with 0', async (t) => {
  const directory = await temporary(t)
  const first = await startProcess(directory, { FLUSH_MS: '3600000' })
  await first.command('site', 'add', 's.example')
  const key = await first.command('key', 'create', '--name', 'e2e')
  assert.equal(
    (
      await until(
        PATIENCE,
        () => send(first, '1'),
        (status) => status === 202,
      )
    ).answer,
    202,
  )
  assert.equal(await first.end('SIGTERM'), 0)

  const second = await startProcess(directory)
  t.after(() => second.end('SIGTERM'))
  assert.deepEqual(await second.ask(key, { site_id: 's.example' }), [[1, 1]])
})

describe('what stops a start is said in one sentence, with exit code 1', () => {
  /** Starts with these settings and waits for the end. */
  async function outcome(environment: Record<string, string>, cwd: string) {
    const child = spawn(process.execPath, [MAIN], {
      cwd,
      env: { ...process.env, LOG_LEVEL: 'silent', ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, said: said.trim() }
  }

  test('the port is in use', async (t) => {
    const port = String(await freePort())
    const footfall = await startProcess(await temporary(t), { PORT: port })
    t.after(() => footfall.end('SIGTERM'))
    const directory = await temporary(t)
    assert.deepEqual(await outcome({ PORT: port, DATA_DIR: directory }, directory), {
      code: 1,
      said: `Port ${port} is in use by another program; set PORT to a free one.`,
    })
  })

  test('the data directory cannot be written', async (t) => {
    const directory = await temporary(t)
    // A file where the directory should be: root, who runs CI, may write into any directory.
    await writeFile(join(directory, 'data'), '')
    const { code, said } = await outcome({ DATA_DIR: join(directory, 'data') }, directory)
    assert.deepEqual(
      { code, said },
      { code: 1, said: `DATA_DIR is ${join(directory, 'data')}, which cannot be written (EEXIST); choose another or change its owner.` },
    )
  })

  test("the data directory is another running server's", async (t) => {
    const directory = await temporary(t)
    const footfall = await startProcess(directory)
    t.after(() => footfall.end('SIGTERM'))
    assert.deepEqual(await outcome({ DATA_DIR: directory, PORT: String(await freePort()) }, directory), {
      code: 1,
      said: `DATA_DIR is ${directory}, which another running Footfall uses; stop that one or choose another directory.`,
    })
  })

  test('the database is gone, but there was one', async (t) => {
    const directory = await temporary(t)
    await mkdir(join(directory, 'data'))
    await writeFile(join(directory, 'data', 'instance'), 'an-earlier-one\n')
    await chmod(join(directory, 'data'), 0o700)
    const { code, said } = await outcome({ DATA_DIR: join(directory, 'data'), PORT: '0' }, directory)
    assert.equal(code, 1)
    assert.match(said, /^The database is empty, but this DATA_DIR has served one with data\./)
  })

  test('a setting that cannot be', async (t) => {
    const directory = await temporary(t)
    assert.deepEqual(await outcome({ BASE_URL: 'stats.example.com', DATA_DIR: directory }, directory), {
      code: 1,
      said: 'BASE_URL must be an address such as "https://stats.example.com" without query or fragment, not "stats.example.com".',
    })
  })
})
