import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cacheSuite } from '../../test/cache-suite.ts'
import { createMemoryCache } from './memory.ts'

cacheSuite('memory', async () => {
  let now = Date.UTC(2026, 0, 1)
  return {
    cache: createMemoryCache({ clock: () => now }),
    async pass(seconds) {
      now += seconds * 1000
    },
  }
})

test('at the limit, what was used longest ago gives way', async () => {
  const cache = createMemoryCache({ clock: () => 0, limit: 3 })
  for (const key of ['a', 'b', 'c']) await cache.set(key, key, 60)
  await cache.get('a')
  await cache.hit('d', 60)
  assert.deepEqual(await Promise.all(['a', 'b', 'c', 'd'].map((key) => cache.get(key))), ['a', undefined, 'c', 1])
})

test('large values push out as many small ones as they take the place of', async () => {
  const cache = createMemoryCache({ clock: () => 0, characters: 20 })
  for (const key of ['a', 'b', 'c']) await cache.set(key, 'xxxx', 60)
  await cache.set('a', 'y', 60)
  await cache.set('d', 'xxxxxxx', 60)
  assert.deepEqual(await Promise.all(['a', 'b', 'c', 'd'].map((key) => cache.get(key))), ['y', undefined, 'xxxx', 'xxxxxxx'])
  await cache.set('e', 'x'.repeat(100), 60)
  assert.deepEqual(await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => cache.get(key))), Array(5).fill(undefined))
})
