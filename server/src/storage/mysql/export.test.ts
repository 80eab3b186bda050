import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { StoredEvent } from '../../lib/event.ts'
import { NOON, event } from '../../write/test-support.ts'
import { exportEvents } from './export.ts'
import { realMySqlEngine } from './test-support.ts'

describe('export from MySQL', () => {
  let store: Awaited<ReturnType<typeof realMySqlEngine>>
  before(async () => {
    store = await realMySqlEngine()
  })
  after(() => store.close())
  const range = (site: number) => ({ site, from: 0, to: NOON + 10 * 86_400 })
  const all = async (site: number, page?: number) =>
    (await Array.fromAsync(exportEvents(store.client.pool, range(site), undefined, page))).flat()
  const write = (token: string, events: StoredEvent[]) => store.engine.write({ token, events, visits: [] })

  test('every field comes back as it was written', async () => {
    const whole: StoredEvent = {
      ...event({ site: 1, id: '18446744073709551615', visitor: '9223372036854775809', name: 'Buy', pathname: '/ü "x"\n\\' }),
      visit: '7',
      props: { 'k"1': 'v', __proto__x: 'y' },
      revenue: { amount: '-12.345', currency: 'EUR' },
      interactive: false,
    }
    const ping: StoredEvent = { ...event({ site: 1, at: NOON + 5, name: 'engagement', engagement: 1200, scroll: 255 }), visit: '7' }
    await write('whole', [whole, ping])
    assert.deepEqual(await all(1), [whole, ping])
  })

  test('pages hold every event once, in the order in which those of one second were stored', async () => {
    const made = (from: number) =>
      Array.from({ length: 30 }, (_, index): StoredEvent => {
        const number = from + index
        return {
          ...event({ site: 2, at: NOON + Math.floor(index / 7), visitor: String(1 + (number % 3)), pathname: `/${number}` }),
          visit: '1',
        }
      })
    await write('first', made(100))
    await write('second', made(200))
    const whole = await all(2)
    assert.deepEqual(
      whole,
      [...made(100), ...made(200)].toSorted((a, b) => a.at - b.at),
    )
    for (const page of [1, 2, 7, 59, 60, 61]) assert.deepEqual(await all(2, page), whole, `pages of ${page}`)
  })
})
