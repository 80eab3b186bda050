import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { journey, storeJourneys } from '../../test/rollup-journeys.ts'
import { command, select } from '../storage/mysql/client.ts'
import { realMySqlEngine } from '../storage/mysql/test-support.ts'

const BIN = fileURLToPath(new URL('../../bin/footfall.mjs', import.meta.url))
const ZONE = 'Etc/UTC'

describe('footfall rollup', () => {
  let store: Awaited<ReturnType<typeof realMySqlEngine>>
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footfall-rollup-'))
    store = await realMySqlEngine()
    assert.equal((await footfall(['site', 'add', 'sums.example', '--timezone', ZONE])).code, 0)
    // Two days of visits and one without any, all of them over.
    const first = Temporal.Now.plainDateISO(ZONE).subtract({ days: 3 })
    const [plain] = fc.sample(journey(false), { numRuns: 1, seed: 1 })
    const journeys = [0, 1].map((day) => ({ ...plain!, day, second: 3600, late: false }))
    await storeJourneys(store.engine, { site: 1, zone: ZONE, first }, journeys)
  })
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  function footfall(args: string[], env: Record<string, string> = { DATABASE_URL: store.url }) {
    return new Promise<{ code: number | string | null; out: string; err: string }>((resolve) => {
      execFile(process.execPath, [BIN, ...args], { cwd: folder, env: { DATA_DIR: folder, ...env } }, (error, out, err) =>
        resolve({ code: error ? (error.code ?? null) : 0, out, err }),
      )
    })
  }
  const check = () => footfall(['rollup', '--check'])

  test('sums up, finds a sum that is wrong, and makes all of them again', async () => {
    const rolled = await footfall(['rollup', '--site', 'sums.example'])
    assert.deepEqual([rolled.code, rolled.out], [0, ''], rolled.err)
    assert.match(rolled.err, /^2 days summed up\.$/m)
    const right = await check()
    assert.deepEqual([right.code, right.out], [0, ''], right.err)
    assert.match(right.err, /^[34] days checked; every sum is that of its events\.$/m)

    const [sum] = await select<{ day: number; pageviews: number }>(
      store.client.pool,
      'SELECT day, pageviews FROM event_rollups WHERE site = 1 AND dimension = 0 AND border = 0 ORDER BY day LIMIT 1',
    )
    await command(store.client.pool, 'UPDATE event_rollups SET pageviews = pageviews + 1 WHERE site = 1 AND dimension = 0 AND day = ?', [
      sum!.day,
    ])
    const wrong = await check()
    assert.equal(wrong.code, 1)
    assert.match(wrong.out, /^sums\.example\t\d{4}-\d\d-\d\d\tevents by nothing\t0\tkept [\d ]+\tfound [\d ]+\n$/)
    assert.match(wrong.err, /1 sums or more are not those of their events\..*footfall rollup --again/)
    // A day that did not change is left alone, wrong or not.
    assert.match((await footfall(['rollup'])).err, /^0 days summed up\.$/m)

    assert.match((await footfall(['rollup', '--again'])).err, /^2 days summed up\.$/m)
    assert.deepEqual(
      await select(store.client.pool, 'SELECT pageviews FROM event_rollups WHERE site = 1 AND dimension = 0 AND day = ?', [sum!.day]),
      [{ pageviews: sum!.pageviews }],
    )
    assert.equal((await check()).code, 0)
  })

  test('says what is wrong with what it was told', async () => {
    const unknown = await footfall(['rollup', '--site', 'nobody.example'])
    assert.deepEqual([unknown.code, unknown.out], [1, ''])
    assert.match(unknown.err, /^There is no site "nobody\.example"/)
    const both = await footfall(['rollup', '--check', '--again'])
    assert.deepEqual(both, { code: 1, out: '', err: '--check changes nothing, --again does: give one of them.\n' })
  })

  test('has nothing to do where answers are read from events alone', async () => {
    const embedded = await footfall(['rollup', '--check'], { DATA_DIR: await mkdtemp(join(folder, 'embedded-')) })
    assert.deepEqual(embedded, { code: 0, out: '', err: 'This store answers from its events alone; there are no sums to keep.\n' })
  })
})
