import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import { StartError } from '../../errors.ts'
import type { Attributes, StoredEvent, Visit } from '../../lib/event.ts'
import { BatchRefused } from '../engine.ts'
import { connect, select } from './client.ts'
import { createMySqlEngine } from './engine.ts'
import { migrate } from './migrate.ts'
import { realMySqlEngine } from './test-support.ts'

let store: Awaited<ReturnType<typeof realMySqlEngine>>
before(async () => {
  store = await realMySqlEngine()
})
after(() => store.close())

const NOON = 1_781_697_600
const DAY = 86_400
const VISITOR = '9223372036854775809'
/** Every attribute with a value of its own, so that two that change places are seen. */
const attributes = Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, `${name} "ü" '\\ \n`])) as Attributes

function event(given: Partial<StoredEvent>): StoredEvent {
  const page = { name: 'pageview', hostname: 'example.com', pathname: '/', attributes, props: {}, revenue: null }
  return { site: 1, at: NOON, id: '0', visitor: '1', visit: '2', ...page, engagement: 0, scroll: 0, interactive: true, ...given }
}
function visit(given: Partial<Visit>): Visit {
  const times = { start: NOON - 5, opened: NOON, end: NOON + 7, active: NOON + 9, duration: 12, entryAt: NOON - 4, exitAt: NOON + 6 }
  const pages = { entryPage: '/in', entryHostname: 'in.example', exitPage: '/out', exitHostname: 'out.example' }
  const counts = { bounce: true, pageviews: 3, events: 4 }
  return {
    site: 1,
    id: '18446744073709551615',
    visitor: VISITOR,
    ...times,
    ...counts,
    ...pages,
    attributes,
    batch: 1_781_697_600_000,
    ...given,
  }
}
const count = async (table: string, site: number) =>
  Number((await select<{ n: string }>(store.client.pool, `SELECT COUNT(*) AS n FROM ${table} WHERE site = ?`, [site]))[0]!.n)
const listed = (site: number) =>
  store.engine.report('events', {
    site,
    from: 0,
    to: NOON * 2,
    where: { kind: 'all', of: [] },
    visit: null,
    order: 'oldest first',
    limit: 10_000,
  })

describe('writing', () => {
  it('keeps every field of an event', async () => {
    const whole = event({
      site: 2,
      id: '18446744073709551615',
      visit: '18446744073709551614',
      name: 'Purchase',
      props: { plan: 'a"b', __proto__x: "'; DROP TABLE events; --", blank: '' },
      revenue: { amount: '-12.345', currency: 'EUR' },
      engagement: 2_592_000_000,
      scroll: 255,
      interactive: false,
    })
    await store.engine.write({ token: 't:fields', events: [whole], visits: [] })
    const { name, hostname, pathname, props, engagement, scroll, visit } = whole
    const { source, country, browser, device } = attributes
    assert.deepEqual(await listed(2), [
      {
        at: NOON,
        visit,
        name,
        hostname,
        pathname,
        props,
        engagement,
        scroll,
        source,
        country,
        browser,
        device,
        revenue: { amount: -12_345, currency: 'EUR' },
      },
    ])
    assert.deepEqual(await store.engine.recentIds(NOON, 1), [{ site: 2, id: '18446744073709551615', at: NOON }])
    assert.equal(
      (await select<{ interactive: number }>(store.client.pool, 'SELECT interactive FROM events WHERE site = 2'))[0]!.interactive,
      0,
    )
  })

  it('stores a batch once, however often it comes, at the same moment too', async () => {
    const events = Array.from({ length: 110 }, (_, index) => event({ site: 3, at: NOON - index * 31 * DAY }))
    const visits = [visit({ site: 3, id: '1' }), visit({ site: 3, id: '2', opened: NOON - 40 * DAY })]
    const batch = { token: 't:twice', events, visits }
    await Promise.all([store.engine.write(batch), store.engine.write(batch), store.engine.write(batch)])
    await store.engine.write(batch)
    assert.deepEqual([await count('events', 3), await count('visits', 3)], [110, 2])
  })

  it('keeps the row of a visit with the largest batch', async () => {
    for (const batch of [2, 1, 3])
      await store.engine.write({ token: `t:batch${batch}`, events: [], visits: [visit({ site: 4, pageviews: batch * 10, batch })] })
    const search = { site: 4, visitors: [VISITOR], from: NOON, to: NOON }
    assert.deepEqual(await store.engine.visits(search), [visit({ site: 4, pageviews: 30, batch: 3 })])
  })

  it('says which data it will never take, and stores nothing of it', async () => {
    const bad = [
      event({ site: 5, revenue: { amount: 'much', currency: 'EUR' } }),
      event({ site: 5, visitor: '1), (1' }),
      event({ site: 5, visit: '18446744073709551616' }),
      event({ site: 5, at: 4_294_967_296 }),
      event({ site: 5, at: 1.5 }),
      event({ site: 5, scroll: 256 }),
      event({ site: 5, pathname: 'x'.repeat(65_536) }),
    ]
    for (const [index, each] of bad.entries()) {
      const batch = { token: `t:bad${index}`, events: [event({ site: 5 }), each], visits: [visit({ site: 5 })] }
      await assert.rejects(store.engine.write(batch), BatchRefused)
      await assert.rejects(store.engine.fits(batch), BatchRefused)
    }
    await store.engine.fits({ token: 't:good', events: [event({ site: 5 })], visits: [visit({ site: 5 })] })
    assert.equal(await count('visits', 5), 0)
    await assert.rejects(store.engine.write({ token: "t' OR 1", events: [], visits: [] }), TypeError)
    assert.equal(await count('events', 5), 0)
  })

  it('takes a batch that is larger than one statement may be', async () => {
    const events = Array.from({ length: 12_000 }, (_, index) => event({ site: 16, pathname: `/${index}`, at: NOON + index }))
    await store.engine.write({ token: 't:large', events, visits: [] })
    assert.equal(await count('events', 16), 12_000)
  })

  it('tells texts apart by their bytes', async () => {
    const pathnames = ['/a', '/A', '/a ', '/ä', '/a\u0308', '/😀', '/😁', '/a\0', `/${'x'.repeat(3000)}`, `/${'x'.repeat(3000)}y`]
    await store.engine.write({ token: 't:bytes', events: pathnames.map((pathname) => event({ site: 17, pathname })), visits: [] })
    const rows = await listed(17)
    // As UTF-8, byte by byte.
    const sorted = pathnames.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    assert.deepEqual(
      rows.map(({ pathname }) => pathname),
      sorted,
    )
  })
})

describe('two processes', () => {
  it('that meet the same new texts at once agree on their numbers', async () => {
    const other = createMySqlEngine({ client: await connect(store.url) })
    const events = Array.from({ length: 500 }, (_, index) => event({ site: 18, pathname: `/${index}`, props: { page: String(index) } }))
    const writers = [store.engine, other, store.engine, other]
    await Promise.all(
      writers.map((writer, index) =>
        writer.write({ token: `t:race${index}`, events: index % 2 ? events : events.toReversed(), visits: [] }),
      ),
    )
    await other.close()
    const rows = await listed(18)
    assert.equal(new Set(rows.map(({ pathname, props }) => `${pathname} ${props['page']}`)).size, 500)
    assert.equal(await count('prop_items', 18), 500)
    const [pages] = await select<{ n: string }>(store.client.pool, 'SELECT COUNT(*) AS n FROM terms WHERE site = 18 AND kind = 2')
    assert.equal(pages?.n, '500')
  })

  it('that change the same visits do not stop each other', async () => {
    const visits = Array.from({ length: 300 }, (_, index) => visit({ site: 19, id: String(index + 1) }))
    const batches = Array.from({ length: 8 }, (_, index) => ({
      token: `t:lock${index}`,
      events: [],
      visits: (index % 2 ? visits : visits.toReversed()).map((each) => ({ ...each, batch: index + 1 })),
    }))
    await Promise.all(batches.map((batch) => store.engine.write(batch)))
    const found = await store.engine.visits({ site: 19, visitors: [VISITOR], from: NOON, to: NOON })
    assert.deepEqual(new Set(found.map(({ batch }) => batch)), new Set([8]))
  })
})

describe('looking back', () => {
  it('finds visits that touch a period, whole', async () => {
    const visits = [
      visit({ site: 6, id: '1', visitor: '1' }),
      visit({ site: 6, id: '2', visitor: '2' }),
      visit({ site: 7, id: '3', visitor: '1' }),
    ]
    await store.engine.write({ token: 't:visits', events: [], visits })
    const many = Array.from({ length: 12_500 }, (_, index) => String(index + 10))
    const ids = async (from: number, to: number, visitors = ['1', '2', ...many]) =>
      (await store.engine.visits({ site: 6, visitors, from, to })).map(({ id }) => id).toSorted()
    assert.deepEqual(await ids(NOON + 9, NOON + 100), ['1', '2'])
    assert.deepEqual(await ids(NOON - 100, NOON - 5), ['1', '2'])
    assert.deepEqual(await ids(NOON + 10, NOON + 100), [])
    assert.deepEqual(await ids(NOON - 100, NOON - 6), [])
    assert.deepEqual(await ids(NOON, NOON, ['2']), ['2'])
    const active = async (since: number) => (await store.engine.visits({ activeSince: since })).filter(({ site }) => site === 6)
    assert.deepEqual(
      (await active(NOON + 9)).find(({ id }) => id === '1'),
      visits[0],
    )
    assert.deepEqual(await active(NOON + 10), [])
  })

  it('knows ids by site and time, and the latest of them', async () => {
    const events = ['11', '12', '13'].map((id, index) => event({ site: 8, id, at: NOON + DAY + index }))
    await store.engine.write({ token: 't:ids', events: [...events, event({ site: 8, at: NOON + DAY })], visits: [] })
    assert.deepEqual(await store.engine.knownIds(8, ['11', '13', '99'], NOON), new Set(['11', '13']))
    assert.deepEqual(await store.engine.knownIds(8, ['11', '13'], NOON + DAY + 1), new Set(['13']))
    assert.deepEqual(await store.engine.knownIds(9, ['11'], 0), new Set())
    assert.deepEqual(await store.engine.recentIds(NOON + DAY, 2), [
      { site: 8, id: '13', at: NOON + DAY + 2 },
      { site: 8, id: '12', at: NOON + DAY + 1 },
    ])
  })

  it('knows the first event of a site', async () => {
    await store.engine.write({ token: 't:first', events: [event({ site: 10, at: NOON }), event({ site: 10, at: 60 })], visits: [] })
    assert.equal(await store.engine.firstEventAt(10), 60)
    assert.equal(await store.engine.firstEventAt(11), null)
  })
})

describe('forgetting a site', () => {
  it('takes every row and every text of it, and leaves those of others', async () => {
    const both = { events: [12, 13].map((site) => event({ site, props: { a: 'b' } })), visits: [12, 13].map((site) => visit({ site })) }
    await store.engine.write({ token: 't:forget', ...both })
    await store.engine.forget(12)
    for (const table of ['events', 'visits', 'terms', 'origins', 'places', 'agents', 'prop_sets', 'prop_items']) {
      assert.equal(await count(table, 12), 0, table)
      assert.notEqual(await count(table, 13), 0, table)
    }
    // What was still on its way is stored whole: the numbers that went with the site are not used again.
    await store.engine.write({ token: 't:late', events: [event({ site: 12, pathname: '/late' })], visits: [] })
    assert.equal((await listed(12))[0]!.pathname, '/late')
  })
})

describe('the schema', () => {
  it('is brought up to date once, by one of those who try', async () => {
    assert.deepEqual(await Promise.all([migrate(store.client), migrate(store.client)]), [[], []])
  })

  it('that is newer than the program stops the start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'footfall-migrations-'))
    await writeFile(join(folder, '0001-terms.sql'), 'SELECT 1')
    await assert.rejects(
      migrate(store.client, folder),
      (error: Error) => error instanceof StartError && /newer version.*0002-origins\.sql/.test(error.message),
    )
    await rm(folder, { recursive: true })
  })

  it('of a server that is not there stops the start with its address', async () => {
    await assert.rejects(
      connect('mysql://root@127.0.0.1:1/x'),
      (error: Error) => error instanceof StartError && /127\.0\.0\.1:1/.test(error.message),
    )
    await assert.rejects(
      connect('mysql://root@127.0.0.1:1'),
      (error: Error) => error instanceof StartError && /EVENTS_URL must be/.test(error.message),
    )
  })
})
