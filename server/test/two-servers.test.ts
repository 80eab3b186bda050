import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import type { Dropped } from '@footfall/contract/dropped.ts'
import type { Config } from '../src/config.ts'
import { spawnServer } from './faults/process.ts'
import { visitor, type Story } from './journey.ts'
import { freshMysqlDatabase, startMariaDb } from './servers/mysql.ts'
import { freePort } from './servers/process.ts'
import { startPrivateRedis } from './servers/redis.ts'
import { world, type TestSite } from './world.ts'

const totals = { metrics: ['visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'visit_duration'] } as const

describe('two servers on one MySQL and one Redis', () => {
  let servers: Promise<{ settings: Partial<Config> & { databaseUrl: string; redisUrl: string }; stop(): Promise<void> }> | undefined
  const prepare = async () => {
    const [mysql, redis] = await Promise.all([startMariaDb(), startPrivateRedis()])
    const database = await freshMysqlDatabase(mysql.url)
    const stop = async () => {
      await redis.stop()
      await database.stop()
      await mysql.stop()
    }
    return { settings: { databaseUrl: database.url, redisUrl: redis.url }, stop }
  }
  const shared = () => (servers ??= prepare())
  const engine = { name: 'mysql', settings: async () => (await shared()).settings }
  // Nothing is stored but when a test says so: what one has accepted and not stored is what the other does not know.
  const worlds = [world(engine, { flushMilliseconds: 3_600_000 }), world(engine, { flushMilliseconds: 3_600_000 })] as const
  after(async () => (await servers)?.stop())

  let both: [TestSite, TestSite]
  let now = Date.parse('2026-06-17T12:00:00Z')
  const goTo = (moment: number) => {
    now = moment
    for (const world of worlds) world.now = moment
  }
  beforeEach(async () => {
    goTo(now + 86_400_000)
    const site = await worlds[0].site()
    both = [site, worlds[1].see(site.domain)]
  })
  const flush = async (...order: (0 | 1)[]) => {
    for (const which of order) await worlds[which].running().flush()
  }
  /** Plays a story, its acts by turns at one and the other; `between` runs after each. */
  const byTurns = async (story: Story, between: (act: number) => unknown = () => undefined) => {
    const begin = now
    for (const [index, act] of story.acts.entries()) {
      goTo(begin + act.seconds * 1000)
      const [reply] = await both[index % 2]!.play({ acts: [{ ...act, seconds: 0 }] } as unknown as Story)
      assert.deepEqual(reply, { status: 202, body: 'ok', dropped: undefined })
      await between(index)
    }
  }
  const answers = async (expected: unknown[][], question: Parameters<TestSite['ask']>[0] = { metrics: [...totals.metrics] }) => {
    await flush(0, 1)
    for (const site of both) assert.deepEqual(await site.ask(question), expected)
  }

  test('a visitor who comes through both by turns makes one visit', async () => {
    const story = visitor('anna').views('/').after('1m').views('/a').after('20m').does('Signup').after('25m').views('/b').reads(9000, 80)
    await byTurns(story, () => flush(0, 1))
    await answers([[1, 1, 3, 4, 0, 2760]])
    await answers([['/', '/b', 1]], { metrics: ['visits'], dimensions: ['visit:entry_page', 'visit:exit_page'] })
  })

  test('also where each stores what it accepted much later than the other', async () => {
    const story = visitor('anna').views('/').after('10m').views('/a').after('10m').views('/b').after('10m').views('/c')
    await byTurns(story)
    await flush(1, 0)
    await answers([[1, 1, 4, 4, 0, 1800]])
  })

  test('a second visit after half an hour of silence, wherever it begins', async () => {
    await byTurns(visitor('anna').views('/').after('31m').views('/').after('5m').views('/a'), () => flush(0, 1))
    await answers([[1, 2, 3, 3, 50, 150]])
  })

  test('an event sent again to the other one counts once, whichever of the two is stored first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      const once = visitor('anna').views(`/${order.join('')}`, { id: `event-${order.join('')}` })
      await both[0].play(once)
      await both[1].play(once)
      await flush(...order)
      await both[0].play(once)
      await both[1].play(once)
    }
    await answers([[1, 1, 2, 2, 0, 0]])
    const { body } = await worlds[0].api('GET', `/api/v1/sites/${both[0].domain}/dropped?date_range=all`)
    assert.match(JSON.stringify(body), /duplicate/)
  })

  test('late events of a visit that the other one knows join it', async () => {
    const begin = now
    await byTurns(visitor('anna').views('/').after('5m').views('/a'), () => flush(0, 1))
    goTo(begin + 6 * 3_600_000)
    const late = (minutes: number) => ({ t: begin + minutes * 60_000, s: now })
    await both[1].play(visitor('anna').views('/b', late(12)), visitor('anna').views('/c', late(35)))
    await both[0].play(visitor('anna').views('/d', late(20)))
    await flush(1, 0)
    await answers([[1, 1, 5, 5, 0, 2100]])
  })

  test('what one has stored the other counts at once: answers that were kept, and who is here now', async () => {
    const current = async (which: 0 | 1) =>
      (await worlds[which].api('GET', `/api/v1/stats/realtime/visitors?site_id=${both[which].domain}`)).body
    for (const which of [0, 1, 0, 1] as const) {
      const name = `visitor-${which}-${now}`
      const before = (await both[which].ask({}))[0]![0] as number
      const other = which === 0 ? 1 : 0
      assert.deepEqual(await both[other].ask({}), [[before]])
      await both[which].play(visitor(name, { ip: `198.51.100.${before + 1}` }).views('/'))
      await flush(which)
      assert.deepEqual([await both[other].ask({}), await both[which].ask({})], [[[before + 1]], [[before + 1]]])
      assert.deepEqual([await current(other), await current(which)], [before + 1, before + 1])
    }
  })

  test('a ping that is stored before its page view is dropped, its owner sees why, and the page view counts', async () => {
    const anna = () => visitor('anna')
    await both[1].play(anna().views('/'))
    goTo(now + 4000)
    await both[0].play(anna().reads(4000, 80))
    await flush(0)
    const { body } = await worlds[0].api('GET', `/api/v1/sites/${both[0].domain}/dropped?date_range=all`)
    const { reasons } = body as Dropped
    assert.deepEqual(
      reasons.map(({ reason, events }) => [reason, events]),
      [['no_session_for_engagement', 1]],
    )
    await answers([[1, 1, 1, 1, 100, 0]])
    // One that comes after it is counted, at whichever of them.
    goTo(now + 4000)
    await both[0].play(anna().reads(4000, 80))
    await answers([[1, 80]], { metrics: ['visitors', 'scroll_depth'], filters: [['is', 'event:page', ['/']]] })
  })

  test('two imports of one site at once write by turns: each line counts once, and each visitor makes one visit', async () => {
    const line = (person: number, minute: number) => ({
      timestamp: new Date(now - 86_400_000 + minute * 60_000).toISOString(),
      visitor: `visitor ${person}`,
      id: `${person} ${minute}`,
      pathname: `/${minute}`,
    })
    const people = Array.from({ length: 50 }, (_, person) => person)
    // A visit's even minutes through one, its odd ones through the other, and the tenth through both.
    const share = (rest: number) =>
      people.flatMap((person) =>
        [0, 1, 2, 3, 4, 5, 10].filter((minute) => minute % 2 === rest || minute === 10).map((minute) => line(person, minute)),
      )
    const results = await Promise.all([both[0].import(share(0)), both[1].import(share(1))])
    const sum = (key: string) => results.reduce((total, result) => total + Number(result[key]), 0)
    assert.deepEqual([sum('accepted'), sum('duplicates'), sum('rejected_total')], [350, 50, 0])
    await answers([[50, 50, 350, 350, 0, 600]])
  })

  test('a third one is killed with events that only it has, and stores them when it starts again', { timeout: 120_000 }, async (t) => {
    goTo(Date.now())
    const directory = await mkdtemp(join(tmpdir(), 'footfall-third-'))
    t.after(() => rm(directory, { recursive: true, force: true }))
    const { databaseUrl, redisUrl } = (await shared()).settings
    const port = String(await freePort())
    const url = `http://127.0.0.1:${port}`
    const place = { DATA_DIR: directory, PORT: port, HOST: '127.0.0.1', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl }
    const spawn = (FLUSH_MS: string) =>
      spawnServer(url, { ...process.env, ...place, FLUSH_MS, LOG_LEVEL: 'error', TRUSTED_PROXIES: '127.0.0.1', ADDRESS_LIMIT: '0' })
    const third = spawn('3600000')
    t.after(() => third.end('SIGKILL'))
    await third.ready()
    const story = (page: string, id: string, minutesAgo: number) =>
      visitor('anna').views(page, { id, t: Date.now() - minutesAgo * 60_000, s: Date.now() })
    const send = async (one: Story) => {
      const { body, from } = one.acts[0]!
      const response = await fetch(`${url}/api/event`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'user-agent': from.agent, 'x-forwarded-for': from.ip },
        body: JSON.stringify({ d: both[0].domain, ...body, host: undefined, u: `https://${both[0].domain}${String(body['u'])}` }),
      })
      assert.equal(response.status, 202)
    }
    await both[0].play(story('/', 'e0', 9))
    await send(story('/a', 'e1', 8))
    await flush(0)
    await third.end('SIGKILL')
    // The answer was lost with it: the tracker asks another one.
    await both[1].play(story('/a', 'e1', 8), story('/b', 'e2', 7))
    await answers([[1, 1, 3, 3, 0, 120]])
    const again = spawn('20')
    t.after(() => again.end('SIGKILL'))
    await again.ready()
    await send(story('/c', 'e3', 6))
    await both[0].play(story('/d', 'e4', 5))
    assert.equal(await again.end('SIGTERM'), 0)
    await answers([[1, 1, 5, 5, 0, 240]])
  })
})
