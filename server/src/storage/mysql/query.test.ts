import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import type { Condition, Question } from '../question.ts'
import { select } from './client.ts'
import { runQuestion, snapshot, within } from './query.ts'
import { realMySqlEngine } from './test-support.ts'

let store: Awaited<ReturnType<typeof realMySqlEngine>>
before(async () => {
  store = await realMySqlEngine()
})
after(() => store.close())

/** Counts 9 billion rows: some minutes. */
const LONG = 'SELECT COUNT(*) AS n FROM spans AS a CROSS JOIN spans AS b CROSS JOIN spans AS c WHERE a.n + b.n + c.n > 1'

/** Connections that still carry out a statement of ours. */
async function busy(): Promise<number> {
  const rows = await select<{ Info: string | null }>(store.client.pool, 'SHOW PROCESSLIST')
  return rows.filter(({ Info }) => Info?.includes('CROSS JOIN spans') && !Info.includes('PROCESSLIST')).length
}

describe('a question', () => {
  it('that takes too long is ended by the server', async () => {
    const asked = snapshot(store.client, undefined, (connection) => select(connection, within(0.3, store.client.server, LONG)))
    await assert.rejects(asked, (error) => error instanceof AppError && error.code === 'query_too_expensive')
  })

  it('is ended where the client has left, and the next one is not', async () => {
    const leaving = new AbortController()
    const asked = snapshot(store.client, leaving.signal, (connection) => select(connection, LONG))
    const ended = assert.rejects(asked, { name: 'AbortError' })
    while ((await busy()) === 0) await setTimeout(20)
    leaving.abort()
    await ended
    await assert.rejects(
      snapshot(store.client, leaving.signal, (connection) => select(connection, LONG)),
      { name: 'AbortError' },
    )
    while ((await busy()) > 0) await setTimeout(20)
    const rows = await snapshot(store.client, new AbortController().signal, (connection) => select(connection, "SELECT 'here' AS still"))
    assert.deepEqual(rows, [{ still: 'here' }])
  })

  it('with a regular expression that RE2 does not know says so', async () => {
    const where: Condition = { kind: 'match', field: 'event:page', operator: 'matches', values: ['(?=a)'], anyCase: false }
    const question: Question = {
      site: 1,
      from: 0,
      to: 1,
      offsets: { offset: 0, changes: [] },
      dimensions: 0,
      times: [],
      parts: [{ of: 'events', rows: true, where, keys: [], measures: ['visitors'] }],
      goals: [],
      currency: '',
      formulas: [],
      order: [],
      limit: 1,
      offset: 0,
      count: false,
    }
    await assert.rejects(runQuestion(store.client, question), (error) => error instanceof AppError && error.code === 'invalid_query')
  })
})
