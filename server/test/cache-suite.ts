import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Cache } from '../src/cache/cache.ts'

/** One cache under test. `pass` lets time go by, whether by a clock in the hand or by waiting. */
export interface CacheUnderTest {
  cache: Cache
  pass(seconds: number): Promise<void>
  /** What else ends with the suite. */
  end?(): Promise<void>
}

/** What every implementation of `Cache` must do. Run once for each: `cacheSuite('memory', () => …)`. */
export function cacheSuite(name: string, make: () => Promise<CacheUnderTest>): void {
  describe(`cache ${name}`, async () => {
    const { cache, pass, end } = await make()
    after(async () => {
      await cache.close()
      await end?.()
    })

    const values: [string, unknown][] = [
      ['text', 'ÄÖ \u0000 "quoted"'],
      ['zero', 0],
      ['false', false],
      ['null', null],
      ['an object', { a: [1, { b: 'c' }] }],
    ]
    for (const [what, value] of values) {
      test(`gives back ${what}`, async () => {
        await cache.set(`value:${what}`, value, 60)
        assert.deepEqual(await cache.get(`value:${what}`), value)
      })
    }

    test('knows nothing that was not set', async () => {
      assert.equal(await cache.get('never'), undefined)
      await cache.delete('never')
    })

    test('the last value stands, until it is deleted', async () => {
      await cache.set('twice', 1, 60)
      await cache.set('twice', 2, 60)
      assert.equal(await cache.get('twice'), 2)
      await cache.delete('twice')
      assert.equal(await cache.get('twice'), undefined)
    })

    test('many at once: those it has, and no others', async () => {
      const values = new Map(Array.from({ length: 2500 }, (_, index) => [`many:${index}`, { index }]))
      await cache.setMany(values, 60)
      assert.deepEqual(await cache.getMany(['many:never', ...values.keys()]), values)
      assert.deepEqual(await cache.getMany([]), new Map())
    })

    test('what comes out is a copy', async () => {
      const list = [1]
      await cache.set('copy', list, 60)
      list.push(2)
      const first = await cache.get<number[]>('copy')
      first?.push(3)
      assert.deepEqual(await cache.get('copy'), [1])
    })

    test('forgets after its seconds, reading does not prolong', async () => {
      const begin = performance.now()
      await cache.set('short', 'x', 2)
      await cache.setMany(new Map([['short:many', 'x']]), 2)
      await pass(1.2)
      const early = await cache.get('short')
      if (isWithin(2, begin)) assert.equal(early, 'x')
      await pass(1.2)
      assert.deepEqual(await cache.getMany(['short:many']), new Map())
      assert.equal(await cache.get('short'), undefined)
    })

    test('counts hits in a window that its first hit opens', async () => {
      const begin = performance.now()
      assert.deepEqual(await cache.hit('window', 3), { hits: 1, resetSeconds: 3 })
      await pass(1.2)
      const second = await cache.hit('window', 3)
      if (isWithin(2, begin)) assert.deepEqual(second, { hits: 2, resetSeconds: 2 })
      await pass(3.2)
      assert.deepEqual(await cache.hit('window', 3), { hits: 1, resetSeconds: 3 })
    })

    test('counts several hits in one call', async () => {
      assert.equal((await cache.hit('several', 60, 40)).hits, 40)
      assert.equal((await cache.hit('several', 60)).hits, 41)
    })

    test('hits at the same time are all counted', async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => cache.hit('crowd', 60)))
      const hits = answers.map((answer) => answer.hits).toSorted((a, b) => a - b)
      assert.deepEqual(
        hits,
        Array.from({ length: 100 }, (_, index) => index + 1),
      )
    })

    test('answers a ping', () => cache.ping())
  })
}

/** What must be so early can be asked only of a machine that was not too slow: a server's own clock does not wait. */
function isWithin(seconds: number, begin: number): boolean {
  return performance.now() - begin < seconds * 1000
}
