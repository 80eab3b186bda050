import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { AppError } from '../../errors.ts'
import { NOON, realEngine } from '../../write/test-support.ts'
import type { Condition, Question } from '../question.ts'
import type { FunnelQuestion } from '../reports.ts'
import { runQuestion } from './query.ts'
import { createTurns } from './turns.ts'

const EVERYTHING: Condition = { kind: 'all', of: [] }
const SCOPE = { site: 1, from: NOON - 100_000, to: NOON }
const page = (value: string): Condition => ({ kind: 'match', field: 'event:page', operator: 'contains', values: [value], anyCase: true })
const FUNNEL: FunnelQuestion = { ...SCOPE, where: EVERYTHING, steps: [page('1'), page('2'), page('3')], window: 86_400, by: null, limit: 1 }
const VISITORS: Question = {
  ...SCOPE,
  offsets: { offset: 0, changes: [] },
  dimensions: 0,
  times: [],
  parts: [{ of: 'events', rows: true, where: EVERYTHING, keys: [], measures: ['visitors'] }],
  goals: [],
  currency: '',
  formulas: [{ metric: 'visitors', over: { part: 0, measure: 'visitors' }, factor: 1, divisor: 1, empty: 0 }],
  order: [],
  limit: 1,
  offset: 0,
  count: false,
}

describe('what a question may cost', () => {
  let store: Awaited<ReturnType<typeof realEngine>>
  before(async () => {
    store = await realEngine()
    await store.client.command({
      query: `INSERT INTO events (site, time, visitor, visit, name, pathname)
        SELECT 1, toDateTime(${NOON - 86_400} + number % 86400), number % 99991, number, 'pageview', toString(number % 997) FROM numbers(1000000)`,
    })
  })
  after(() => store.close())

  const refused = (limits: { seconds: number; bytes: number }, sentence: RegExp) =>
    assert.rejects(runQuestion(store.client, VISITORS, undefined, limits), (error) => {
      assert.ok(error instanceof AppError, String(error))
      assert.deepEqual([error.status, error.code, sentence.test(error.message)], [503, 'query_too_expensive', true], error.message)
      return true
    })

  it('time: then 503 and a sentence', () => refused({ seconds: 0.001, bytes: 1e9 }, /takes too long: choose a shorter date_range/))
  it('memory: then 503 and a sentence', () => refused({ seconds: 30, bytes: 1000 }, /too much memory: choose a shorter date_range/))

  it('who leaves is let go at once, and the store answers the next', async () => {
    const left = new AbortController()
    const answers = [store.engine.report('funnel', FUNNEL, left.signal), store.engine.run(VISITORS, left.signal)]
    const gone = Promise.all(answers.map((answer) => assert.rejects(answer, { name: 'AbortError' })))
    left.abort()
    await gone
    assert.deepEqual(
      (await store.engine.run(VISITORS)).map(({ values }) => values),
      [[99_991]],
    )
  })
})

describe('turns', () => {
  it('one at a time, in the order of asking, also after one that fails', async () => {
    const turns = createTurns()
    const log: string[] = []
    const task =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} begins`)
        await Promise.resolve()
        log.push(`${name} ends`)
        if (fails) throw new Error(name)
        return name
      }
    const answers = await Promise.allSettled([turns(task('a')), turns(task('b', true)), turns(task('c'))])
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })

  it('who left while waiting never runs; who left while running is let go, but keeps the turn until the end', async () => {
    const turns = createTurns()
    const [begun, running] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const [first, second] = [new AbortController(), new AbortController()]
    let ran = ''
    const a = turns(async () => {
      begun.resolve()
      await running.promise
      ran += 'a'
    }, first.signal)
    const b = turns(async () => void (ran += 'b'), second.signal)
    const c = turns(async () => void (ran += 'c'))
    await begun.promise
    first.abort()
    second.abort()
    await assert.rejects(a, { name: 'AbortError' })
    await assert.rejects(b, { name: 'AbortError' })
    assert.equal(ran, '')
    running.resolve()
    await c
    assert.equal(ran, 'ac')
  })
})
