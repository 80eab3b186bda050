import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { QueryBody } from '@footfall/contract/query.ts'
import fc from 'fast-check'
import { AppError } from '../src/errors.ts'
import { connect, errorCode, select } from '../src/storage/clickhouse/client.ts'
import { createClickHouseEngine } from '../src/storage/clickhouse/engine.ts'
import { runQuestion } from '../src/storage/clickhouse/query.ts'
import { openEngine } from '../src/storage/open.ts'
import { parseQuery } from '../src/query/parse.ts'
import { answerQuery } from '../src/query/answer.ts'
import { NOON, event, realEngine } from '../src/write/test-support.ts'
import { visitor } from './journey.ts'
import { fill, play } from './parity/play.ts'
import { startClickHouse } from './servers/clickhouse.ts'
import type { PrivateServer } from './servers/process.ts'
import { type TestSite, world } from './world.ts'

/**
 * EVENTS_URL=http://…: the client's way over HTTP, to a server that has ClickHouse's interface and engine, but is none
 * (servers/clickhouse-program.ts). docs/operations.md says what that proves.
 */
describe('ClickHouse over HTTP', () => {
  let server: PrivateServer
  before(async () => void (server = await startClickHouse()))
  after(() => server.stop())

  describe('the whole server', () => {
    const w = world({ name: 'clickhouse over http', settings: async () => ({ eventsUrl: server.url }) })

    async function whileAway(site: TestSite) {
      const replies = await site.play(visitor('cleo').views('/').after('10s').does('Signup'))
      const asked = await w.api('POST', '/api/v2/query', { site_id: site.domain, metrics: ['events'], date_range: 'all' })
      const { down } = (await w.running().app.inject({ url: '/health/ready' })).json<{ down: { name: string }[] }>()
      return { collected: replies.map(({ status }) => status), asked: asked.status, down: down.map(({ name }) => name) }
    }

    test('counts, and goes on where the store was killed and came back', async () => {
      const site = await w.site()
      await site.play(visitor('anna').views('/').after('1m').views('/pricing'), visitor('ben').views('/', { query: '?utm_source=x' }))
      const totals: Partial<QueryBody> = { metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate'] }
      assert.deepEqual(await site.ask(totals), [[2, 2, 3, 50]])
      await server.kill('SIGKILL')
      const away = await whileAway(site).finally(() => server.restart())
      assert.deepEqual(away, { collected: [202, 202], asked: 503, down: ['events'] })
      assert.deepEqual(await site.ask(totals), [[3, 3, 4, 33]])
      assert.deepEqual(await site.ask({ metrics: ['visitors'], dimensions: ['event:name'] }), [
        ['pageview', 3],
        ['Signup', 1],
      ])
    })

    test('an export that is imported elsewhere gives the same answers; Parquet streams', async () => {
      const [one, other] = [await w.site(), await w.site()]
      await one.play(
        visitor('anna')
          .views('/ä b')
          .after('3s')
          .does('Buy', { revenue: { amount: '9.99', currency: 'EUR' } }),
      )
      await w.running().flush()
      const lines = await w.api('GET', `/api/v1/sites/${one.domain}/export`)
      await other.import(String(lines.body).trim().split('\n'))
      const pages: Partial<QueryBody> = { metrics: ['visitors', 'events'], dimensions: ['event:page', 'event:name'] }
      assert.deepEqual(await other.ask(pages), await one.ask(pages))
      const parquet = await w.api('GET', `/api/v1/sites/${one.domain}/export?format=parquet`)
      assert.match(String(parquet.body), /^PAR1.*PAR1$/s)
    })
  })

  describe('the engine', () => {
    const site = { id: 900, domain: 's.example', timezone: 'Etc/UTC' }
    const context = { site, goals: [], segments: [], now: NOON + 60, firstAt: NOON, internal: true }
    const asked = (filters: unknown[]) =>
      parseQuery({ site_id: 's.example', metrics: ['visitors', 'events'], date_range: 'all', filters }, context)
    const stored = { ...event({ site: 900, id: '77' }), visit: '5' }

    test('the same questions have the answers of the embedded one', async (t) => {
      const embedded = await realEngine()
      t.after(() => embedded.close())
      const engine = await openEngine({ eventsUrl: server.url, databaseUrl: null, dataDir: '/nowhere' })
      t.after(() => engine.close())
      await engine.migrate()
      await fill([embedded.engine, engine])
      const { details, answered } = await play([embedded.engine, engine], { questions: 12 })
      if (details.failed) assert.fail(fc.defaultReportMessage(details))
      assert.ok(answered >= 6, `only ${answered} questions were answered`)
    })

    test('a batch that is sent again is stored once; values of any length arrive', async (t) => {
      const engine = createClickHouseEngine({ client: await connect({ url: server.url }) })
      t.after(() => engine.close())
      await engine.migrate()
      for (const again of [false, true]) await engine.write({ token: 'http/1', events: [stored], visits: [], again })
      // Beyond what an address holds: these go as parts of a form.
      const many = Array.from({ length: 900 }, (_, index) => `/${'long'.repeat(10)}/${index}`)
      const { results } = await answerQuery(asked([['is_not', 'event:page', many]]), (question) => engine.run(question))
      assert.deepEqual(results[0]?.metrics, [1, 1])
    })

    test('errors arrive with their numbers: what is too expensive, what is no regular expression, who is not let in', async (t) => {
      const client = await connect({ url: server.url })
      t.after(() => client.close())
      const costly = answerQuery(asked([]), (question) => runQuestion(client, question, undefined, { seconds: 30, bytes: 1000 }))
      await assert.rejects(costly, (thrown) => thrown instanceof AppError && thrown.code === 'query_too_expensive')
      const bad = answerQuery(asked([['matches', 'event:page', ['(']]]), (question) => runQuestion(client, question))
      await assert.rejects(bad, (thrown) => thrown instanceof AppError && thrown.code === 'invalid_query')
      const stranger = await connect({ url: server.url.replace(/:[^:@/]+@/, ':wrong@') })
      t.after(() => stranger.close())
      await assert.rejects(select(stranger, 'SELECT 1'), (thrown) => errorCode(thrown) === 516)
      const elsewhere = await connect({ url: server.url.replace(/[^/]+$/, 'nowhere') })
      t.after(() => elsewhere.close())
      await assert.rejects(select(elsewhere, 'SELECT 1'), (thrown) => errorCode(thrown) === 81)
    })

    test('questions only read, so that a server stops those whose client left', async (t) => {
      const client = await connect({ url: server.url })
      t.after(() => client.close())
      await assert.rejects(client.query({ query: 'INSERT INTO events (site) VALUES (1)' }), (thrown) => errorCode(thrown) === 164)
      const left = new AbortController()
      const answer = select(client, 'SELECT sum(sipHash64(number)) FROM numbers(100000000)', {}, left.signal)
      left.abort()
      await assert.rejects(answer, { name: 'AbortError' })
      assert.deepEqual(await select(client, 'SELECT 1 AS one'), [{ one: 1 }])
    })
  })
})
