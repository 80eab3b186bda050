import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { ClickHouseClient } from '@clickhouse/client'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import { StartError } from '../../errors.ts'
import type { Attributes, StoredEvent, Visit } from '../../lib/event.ts'
import { BatchRefused, type Engine } from '../engine.ts'
import { connect, select } from './client.ts'
import { createClickHouseEngine } from './engine.ts'
import { migrate } from './migrate.ts'

let directory: string
let client: ClickHouseClient
let engine: Engine
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'footfall-clickhouse-'))
  client = await connect({ path: join(directory, 'events') })
  engine = createClickHouseEngine({ client, spool: join(directory, 'spool') })
  await engine.migrate()
})
after(async () => {
  await engine.close()
  await rm(directory, { recursive: true, force: true })
})

const NOON = 1_781_697_600
const DAY = 86_400
/** Every attribute with a value of its own, so that two that change places are seen. */
const attributes = Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, `${name} "ü" \n`])) as Attributes

function event(given: Partial<StoredEvent>): StoredEvent {
  const page = {
    name: 'pageview',
    hostname: 'example.com',
    pathname: '/',
    title: 'A "title"',
    attributes,
    props: {},
    revenue: null,
    engagement: 0,
    scroll: 0,
    interactive: true,
  }
  return { site: 1, at: NOON, id: '0', visitor: '1', visit: '2', ...page, ...given }
}
function visit(given: Partial<Visit>): Visit {
  const times = { start: NOON - 5, opened: NOON, end: NOON + 7, active: NOON + 9, duration: 12, entryAt: NOON - 4, exitAt: NOON + 6 }
  const pages = { entryPage: '/in', entryHostname: 'in.example', exitPage: '/out', exitHostname: 'out.example' }
  return {
    site: 1,
    id: '18446744073709551615',
    visitor: '9223372036854775809',
    ...times,
    bounce: true,
    pageviews: 3,
    events: 4,
    ...pages,
    attributes,
    batch: 1_781_697_600_000,
    ...given,
  }
}
const count = async (table: string, site: number) =>
  (await select<{ n: string }>(client, `SELECT count() AS n FROM ${table} WHERE site = ${site}`))[0]!.n

describe('writing', () => {
  it('keeps every field of an event', async () => {
    const whole = event({
      site: 2,
      id: '18446744073709551615',
      name: 'Purchase',
      props: { plan: 'a"b', __proto__x: 'y' },
      revenue: { amount: '-12.345', currency: 'EUR' },
      engagement: 2_592_000_000,
      scroll: 255,
      interactive: false,
    })
    await engine.write({ token: 't:fields', events: [whole], visits: [] })
    const [row] = await select<Record<string, unknown>>(
      client,
      `SELECT *, toUnixTimestamp(time) AS at, toString(revenue_amount) AS amount FROM events WHERE site = 2`,
    )
    const { time: _time, revenue_amount: _amount, ...rest } = row!
    const { attributes: _nested, revenue: _revenue, ...fields } = whole
    assert.deepEqual(rest, { ...fields, ...attributes, amount: '-12.345', revenue_currency: 'EUR' })
  })

  it('stores a batch once, however often it comes, over several months too', async () => {
    const events = Array.from({ length: 110 }, (_, index) => event({ site: 3, at: NOON - index * 31 * DAY }))
    const visits = [visit({ site: 3, id: '1' }), visit({ site: 3, id: '2', opened: NOON - 40 * DAY })]
    const batch = { token: 't:twice', events, visits }
    await engine.write({ ...batch, events: events.slice(0, 20) })
    await Promise.all([engine.write(batch), engine.write(batch)])
    assert.deepEqual([await count('events', 3), await count('visits FINAL', 3)], ['110', '2'])
  })

  it('stores what is missing of a batch whose token ClickHouse remembers, though it lost the rows', async () => {
    const events = [1, 2, 3].map((id) => event({ site: 12, id: String(id), at: NOON - (id % 2) * 40 * DAY }))
    const batch = { token: 't:phantom', events, visits: [visit({ site: 12 })] }
    await engine.write(batch)
    // What a kill between the entry in the log of tokens and the rename of the part leaves: the token without the rows.
    await client.command({ query: `DELETE FROM events WHERE site = 12 AND id != 2 SETTINGS lightweight_deletes_sync = 0` })
    await client.command({ query: `DELETE FROM visits WHERE site = 12 SETTINGS lightweight_deletes_sync = 0` })
    for (let times = 0; times < 3; times += 1) await engine.write({ ...batch, again: true })
    assert.deepEqual([await count('events', 12), await engine.knownIds(12, ['1', '2', '3'], 0)], ['3', new Set(['1', '2', '3'])])
    assert.equal((await engine.visits({ site: 12, visitors: ['9223372036854775809'], from: NOON, to: NOON })).length, 1)
  })

  it('keeps the row of a visit with the largest batch', async () => {
    for (const batch of [2, 1, 3])
      await engine.write({ token: `t:batch${batch}`, events: [], visits: [visit({ site: 4, pageviews: batch * 10, batch })] })
    const search = { site: 4, visitors: ['9223372036854775809'], from: NOON, to: NOON }
    assert.deepEqual(await engine.visits(search), [visit({ site: 4, pageviews: 30, batch: 3 })])
  })

  it('says which data it will never take, and stores nothing of it', async () => {
    const bad = [
      event({ site: 5, revenue: { amount: 'much', currency: 'EUR' } }),
      event({ site: 5, revenue: { amount: '99999999999999999999', currency: 'EUR' } }),
      event({ site: 5, pathname: '/half\ud83d' }),
      event({ site: 5, props: { plan: 'a\ud83db' } }),
      event({ site: 5, id: 'abc' }),
      event({ site: 5, engagement: -1 }),
    ]
    for (const [index, each] of bad.entries()) {
      const batch = { token: `t:bad${index}`, events: [event({ site: 5 }), each], visits: [visit({ site: 5 })] }
      await assert.rejects(engine.write(batch), BatchRefused, `writing ${index}`)
      await assert.rejects(engine.fits(batch), BatchRefused, `trying ${index}`)
    }
    await assert.rejects(engine.write({ token: "t' OR 1", events: bad, visits: [] }), TypeError)
    await engine.fits({ token: 't:good', events: [event({ site: 5 })], visits: [visit({ site: 5 })] })
    assert.deepEqual([await count('events', 5), await count('visits', 5)], ['0', '0'])
    // Looks like half a pair, and is a path of Windows.
    await engine.write({ token: 't:path', events: [event({ site: 5, pathname: 'C:\\udder' })], visits: [] })
    assert.equal(await count('events', 5), '1')
  })
})

describe('looking back', () => {
  it('finds visits that touch a period, whole', async () => {
    const visits = [
      visit({ site: 6, id: '1', visitor: '1' }),
      visit({ site: 6, id: '2', visitor: '2' }),
      visit({ site: 7, id: '3', visitor: '1' }),
    ]
    await engine.write({ token: 't:visits', events: [], visits })
    const ids = async (
      from: number,
      to: number,
      visitors = ['1', '2', ...Array.from({ length: 12_500 }, (_, index) => String(index + 10))],
    ) => (await engine.visits({ site: 6, visitors, from, to })).map(({ id }) => id).toSorted()
    assert.deepEqual(await ids(NOON + 9, NOON + 100), ['1', '2'])
    assert.deepEqual(await ids(NOON - 100, NOON - 5), ['1', '2'])
    assert.deepEqual(await ids(NOON + 10, NOON + 100), [])
    assert.deepEqual(await ids(NOON - 100, NOON - 6), [])
    assert.deepEqual(await ids(NOON, NOON, ['2']), ['2'])
    assert.deepEqual(
      (await engine.visits({ activeSince: NOON + 9 })).find(({ site, id }) => site === 6 && id === '1'),
      visits[0],
    )
    assert.deepEqual(
      (await engine.visits({ activeSince: NOON + 10 })).filter(({ site }) => site === 6),
      [],
    )
  })

  it('knows ids by site and time, and the latest of them', async () => {
    const events = ['11', '12', '13'].map((id, index) => event({ site: 8, id, at: NOON + DAY + index }))
    await engine.write({ token: 't:ids', events: [...events, event({ site: 8, at: NOON + DAY })], visits: [] })
    assert.deepEqual(await engine.knownIds(8, ['11', '13', '99'], NOON), new Set(['11', '13']))
    assert.deepEqual(await engine.knownIds(8, ['11', '13'], NOON + DAY + 1), new Set(['13']))
    assert.deepEqual(await engine.knownIds(9, ['11'], 0), new Set())
    assert.deepEqual(await engine.recentIds(NOON + DAY, 2), [
      { site: 8, id: '13', at: NOON + DAY + 2 },
      { site: 8, id: '12', at: NOON + DAY + 1 },
    ])
  })

  it('knows the first event of a site', async () => {
    await engine.write({ token: 't:first', events: [event({ site: 10, at: NOON }), event({ site: 10, at: 60 })], visits: [] })
    assert.equal(await engine.firstEventAt(10), 60)
    assert.equal(await engine.firstEventAt(11), null)
  })
})

describe('forgetting a site', () => {
  it('takes its rows out of sight at once and leaves those of others', async () => {
    await engine.write({
      token: 't:forget',
      events: [event({ site: 12 }), event({ site: 13 })],
      visits: [visit({ site: 12 }), visit({ site: 13 })],
    })
    await engine.forget(12)
    assert.deepEqual(await Promise.all([count('events', 12), count('visits', 12), count('events', 13), count('visits', 13)]), [
      '0',
      '0',
      '1',
      '1',
    ])
    assert.deepEqual(await engine.visits({ site: 12, visitors: ['9223372036854775809'], from: 0, to: NOON * 2 }), [])
  })
})

describe('the schema', () => {
  it('is brought up to date once', async () => {
    assert.deepEqual(await migrate(client), [])
  })

  it('that is newer than the program stops the start', async () => {
    const folder = await mkdtemp(join(directory, 'migrations-'))
    await writeFile(join(folder, '0001-events.sql'), 'SELECT 1')
    await assert.rejects(
      migrate(client, folder),
      (error: Error) => error instanceof StartError && /newer version.*000[2-9]-[a-z-]+\.sql/.test(error.message),
    )
  })

  it('of a store that another process has open is not touched', () => {
    const script = `import { connect } from ${JSON.stringify(join(import.meta.dirname, 'client.ts'))}
      await connect({ path: ${JSON.stringify(join(directory, 'events'))} }).catch((error) => console.log(error.name, error.message))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', script], { encoding: 'utf8' })
    assert.match(stdout, /^StartError The event store in .* another process has it open/)
  })
})
