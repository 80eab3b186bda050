import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startForeign } from './foreign/testing.ts'
import { arrayJournal } from './testing.ts'

const VIEW = { n: 'pageview', u: 'https://s.example/', d: 's.example' }

test('each item of a batch has its answer, and the right ones are appended together', async (t) => {
  const appended: number[] = []
  const events: Parameters<ReturnType<typeof arrayJournal>['append']>[0] = []
  const journal = {
    ...arrayJournal(events),
    append: async (more: typeof events) => void (appended.push(more.length), events.push(...more)),
  }
  const { call } = await startForeign(t, { journal })
  const items = [
    VIEW,
    { ...VIEW, u: 'nowhere' },
    { ...VIEW, d: 's.example,t.example', i: false },
    { ...VIEW, d: 'nobody.example' },
    'text',
    null,
    { name: 'Signup', url: 'https://s.example/', domain: 's.example', props: { plan: 'pro' } },
  ]
  const { status, response } = await call('/api/events', items)
  assert.deepEqual(
    [status, response.json()],
    [
      200,
      [
        { status: 202 },
        { status: 400, errors: { url: ['must be a valid url'] } },
        { status: 202 },
        { status: 202, dropped: 'not_found' },
        { status: 400, errors: { request: ['must be a JSON object'] } },
        { status: 400, errors: { request: ['must be a JSON object'] } },
        { status: 202 },
      ],
    ],
  )
  assert.deepEqual(appended, [4], 'one append')
  assert.deepEqual(
    events.map(({ site, name }) => [site, name]),
    [
      [1, 'pageview'],
      [1, 'pageview'],
      [2, 'pageview'],
      [1, 'Signup'],
    ],
  )
})

test('a batch is bounded in items, in events and in bytes', async (t) => {
  const { call } = await startForeign(t)
  const many = (length: number, item: object = VIEW) => Array.from({ length }, () => item)
  const statusOf = async (body: unknown) => {
    const { status, stored } = await call('/api/events', body)
    return [status, stored.length]
  }
  assert.deepEqual(await statusOf([]), [200, 0])
  assert.deepEqual(await statusOf(many(1000)), [200, 1000])
  assert.deepEqual(await statusOf(many(1001)), [400, 0])
  assert.deepEqual(await statusOf(many(501, { ...VIEW, d: 's.example,t.example' })), [400, 0])
  assert.deepEqual(await statusOf(many(20, { ...VIEW, x: 'x'.repeat(60_000) })), [413, 0])
  assert.deepEqual(await statusOf(many(10, { ...VIEW, x: 'x'.repeat(60_000) })), [200, 10], 'more than a single event may have')
  for (const body of [VIEW, 'null', '[', '"text"']) assert.deepEqual(await statusOf(body), [400, 0])
})

test('every item counts against the limit of the address; with a key there is none', async (t) => {
  const { call, bearer } = await startForeign(t, { addressLimit: 10 })
  assert.equal((await call('/api/events', [VIEW, VIEW, VIEW])).status, 200)
  const over = await call(
    '/api/events',
    Array.from({ length: 8 }, () => VIEW),
  )
  assert.deepEqual([over.status, over.stored.length], [429, 0])
  const key = await bearer()
  assert.equal(
    (
      await call(
        '/api/events',
        Array.from({ length: 50 }, () => VIEW),
        key,
      )
    ).stored.length,
    50,
  )
})

test('a journal that is full takes nothing of a batch, and counts no refusal twice', async (t) => {
  const { call, parts, drops, database } = await startForeign(t)
  parts.journal.append = async () => Promise.reject(new Error('full'))
  const { status, response } = await call('/api/events', [VIEW, { ...VIEW, d: 'nobody.example' }])
  assert.deepEqual([status, response.headers['retry-after']], [503, '5'])
  await drops.flush()
  assert.deepEqual(await database.selectFrom('drops').selectAll().execute(), [])
})
