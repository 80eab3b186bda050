import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { freshDatabase, onEveryDatabase, type TestDatabase } from '../database/testing.ts'
import { hash64 } from '../lib/hash.ts'
import { identify } from './identity.ts'
import { destroyOldSalts } from './salt-store.ts'
import { createSalts } from './salts.ts'
import { silent, type Cleanup } from './testing.ts'

interface Case {
  id: string
  what: string
  requests: { domain: string; url: string; ip: string; user_agent: string }[]
  expect: { same_user: boolean }
  between?: string
}
const cases: Case[] = JSON.parse(readFileSync(new URL('../../test/fixtures/cases/sessions/identity.json', import.meta.url), 'utf8'))

const HOUR = 3_600_000
const vienna = { id: 1, timezone: 'Europe/Vienna' }
const person = { address: '203.0.113.7', agent: 'Firefox', hostname: 'shop.example.com' }

/** Salts of one process, and its clock. */
async function start(t: Cleanup, now: string, kind?: TestDatabase) {
  const database = await freshDatabase(t, kind)
  const time = { now: Date.parse(now) }
  const clock = () => time.now
  const another = () => createSalts({ database, clock, log: silent })
  return { database, time, clock, another, salts: another() }
}

describe('the shared identity cases', () => {
  assert.ok(cases.length > 0)
  for (const item of cases) {
    test(`${item.id}: ${item.what}`, async (t) => {
      const { salts, time } = await start(t, '2026-06-18T22:00:00Z')
      const seen = []
      for (const { domain, url, ip, user_agent } of item.requests) {
        const site = { id: Number(BigInt(hash64(domain)) % 1000n) + 1, timezone: 'UTC' }
        const traits = { site, address: ip, agent: user_agent, hostname: new URL(url).hostname, at: time.now }
        seen.push(identify(traits, await salts.now(site)))
        if (item.between) time.now += 3 * HOUR
      }
      const [first, second] = seen
      assert.equal(first!.visitor === second!.visitor || first!.visitor === second!.visitorBefore, item.expect.same_user)
    })
  }
})

test('a visitor is another one from the midnight of the site on, to the second', async (t) => {
  const { salts, time } = await start(t, '2026-06-18T21:59:59.999Z')
  const evening = identify({ ...person, site: vienna, at: time.now }, await salts.now(vienna))
  time.now += 1
  const night = identify({ ...person, site: vienna, at: time.now }, await salts.now(vienna))
  assert.notEqual(night.visitor, evening.visitor)
  assert.equal(night.visitorBefore, evening.visitor, 'a visit may cross midnight')
  time.now += 24 * HOUR
  const nextNight = identify({ ...person, site: vienna, at: time.now }, await salts.now(vienna))
  assert.ok(nextNight.visitor !== evening.visitor && nextNight.visitorBefore !== evening.visitor, 'but not two')
})

test('a day of 23 and one of 25 hours are one day each', async (t) => {
  const days: [string, string, string][] = [
    ['2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'],
    ['2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'],
  ]
  for (const [first, last, next] of days) {
    const { salts, time } = await start(t, first)
    const at = async (now: string) => {
      time.now = Date.parse(now)
      return identify({ ...person, site: vienna, at: time.now }, await salts.now(vienna)).visitor
    }
    const visitor = await at(first)
    assert.equal(await at(last), visitor)
    assert.notEqual(await at(next), visitor)
  }
})

test('an event that was kept back is the visitor of its own day', async (t) => {
  const { salts, time } = await start(t, '2026-06-18T12:00:00Z')
  const site = { id: 1, timezone: 'UTC' }
  const then = time.now
  const live = identify({ ...person, site, at: then }, await salts.now(site))
  time.now += 20 * HOUR
  const late = identify({ ...person, site, at: then }, await salts.now(site))
  assert.equal(late.visitor, live.visitor)
  assert.equal(late.visitorBefore, undefined)
  time.now += 20 * HOUR
  const veryLate = identify({ ...person, site, at: then }, await salts.now(site))
  const dayBefore = identify({ ...person, site, at: time.now - 24 * HOUR }, await salts.now(site))
  assert.ok(veryLate.visitor !== live.visitor, 'its salt is gone')
  assert.ok(veryLate.visitor !== dayBefore.visitor, 'and it is nobody of another day')
})

onEveryDatabase((kind) => {
  test('processes that start at the same moment agree on one salt', async (t) => {
    const { another, database } = await start(t, '2026-06-18T12:00:00Z', kind)
    const all = await Promise.all(Array.from({ length: 8 }, async () => another().now(vienna)))
    assert.equal(new Set(all.map(({ salt }) => Buffer.from(salt).toString('hex'))).size, 1)
    assert.equal((await database.selectFrom('salts').selectAll().execute()).length, 2)
  })

  test('salts are destroyed: by traffic at midnight, by the job for silent and deleted sites', async (t) => {
    const { salts, time, database, clock } = await start(t, '2026-06-18T12:00:00Z', kind)
    const { insertId } = await database
      .insertInto('sites')
      .values({ domain: 'silent.example', timezone: 'Pacific/Auckland', tracker: '{}', shields: '{}', created_at: 0 })
      .executeTakeFirstOrThrow()
    const quiet = { id: Number(insertId), timezone: 'Pacific/Auckland' }
    const deleted = { id: quiet.id + 1, timezone: 'UTC' }
    const busy = { id: 0, timezone: 'UTC' }
    for (const site of [quiet, deleted, busy]) await salts.now(site)
    const left = async () =>
      (await database.selectFrom('salts').select(['site', 'day']).orderBy('site').orderBy('day').execute()).map(
        ({ site, day }) => `${site} ${day}`,
      )

    // Auckland is 12 hours ahead: its 19th begins at noon.
    time.now += 24 * HOUR
    await salts.now(busy)
    await destroyOldSalts({ database, clock })
    assert.deepEqual(await left(), ['0 2026-06-18', '0 2026-06-19', `${quiet.id} 2026-06-19`])
  })
})
