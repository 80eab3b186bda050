import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import type { MetricValue, QueryBody, QueryResult } from '@footfall/contract/query.ts'
import { loadConfig, type Config } from '../src/config.ts'
import { createLogger } from '../src/log.ts'
import { start, type Running } from '../src/main.ts'
import type { TestEngine } from './engines.ts'
import type { Story } from './journey.ts'

/** A site of a running Footfall, as a test sees it. */
export interface TestSite {
  domain: string
  /** Plays stories through the collector, act by act in order of time; answers the responses. Stories begin now. */
  play(...stories: Story[]): Promise<Reply[]>
  /** Imports lines; answers the server's result. */
  import(lines: unknown[]): Promise<Record<string, unknown>>
  /** Rows of a question, each `[...dimensions, ...metrics]`; everything accepted before is counted. */
  ask(question: Partial<QueryBody>): Promise<(string | number | null | MetricValue)[][]>
}

export interface Reply {
  status: number
  body: string
  dropped: string | undefined
}

/** The whole server on one engine, with an administrator, a key and a clock that tests set. */
export interface World {
  running(): Running
  /** Milliseconds; every part of the server reads this clock. */
  now: number
  /** Makes a site; each test has its own, and a name for it unless it gives one. */
  site(settings?: { domain?: string; timezone?: string; [key: string]: unknown }): Promise<TestSite>
  /** Calls the API with the key. */
  api(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown): Promise<{ status: number; body: unknown }>
  /** Stops the server and starts it again on the same data. */
  restart(): Promise<void>
  /** Starts the server that was stopped before. */
  boot(): Promise<void>
  /** Its DATA_DIR. */
  directory(): string
  /** A site that was made elsewhere, on the same database. */
  see(domain: string): TestSite
}

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct horse battery' }

/** Starts a server before the tests of this suite and stops it after them. */
export function world(engine: TestEngine, settings: Partial<Config> = {}): World {
  let directory: string
  let running: Running
  let key: string
  let sites = 0

  const boot = async () => {
    const config = loadConfig({ DATA_DIR: directory, LOG_LEVEL: 'fatal' === process.env['TEST_LOG'] ? 'info' : 'silent' }, directory)
    const all = {
      ...config,
      ...ADMIN,
      trustedProxies: ['127.0.0.1'],
      addressLimit: 0,
      keyLimit: 0,
      flushMilliseconds: 50,
      ...(await engine.settings()),
      ...settings,
    }
    running = await start(all, { clock: () => self.now, log: createLogger(all.logLevel) })
  }

  const self: World = {
    // A Wednesday noon in summer time, so that days, weeks and zones have room on both sides.
    now: Date.parse('2026-06-17T12:00:00Z'),
    running: () => running,
    boot: () => boot(),
    directory: () => directory,
    see: (domain) => testSite(self, domain),
    async restart() {
      await running.stop()
      await boot()
    },
    async api(method, url, body) {
      const response = await running.app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${key}` },
        ...(body !== undefined && { payload: body as object }),
      })
      return { status: response.statusCode, body: parse(response.body) }
    },
    async site({ domain = `site${++sites}.example`, ...options } = {}) {
      const made = await self.api('POST', '/api/v1/sites', { domain, timezone: 'Etc/UTC', ...options })
      if (made.status >= 300) throw new Error(`the site was not made: ${made.status} ${JSON.stringify(made.body)}`)
      return testSite(self, domain)
    },
  }

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'footfall-test-'))
    await boot()
    key = await running.createKey('tests', ['stats', 'sites', 'import', 'events'])
  })
  after(async () => {
    await running.stop()
    await rm(directory, { recursive: true, force: true })
  })
  return self
}

function testSite(world: World, domain: string): TestSite {
  return {
    domain,
    async play(...stories) {
      const begin = world.now
      const acts = stories.flatMap((story) => story.acts).toSorted((a, b) => a.seconds - b.seconds)
      const replies: Reply[] = []
      for (const { seconds, body, from } of acts) {
        world.now = begin + seconds * 1000
        const { host = domain, u, ...rest } = body as { host?: string; u: string }
        const response = await world.running().app.inject({
          method: 'POST',
          url: '/api/event',
          headers: { 'content-type': 'text/plain', 'user-agent': from.agent, 'x-forwarded-for': from.ip, ...from.headers },
          payload: JSON.stringify({ d: domain, u: `https://${host}${u}`, ...rest }),
        })
        const dropped = response.headers['x-footfall-dropped']
        replies.push({ status: response.statusCode, body: response.body, dropped: dropped === undefined ? undefined : String(dropped) })
      }
      return replies
    },
    async import(lines) {
      const response = await world.running().app.inject({
        method: 'POST',
        url: `/api/v1/sites/${domain}/import`,
        headers: {
          authorization: `Bearer ${await world.running().createKey('import', ['import'])}`,
          'content-type': 'application/x-ndjson',
        },
        payload: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
      })
      return parse(response.body) as Record<string, unknown>
    },
    async ask(question) {
      await world.running().flush()
      const { status, body } = await world.api('POST', '/api/v2/query', {
        site_id: domain,
        metrics: ['visitors'],
        date_range: 'all',
        ...question,
      })
      if (status !== 200) throw new Error(`the question was refused: ${status} ${JSON.stringify(body)}`)
      return (body as QueryResult).results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
