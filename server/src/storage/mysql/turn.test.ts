import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { NO_ATTRIBUTES, event } from '../../write/test-support.ts'
import { BatchRefused, type Engine, type Turn } from '../engine.ts'
import { command, connect, select } from './client.ts'
import { createMySqlEngine } from './engine.ts'
import { realMySqlEngine } from './test-support.ts'

let store: Awaited<ReturnType<typeof realMySqlEngine>>
/** Another process. */
let other: Engine
before(async () => {
  store = await realMySqlEngine()
  other = createMySqlEngine({ client: await connect(store.url) })
})
after(async () => {
  await other.close()
  await store.close()
})

const stored = (site: number, given: Partial<ReturnType<typeof event>> = {}) => ({ ...event({ site, ...given }), visit: '7' })
const batch = (site: number, token: string) => ({ token, events: [stored(site)], visits: [] })
const count = async (site: number) =>
  Number((await select<{ n: string }>(store.client.pool, 'SELECT COUNT(*) AS n FROM events WHERE site = ?', [site]))[0]!.n)
const numbers = async ({ number, before }: Turn) => [number, before]

describe('turns', () => {
  it('are numbered over all processes, one after another', async () => {
    const engines = [store.engine, other]
    let inside = 0
    let most = 0
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        engines[index % 2]!.turn(index, async (turn) => {
          most = Math.max(most, ++inside)
          await pause(5)
          inside -= 1
          return turn.number
        }),
      ),
    )
    assert.equal(most, 1)
    const sorted = taken.toSorted((a, b) => a - b)
    assert.deepEqual(
      sorted,
      sorted.map((_, index) => sorted[0]! + index),
    )
  })

  it('leave nothing where they fail, not even their number', async () => {
    const [number] = await store.engine.turn(0, numbers)
    await assert.rejects(
      store.engine.turn(0, async (turn) => {
        await turn.write(batch(2, 'turn:fails'))
        throw new Error('the process ends here')
      }),
      /ends here/,
    )
    assert.equal(await count(2), 0)
    assert.deepEqual(await other.turn(0, numbers), [number! + 1, number])
    assert.equal(await other.turn(0, (turn) => turn.stored('turn:fails')), false)
  })

  it('show what they stored when they end, and know it by its token', async () => {
    await store.engine.turn(0, async (turn) => {
      await turn.write(batch(3, 'turn:whole'))
      assert.equal(await count(3), 0)
    })
    assert.equal(await count(3), 1)
    assert.equal(await other.turn(0, (turn) => turn.stored('turn:whole')), true)
  })

  it('keep what was stored before a batch that is refused', async () => {
    const refused = { ...batch(4, 'turn:refused'), visits: [] }
    refused.events.push(stored(4, { revenue: { amount: '99999999999999999999', currency: 'EUR' } }))
    const late = { token: 'turn:late', events: [stored(4)], visits: [tooLong] }
    await store.engine.turn(0, async (turn) => {
      await turn.write(batch(4, 'turn:good'))
      await assert.rejects(turn.write(refused), BatchRefused)
      await assert.rejects(turn.write(late), BatchRefused)
      await assert.rejects(turn.fits(late), BatchRefused)
      await turn.fits(batch(4, 'turn:tried'))
      await turn.write(batch(4, 'turn:good-too'))
    })
    assert.equal(await count(4), 2)
    assert.equal(await other.turn(0, (turn) => turn.stored('turn:late')), false)
    assert.equal(await other.turn(0, (turn) => turn.stored('turn:tried')), false)
  })

  it('are ended by the server where a process hangs in one; what it then sends comes to nothing', async () => {
    const session = await store.client.turns.getConnection()
    const [setting] = await select<{ wait: string }>(session, 'SELECT @@wait_timeout AS wait')
    assert.equal(setting!.wait, '30')
    await command(session, 'SET SESSION wait_timeout = 1')
    session.release()
    const hung = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<number>()
    const turn = store.engine.turn(0, async (turn) => {
      await turn.write(batch(5, 'turn:hangs'))
      begun.resolve(turn.number)
      await hung.promise
      await turn.write(batch(5, 'turn:hangs-on'))
    })
    const [number] = await begun.promise.then(() => other.turn(0, numbers))
    assert.equal(number, await begun.promise)
    hung.resolve()
    await assert.rejects(turn)
    assert.equal(await count(5), 0)
  })
})

/** A number that no column of visits takes; found out by the server, after the events are written. */
const tooLong = {
  site: 4,
  id: '1',
  visitor: '1',
  start: 1,
  opened: 1,
  end: 1,
  active: 1,
  duration: 1,
  bounce: true,
  pageviews: 2 ** 40,
  events: 1,
  entryPage: '/',
  entryHostname: '',
  entryAt: 1,
  exitPage: '/',
  exitHostname: '',
  exitAt: 1,
  attributes: NO_ATTRIBUTES,
  batch: 1,
}
