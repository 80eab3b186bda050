import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BatchRefused, type Batch } from '../storage/engine.ts'
import { findRefused } from './refused.ts'
import { NOON, event } from './test-support.ts'
import { createVisitMemory } from './visit-memory.ts'
import { fold } from './visits.ts'

/** Pages of what the store refuses, and how often it is asked. */
async function found(batch: Batch, { events, visits }: { events?: string[]; visits?: string[] }) {
  let asked = 0
  const refused = await findRefused(
    {
      async fits(part) {
        asked += 1
        const bad =
          part.events.find(({ pathname }) => events?.includes(pathname)) ?? part.visits.find(({ entryPage }) => visits?.includes(entryPage))
        if (bad) throw new BatchRefused('out of range')
      },
    },
    batch,
  )
  return { pages: [...refused.keys()].map((index) => batch.events[index]!.pathname), asked }
}

function batchOf(pages: string[][]): Batch {
  const events = pages.flatMap((own, visitor) => own.map((pathname) => event({ at: NOON, visitor: String(visitor), pathname })))
  const folded = fold([...events.entries()], 'token', 1, createVisitMemory(0))
  return { token: 'token', events: folded.events, visits: folded.visits }
}

describe('what a store refuses of a batch', () => {
  it('is found in a few questions, at any place', async () => {
    const pages = Array.from({ length: 1000 }, (_, index) => [`/${index}`])
    assert.deepEqual((await found(batchOf(pages), { events: ['/0', '/500', '/999'] })).pages, ['/0', '/500', '/999'])
    assert.ok((await found(batchOf(pages), { events: ['/700'] })).asked < 25)
    assert.equal((await found(batchOf(pages), { events: pages.flat() })).pages.length, 1000)
  })

  it('is an event rather than its visit, since the visit may be refused for it', async () => {
    const batch = batchOf([['/bad', '/a'], ['/b']])
    assert.deepEqual((await found(batch, { events: ['/bad'], visits: ['/bad'] })).pages, ['/bad'])
  })

  it('is all of a visit where no event of it is refused', async () => {
    const batch = batchOf([['/a', '/b'], ['/c']])
    assert.deepEqual((await found(batch, { visits: ['/a'] })).pages, ['/a', '/b'])
    assert.deepEqual((await found(batch, {})).pages, [])
  })
})
