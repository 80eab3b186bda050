import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { StoredEvent } from '../../lib/event.ts'
import { NOON, event, realEngine, temporaryDirectory } from '../../write/test-support.ts'
import { createClickHouseEngine } from './engine.ts'
import { exportEvents } from './export.ts'

describe('export from ClickHouse', () => {
  let store: Awaited<ReturnType<typeof realEngine>>
  let spool: Awaited<ReturnType<typeof temporaryDirectory>>
  before(async () => {
    store = await realEngine()
    spool = await temporaryDirectory()
  })
  after(async () => {
    await store.close()
    await spool.remove()
  })
  const range = (site: number) => ({ site, from: 0, to: NOON + 10 * 86_400 })
  const all = async (site: number, page?: number) =>
    (await Array.fromAsync(exportEvents(store.client, range(site), undefined, page))).flat()
  const write = (events: StoredEvent[]) => store.engine.write({ token: `export-${events[0]!.site}`, events, visits: [] })

  test('every field comes back as it was written', async () => {
    const whole: StoredEvent = {
      ...event({ site: 1, id: '18446744073709551615', visitor: '9223372036854775809', name: 'Buy', pathname: '/ü "x"\n\\' }),
      visit: '7',
      props: { 'k"1': 'v', __proto__x: 'y' },
      revenue: { amount: '-12.345', currency: 'EUR' },
      interactive: false,
    }
    const ping: StoredEvent = { ...event({ site: 1, at: NOON + 5, name: 'engagement', engagement: 1200, scroll: 255 }), visit: '7' }
    await write([whole, ping])
    assert.deepEqual(
      (await all(1)).toSorted((a, b) => a.at - b.at),
      [whole, ping],
    )
  })

  test('pages hold every event once, and events of one second stay in their order, wherever a page ends', async () => {
    const events = Array.from({ length: 60 }, (_, index): StoredEvent => {
      // Two visitors on two days; runs of seven events in the same second.
      const at = NOON + (index % 2) * 86_400 + Math.floor(index / 14)
      return { ...event({ site: 2, at, visitor: String(1 + (index % 4)), pathname: `/${String(index).padStart(2, '0')}` }), visit: '1' }
    })
    await write(events)
    const whole = await all(2)
    assert.equal(whole.length, events.length)
    for (const page of [1, 2, 3, 7, 59, 60, 61]) assert.deepEqual(await all(2, page), whole, `pages of ${page}`)
    for (const [, group] of Map.groupBy(whole, ({ at, visitor }) => `${at} ${visitor}`))
      assert.deepEqual(
        group.map(({ pathname }) => pathname),
        group.map(({ pathname }) => pathname).toSorted(),
      )
  })

  test('a period is cut at its ends, to the second', async () => {
    await write([0, 1, 2, 3].map((seconds) => ({ ...event({ site: 3, at: NOON + seconds }), visit: '1' })))
    const pages = await Array.fromAsync(exportEvents(store.client, { site: 3, from: NOON + 1, to: NOON + 2 }))
    assert.deepEqual(
      pages.flat().map(({ at }) => at - NOON),
      [1, 2],
    )
  })

  for (const [what, through] of [
    ['through a file', () => spool.path],
    ['as a stream of the server', () => null],
  ] as const) {
    test(`Parquet ${what}`, async () => {
      const site = through() === null ? 5 : 4
      await write([
        { ...event({ site, id: '42', visitor: '18446744073709551615', props: { plan: 'free' } }), visit: '9' },
        { ...event({ site, at: NOON + 1, name: 'Buy', revenue: { amount: '1.5', currency: 'EUR' } }), visit: '9' },
      ])
      const engine = createClickHouseEngine({ client: store.client, spool: through() })
      const bytes = Buffer.concat(await Array.fromAsync(engine.parquet(range(site))))
      const path = join(spool.path, `read-${site}.parquet`)
      await writeFile(path, bytes)
      const columns = 'toUnixTimestamp(timestamp) AS at, visitor, visit, id, name, pathname, props, revenue_amount, revenue_currency'
      assert.deepEqual(await store.rows(`SELECT ${columns} FROM file('${path}', Parquet) ORDER BY timestamp`), [
        {
          at: NOON,
          visitor: '18446744073709551615',
          visit: '9',
          id: '42',
          name: 'pageview',
          pathname: '/',
          props: { plan: 'free' },
          revenue_amount: 0,
          revenue_currency: '',
        },
        {
          at: NOON + 1,
          visitor: '1',
          visit: '9',
          id: '',
          name: 'Buy',
          pathname: '/',
          props: {},
          revenue_amount: 1.5,
          revenue_currency: 'EUR',
        },
      ])
      assert.deepEqual(
        (await readdir(spool.path)).filter((name) => name.startsWith('export-')),
        [],
        'nothing stays in the spool',
      )
    })
  }

  test('what a crash left in the spool goes at the next start', async () => {
    await writeFile(join(spool.path, 'export-left.parquet'), 'x')
    await createClickHouseEngine({ client: store.client, spool: spool.path }).migrate()
    assert.deepEqual(
      (await readdir(spool.path)).filter((name) => name.startsWith('export-')),
      [],
    )
  })
})
