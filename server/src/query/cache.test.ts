import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import type { Cache } from '../cache/cache.ts'
import { createWriteMarks } from '../cache/marks.ts'
import { createMemoryCache } from '../cache/memory.ts'
import { createAnswerCache } from './cache.ts'

const NOW = 1_781_697_600
const log = { warn: () => undefined }
const stay = new AbortController().signal

function setUp({ limit = 1000, wrap = (cache: Cache) => cache } = {}) {
  const clock = () => NOW * 1000
  const cache = wrap(createMemoryCache({ clock, limit }))
  const marks = createWriteMarks({ cache, clock })
  return { marks, answers: createAnswerCache({ cache, marks, log }) }
}

test('whatever is written and forgotten in between, an answer is never older than the last mark', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), site: fc.integer({ min: 1, max: 3 }), days: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ kind: fc.constant('ask' as const), site: fc.integer({ min: 1, max: 3 }), days: fc.integer({ min: 0, max: 9 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), async (steps, limit) => {
      const { marks, answers } = setUp({ limit })
      /** The store: by site and day, how often it was written to. */
      const written = new Map<string, number>()
      const seen = (site: number, days: number) =>
        Array.from({ length: 10 }, (_, day) => (day >= days ? (written.get(`${site} ${day}`) ?? 0) : 0))
      for (const { kind, site, days } of steps) {
        const at = NOW - days * 86_400
        if (kind === 'write') {
          written.set(`${site} ${days}`, (written.get(`${site} ${days}`) ?? 0) + 1)
          await marks.mark(site, at)
        } else {
          const { answer } = await answers.keep({ site, to: at, question: {} }, stay, async () => seen(site, days))
          assert.deepEqual(answer, seen(site, days))
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('an answer worked out while something is written is not kept for those who come after', async () => {
  const { marks, answers } = setUp()
  let store = 1
  const asked = { site: 1, to: NOW, question: {} }
  const slow = answers.keep(asked, stay, async () => {
    const read = store
    await setImmediate()
    await setImmediate()
    return read
  })
  await setImmediate()
  store = 2
  await marks.mark(1, NOW)
  assert.deepEqual(await answers.keep(asked, stay, async () => store), { answer: 2, cache: 'miss' })
  await slow
  assert.deepEqual(await answers.keep(asked, stay, async () => store), { answer: 2, cache: 'hit' })
})

test('while the cache cannot take a mark, nothing is answered from before', async () => {
  let broken = false
  const wrap = (cache: Cache): Cache => ({
    ...cache,
    set: (...given) => (broken ? Promise.reject(new Error('down')) : cache.set(...given)),
  })
  const { marks, answers } = setUp({ wrap })
  const asked = { site: 1, to: NOW, question: {} }
  await answers.keep(asked, stay, async () => 'before')
  broken = true
  await marks.mark(1, NOW)
  assert.deepEqual(await answers.keep(asked, stay, async () => 'after'), { answer: 'after', cache: 'miss' })
  broken = false
  assert.deepEqual(await answers.keep(asked, stay, async () => 'after'), { answer: 'after', cache: 'miss' })
  assert.deepEqual(await answers.keep(asked, stay, async () => 'other'), { answer: 'after', cache: 'hit' })
})

test('those who ask the same at once share one answer; where the first one leaves, the next works for itself', async () => {
  const { answers } = setUp()
  let worked = 0
  const asked = { site: 1, to: NOW, question: {} }
  const work = async () => {
    worked += 1
    await setImmediate()
    return 'answer'
  }
  const all = await Promise.all(Array.from({ length: 50 }, () => answers.keep(asked, stay, work)))
  assert.deepEqual([worked, new Set(all.map(({ answer }) => answer))], [1, new Set(['answer'])])

  const leaving = new AbortController()
  const other = { ...asked, question: { other: true } }
  const first = answers.keep(other, leaving.signal, async () => {
    await setImmediate()
    leaving.abort()
    throw new Error('the client left')
  })
  const second = answers.keep(other, stay, work)
  await assert.rejects(first, /left/)
  assert.deepEqual(await second, { answer: 'answer', cache: 'miss' })
})

test('what is too large is answered and not kept', async () => {
  const { answers } = setUp()
  const large = 'x'.repeat(300_000)
  const asked = { site: 1, to: NOW, question: {} }
  for (let round = 0; round < 2; round++)
    assert.deepEqual(await answers.keep(asked, stay, async () => large), { answer: large, cache: 'miss' })
})
