import assert from 'node:assert/strict'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { ImportProgress, ImportResult } from '@footfall/contract/import.ts'
import type { Site } from '@footfall/contract/sites.ts'
import { pino } from 'pino'
import { AppError } from '../errors.ts'
import { createApp } from '../http.ts'
import type { App } from '../lib/app.ts'
import { BatchRefused, type Batch, type Engine } from '../storage/engine.ts'
import { soleWriter } from '../storage/sole-writer.ts'
import { importRoutes } from './import-routes.ts'
import { pendingBatches } from './import/pending.ts'
import { NOON, event, realEngine, temporaryDirectory, testMetrics } from './test-support.ts'

let store: Awaited<ReturnType<typeof realEngine>>
let temporary: Awaited<ReturnType<typeof temporaryDirectory>>
let app: App
let broken: Partial<Engine> = {}
let site = 0

before(async () => {
  store = await realEngine()
  temporary = await temporaryDirectory()
  const log = pino({ level: 'silent' })
  app = await createApp({ log, basePath: '' })
  const engine: Engine = {
    ...store.engine,
    write: (batch) => (broken.write ?? store.engine.write)(batch),
    fits: (batch) => (broken.fits ?? store.engine.fits)(batch),
  }
  importRoutes(app, {
    engine: { ...engine, turn: soleWriter(engine) },
    clock: () => NOON * 1000,
    log,
    metrics: testMetrics(),
    visitorKey: Buffer.from('key'),
    tempDir: temporary.path,
    batchEvents: 100,
    runLength: 250,
    sites: {
      find: async (domain) =>
        domain === 'missing.example' ? undefined : ({ id: site, domain, keep_months: null, allowed_props: null } as Site),
    },
    gate: {
      require: async (request) => {
        if (request.headers.authorization !== 'Bearer key') throw new AppError('unauthorized', 'A key is needed')
        return { kind: 'key', key: 1, user: 1, scopes: ['import'] }
      },
    },
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  await app.close()
  await store.close()
  await temporary.remove()
})
beforeEach(() => {
  site += 1
  broken = {}
})

const url = (domain = 'site.example') => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/sites/${domain}/import`
const headers = { authorization: 'Bearer key', 'content-type': 'application/x-ndjson' }
async function send(lines: (object | string)[], options: { domain?: string; headers?: Record<string, string> } = {}) {
  const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const response = await fetch(url(options.domain), { method: 'POST', headers: { ...headers, ...options.headers }, body })
  return { status: response.status, body: (await response.json()) as ImportResult & { code?: string } }
}
const line = (minute: number, given: object = {}) => ({
  timestamp: new Date((NOON - 86_400 + minute * 60) * 1000).toISOString(),
  visitor: 'ann',
  pathname: '/',
  ...given,
})
const visits = () =>
  store.rows(`SELECT pageviews, events, duration, entry_page, exit_page FROM visits FINAL WHERE site = ${site} ORDER BY start, entry_page`)
const count = async (table: string) => Number((await store.rows(`SELECT count() AS n FROM ${table} WHERE site = ${site}`))[0]!['n'])

describe('an import', () => {
  it('folds lines into visits in order of time, and says what it did with each', async () => {
    const { status, body } = await send([
      line(10, { pathname: '/second' }),
      line(0, { pathname: '/first', id: 'one' }),
      'nonsense',
      line(5, { name: 'engagement', pathname: '/first', engagement_ms: 900 }),
      line(0, { pathname: '/first', id: 'one' }),
      line(0, { name: 'engagement', visitor: 'bob' }),
      line(100, { pathname: '/later' }),
    ])
    assert.equal(status, 200)
    assert.deepEqual(body, {
      accepted: 4,
      duplicates: 1,
      rejected: [
        { line: 3, errors: ['is not valid JSON'] },
        { line: 6, errors: ['no_session_for_engagement'] },
      ],
      rejected_total: 2,
    })
    assert.deepEqual(await visits(), [
      { pageviews: 2, events: 2, duration: 600, entry_page: '/first', exit_page: '/second' },
      { pageviews: 1, events: 1, duration: 0, entry_page: '/later', exit_page: '/later' },
    ])
  })

  it('sent again adds nothing; a second one continues visits of the first', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => line(index, { id: `i${index}`, pathname: `/${index}` }))
    await send(lines)
    const again = await send(lines)
    assert.deepEqual([again.body.accepted, again.body.duplicates], [0, 20])
    await send([line(30, { id: 'x', pathname: '/end' }), line(-10, { pathname: '/before' })])
    assert.deepEqual(await visits(), [{ pageviews: 22, events: 22, duration: 2400, entry_page: '/before', exit_page: '/end' }])
    assert.equal(await count('events'), 22)
  })

  it('larger than memory for it, in any order, gives the same visits as in order', async () => {
    const lines = Array.from({ length: 1_200 }, (_, index) =>
      line(index % 600, { visitor: `v${index % 7}`, pathname: `/${index}`, id: `e${index}` }),
    )
    const shuffled = lines.toSorted((a, b) => (a.pathname < b.pathname ? 1 : -1))
    assert.equal((await send(lines)).body.accepted, 1_200)
    const ordered = await store.rows(
      `SELECT count() AS n, sum(pageviews) AS views, sum(duration) AS seconds FROM visits FINAL WHERE site = ${site}`,
    )
    site += 1
    assert.equal((await send(shuffled)).body.accepted, 1_200)
    assert.deepEqual(
      await store.rows(`SELECT count() AS n, sum(pageviews) AS views, sum(duration) AS seconds FROM visits FINAL WHERE site = ${site}`),
      ordered,
    )
    assert.equal(await count('events'), 1_200)
    assert.deepEqual(await readdir(temporary.path), [])
  })

  it('counts ids once that live events had before', async () => {
    const { hash64 } = await import('../lib/hash.ts')
    await store.engine.write({ token: `live:${site}`, events: [{ ...event({ site, id: hash64('paid-1') }), visit: '5' }], visits: [] })
    const { body } = await send([line(0, { id: 'paid-1' }), line(0, { id: 'paid-2' })])
    assert.deepEqual([body.accepted, body.duplicates], [1, 1])
  })

  it('of one site waits for the one before', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => line(index, { id: `p${index}` }))
    const results = await Promise.all([send(lines), send(lines), send(lines)])
    assert.deepEqual(
      results.map(({ body }) => body.accepted).toSorted((a, b) => a - b),
      [0, 0, 300],
    )
    assert.deepEqual(
      (await visits()).map(({ pageviews }) => pageviews),
      [300],
    )
  })

  it('goes on when the store fails for a moment or its answer is lost', async () => {
    let calls = 0
    broken.write = async (batch) => {
      calls += 1
      if (calls === 1) throw new Error('connection refused')
      await store.engine.write(batch)
      if (calls === 2) throw new Error('socket hang up')
    }
    assert.equal((await send([line(0), line(1)])).body.accepted, 2)
    assert.deepEqual(
      (await visits()).map(({ pageviews }) => pageviews),
      [2],
    )
    assert.equal(await count('events'), 2)
  })

  it('interrupted between the two inserts of a batch: sent again, every visit counts its events once', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => line(index, { id: `i${index}`, pathname: `/${index}` }))
    let batch: Batch | undefined
    broken = {
      async write(given) {
        batch = given
      },
    }
    await send(lines)
    // What a kill at the worst moment leaves: the batch written down, its visits stored, its events not.
    await store.engine.write({ ...batch!, events: [] })
    const killed = pendingBatches(join(temporary.path, `pending-${site}`)).store(batch!, () => Promise.reject(new Error('killed')))
    await assert.rejects(killed)
    broken = {}
    const again = await send(lines)
    assert.deepEqual([again.body.accepted, again.body.duplicates], [0, 20])
    assert.deepEqual(await visits(), [{ pageviews: 20, events: 20, duration: 1140, entry_page: '/0', exit_page: '/19' }])
    assert.equal(await count('events'), 20)
    assert.deepEqual(await readdir(temporary.path), [])
  })

  it('interrupted while a batch was written down: nothing of it counts', async () => {
    const folder = join(temporary.path, `pending-${site}`)
    await mkdir(folder)
    await writeFile(join(folder, 'import-x-1.json'), '{"token":"import:x:1","events":[{"si')
    const { body } = await send([line(0, { id: 'one' })])
    assert.deepEqual([body.accepted, await count('events')], [1, 1])
    assert.deepEqual(await readdir(temporary.path), [])
  })

  it('names the lines that the store refuses; the rest is stored, and visits are those of the rest', async () => {
    const refuse = (batch: Batch) => {
      if (batch.events.some(({ pathname }) => pathname === '/bad')) throw new BatchRefused('/bad is out of range')
    }
    broken = {
      write: async (batch) => (refuse(batch), store.engine.write(batch)),
      fits: async (batch) => (refuse(batch), store.engine.fits(batch)),
    }
    const { body } = await send([line(0, { pathname: '/a' }), line(1, { pathname: '/bad' }), line(2), line(3, { pathname: '/bad' })])
    const errors = ['the store refused it']
    assert.deepEqual(
      [body.accepted, body.duplicates, body.rejected],
      [
        2,
        0,
        [
          { line: 2, errors },
          { line: 4, errors },
        ],
      ],
    )
    assert.deepEqual(
      (await visits()).map(({ pageviews, duration }) => [pageviews, duration]),
      [[2, 120]],
    )
    assert.equal(await count('events'), 2)
    // What a kill leaves that falls after a batch was written down and before the store refused it.
    let batch: Batch | undefined
    const refusing = broken
    broken = { write: async (given) => void (batch = given) }
    await send([line(100, { pathname: '/bad' }), line(101, { pathname: '/b' })])
    broken = refusing
    const killed = pendingBatches(join(temporary.path, `pending-${site}`)).store(batch!, () => Promise.reject(new Error('killed')))
    await assert.rejects(killed)
    await send([line(102, { pathname: '/c' })])
    assert.deepEqual(
      (await visits()).map(({ pageviews, duration }) => [pageviews, duration]),
      [
        [2, 120],
        [2, 60],
      ],
    )
    assert.deepEqual(await readdir(temporary.path), [])
  })

  it('stops when the client leaves, and leaves no files', async () => {
    const body = Array.from({ length: 2_000 }, (_, index) => JSON.stringify(line(index))).join('\n')
    const request = httpRequest(url(), { method: 'POST', headers: { ...headers, 'content-length': String(body.length + 1_000_000) } })
    request.on('error', () => undefined)
    request.write(body)
    for (let tries = 0; tries < 3000 && (await readdir(temporary.path)).length === 0; tries += 1) await setTimeout(10)
    assert.equal((await readdir(temporary.path)).length, 1)
    request.destroy()
    for (let tries = 0; tries < 3000 && (await readdir(temporary.path)).length > 0; tries += 1) await setTimeout(10)
    assert.deepEqual(await readdir(temporary.path), [])
    assert.equal(await count('events'), 0)
  })
})

describe('an import that nobody waits for', () => {
  const progress = async () => {
    const response = await fetch(`${url()}s`, { headers })
    assert.equal(response.status, 200)
    return ((await response.json()) as { imports: ImportProgress[] }).imports
  }
  /** Sends lines without waiting; answers the id of the import. */
  async function begin(lines: (object | string)[]) {
    const body = lines.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n')
    const response = await fetch(`${url()}?wait=false`, { method: 'POST', headers, body })
    assert.equal(response.status, 202)
    return { id: ((await response.json()) as { id: string }).id, bytes: body.length }
  }
  async function ended(): Promise<ImportProgress> {
    for (;;) {
      const [latest] = await progress()
      if (latest && latest.finished_at !== null) return latest
      await setTimeout(10)
    }
  }

  it('goes on after the answer, says how far it is, and how it ended', async () => {
    let goOn = () => {}
    const held = new Promise<void>((resolve) => (goOn = resolve))
    const write = store.engine.write
    let batches = 0
    broken = {
      async write(batch) {
        if ((batches += 1) === 2) await held
        await write(batch)
      },
    }
    const { id, bytes } = await begin(['{', ...Array.from({ length: 250 }, (_, index) => line(index))])
    // The first batch of a hundred is stored, the second one is held.
    for (let state = await progress(); state[0]!.stored_lines < 100; state = await progress()) await setTimeout(10)
    const half = (await progress())[0]!
    const rejected = [{ line: 1, errors: ['is not valid JSON'] }]
    const told = { id, read_bytes: bytes, read_lines: 251, duplicates: 0, rejected, rejected_total: 1, error: null }
    assert.partialDeepStrictEqual(half, { ...told, state: 'storing', stored_lines: 100, accepted: 100, finished_at: null })
    goOn()
    assert.partialDeepStrictEqual(await ended(), { ...told, state: 'done', stored_lines: 250, accepted: 250 })
    assert.equal(await count('events'), 250)
  })

  it('that breaks off while it is read has failed in words, and stored nothing', async () => {
    const body = Array.from({ length: 2_000 }, (_, index) => JSON.stringify(line(index))).join('\n')
    const options = { method: 'POST', headers: { ...headers, 'content-length': String(body.length + 1_000_000) } }
    const request = httpRequest(`${url()}?wait=false`, options)
    request.on('error', () => undefined)
    request.write(body)
    for (let state = await progress(); (state[0]?.read_lines ?? 0) < 1000; state = await progress()) await setTimeout(10)
    request.destroy()
    const { state, error, accepted } = await ended()
    assert.deepEqual([state, error, accepted], ['failed', 'The client left before the import was finished', 0])
    assert.equal(await count('events'), 0)
  })

  it('lists ten that ended, newest first, with no more than a hundred lines each; of another site nothing', async () => {
    for (let each = 0; each < 12; each += 1) {
      await begin(Array.from({ length: each + 99 }, () => '{}'))
      await ended()
    }
    const list = await progress()
    assert.deepEqual(
      list.map(({ rejected, rejected_total: total }) => [rejected.length, total]),
      Array.from({ length: 10 }, (_, index) => [100, 110 - index]),
    )
    site += 1
    assert.deepEqual(await progress(), [])
    assert.equal((await fetch(`${url()}s`)).status, 401)
  })
})

describe('refusals', () => {
  it('without a key, for an unknown site, for another content type', async () => {
    assert.equal((await send([line(0)], { headers: { authorization: '' } })).status, 401)
    assert.equal((await send([line(0)], { domain: 'missing.example' })).status, 404)
    assert.equal((await send([line(0)], { headers: { 'content-type': 'image/png' } })).status, 415)
    assert.equal((await fetch(url(), { method: 'POST', headers: { authorization: 'Bearer key' } })).status, 400)
    assert.equal(await count('events'), 0)
  })

  it('lists the first thousand lines and counts all', async () => {
    const { body } = await send(Array.from({ length: 1_500 }, () => '{}'))
    assert.deepEqual([body.accepted, body.rejected.length, body.rejected_total], [0, 1_000, 1_500])
  })
})
