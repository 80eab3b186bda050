import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Attributes, StoredEvent } from '../../lib/event.ts'
import { NOON, realEngine } from '../../write/test-support.ts'
import { select } from './client.ts'
import { filledRows } from './rows.ts'
import { EVENT_COLUMNS } from './schema.ts'

let store: Awaited<ReturnType<typeof realEngine>>
before(async () => {
  store = await realEngine()
})
after(() => store.close())

const blank = Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, ''])) as Attributes
const BLANK: StoredEvent = {
  site: 1,
  at: NOON,
  id: '7',
  visitor: '8',
  visit: '9',
  name: 'engagement',
  hostname: '',
  pathname: '',
  attributes: blank,
  props: {},
  revenue: null,
  engagement: 0,
  scroll: 0,
  interactive: false,
}
const FULL: StoredEvent = {
  ...BLANK,
  id: '17',
  name: 'Signup',
  hostname: 'example.com',
  pathname: '/a',
  title: 'A',
  attributes: Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, `a ${name}`])) as Attributes,
  props: { plan: 'free' },
  revenue: { amount: '1.5', currency: 'EUR' },
  engagement: 1,
  scroll: 2,
  interactive: true,
}

it('names a column as soon as one item has a value there', async () => {
  const all = EVENT_COLUMNS.map(([name]) => name).join(', ')
  assert.equal((await filledRows(EVENT_COLUMNS, [BLANK, FULL])).names, all)
  assert.equal((await filledRows(EVENT_COLUMNS, [BLANK])).names, 'site, time, id, visitor, visit, name, screen')
  assert.equal(
    (await filledRows(EVENT_COLUMNS, [{ ...BLANK, engagement: 5 }])).names,
    'site, time, id, visitor, visit, name, engagement, screen',
  )
})

it('what an insert does not name is stored as if it had been sent', async () => {
  // A screen that was not told must not become the device, which is what the column has where an insert does not name it.
  const untold = { ...BLANK, id: '27', attributes: { ...blank, device: 'Desktop' } }
  await store.engine.write({ token: 'alone', events: [untold], visits: [] })
  await store.engine.write({ token: 'together', events: [{ ...untold, id: '28' }, FULL], visits: [] })
  const sql = 'SELECT * EXCEPT (id) FROM events WHERE id = {id: UInt64}'
  const [alone] = await select<Record<string, unknown>>(store.client, sql, { id: 27n })
  const [together] = await select<Record<string, unknown>>(store.client, sql, { id: 28n })
  assert.deepEqual(alone, together)
  assert.equal(alone?.['screen'], '')
  assert.equal(alone?.['device'], 'Desktop')
})
