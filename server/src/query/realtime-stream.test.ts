import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Realtime } from '@footfall/contract/realtime.ts'
import type { Site } from '@footfall/contract/sites.ts'
import { AppError } from '../errors.ts'
import { type Watched, createStreams } from './realtime-stream.ts'

const SITE: Watched = {
  site: { id: 1, domain: 'example.com' } as Site,
  reader: { kind: 'user', user: 1, email: 'ann@example.com', role: 'admin' },
}
const now = (visitors: number): Realtime => ({ visitors, minutes: [], pages: [], sources: [], countries: [], events: [] })
const visitorsOf = (text: string) => (JSON.parse(text.split('data: ')[1]!) as Realtime).visitors

/** Streams over a number that the test sets. */
function streams() {
  const self = { visitors: 1, looks: 0 }
  const made = createStreams(
    async () => {
      self.looks++
      return now(self.visitors)
    },
    { look: 10, beat: 30 },
  )
  return Object.assign(self, made)
}

test('tells at once, then what has changed, and between them that it is still there', async () => {
  const all = streams()
  const left = new AbortController()
  const messages = all.open(SITE, left.signal)
  const next = async () => (await messages.next()).value as string
  assert.equal(visitorsOf(await next()), 1)
  assert.equal(await next(), ': still here\n\n')
  all.visitors = 2
  const changed = await next()
  assert.match(changed, /^event: realtime\ndata: \{.*\}\n\n$/)
  assert.equal(visitorsOf(changed), 2)
  left.abort()
  assert.deepEqual(await messages.next(), { done: true, value: undefined })
})

test('a reader who may not look any more is told nothing else', async () => {
  const all = streams()
  let still = true
  const messages = all.open({ ...SITE, still: async () => still }, new AbortController().signal)
  assert.equal(visitorsOf((await messages.next()).value as string), 1)
  still = false
  all.visitors = 2
  assert.deepEqual(await messages.next(), { done: true, value: undefined })
})

test('those who see another part of a site get a look of their own', async () => {
  const all = streams()
  const left = new AbortController()
  const guest = (filters: unknown[]): Watched => ({ ...SITE, reader: { kind: 'guest', link: 1, site: 1, filters } })
  const part = [['is', 'event:page', ['/']]]
  await Promise.all([SITE, guest([]), guest(part), guest(part)].map((watched) => all.open(watched, left.signal).next()))
  assert.equal(all.looks, 2)
  left.abort()
})

test('all streams of a site share a look', async () => {
  const all = streams()
  const left = new AbortController()
  const first = Array.from({ length: 20 }, () => all.open(SITE, left.signal).next())
  assert.deepEqual(new Set((await Promise.all(first)).map(({ value }) => visitorsOf(value as string))), new Set([1]))
  assert.equal(all.looks, 1)
  left.abort()
})

test('there is a largest number of them, and who leaves makes room', async () => {
  const all = streams()
  const clients = Array.from({ length: 200 }, () => new AbortController())
  for (const { signal } of clients) all.open(SITE, signal)
  const another = () => all.open(SITE, new AbortController().signal)
  assert.throws(another, (error) => error instanceof AppError && error.status === 503 && error.retryAfter === 60)
  clients[0]!.abort()
  assert.equal(visitorsOf((await another().next()).value as string), 1)
  assert.throws(another, AppError)
})

test('when the server stops they end, also in the middle of waiting', async () => {
  const all = streams()
  const messages = all.open(SITE, new AbortController().signal)
  await messages.next()
  const last = messages.next()
  all.close()
  assert.deepEqual(await last, { done: true, value: undefined })
})
