import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Site } from '@footfall/contract/sites.ts'
import { pino } from 'pino'
import { createGate } from '../accounts/gate.ts'
import { nothingShared } from '../accounts/testing.ts'
import { createMemoryCache } from '../cache/memory.ts'
import { openMetadata } from '../database/open.ts'
import { createApp } from '../http.ts'
import type { Event } from '../lib/event.ts'
import { createMetrics } from '../metrics.ts'
import type { Journal } from '../write/journal.ts'
import { createCities } from './cities.ts'
import { createDrops } from './drops.ts'
import { openPlaces } from './place.ts'
import { collectRoutes, type CollectParts } from './routes.ts'
import { createSalts } from './salts.ts'
import { createTraits } from './traits.ts'

/** Equipment of the collector's tests: the real routes on a real database, with a journal that keeps everything in an array. */

export const CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

export const silent = pino({ level: 'silent' })

export function site(id: number, domain: string, more: Partial<Site> = {}): Site {
  return {
    id,
    domain,
    timezone: 'UTC',
    tracker: {},
    shields: {},
    ingest_rate_limit: null,
    respect_dnt: false,
    drop_data_centers: false,
    keep_months: null,
    allowed_props: null,
    public: false,
    created_at: '2026-01-01T00:00:00Z',
    ...more,
  }
}

/** Where to leave what has to be cleaned up; a test's context is one. */
export interface Cleanup {
  after(end: () => Promise<void>): void
}

export function arrayJournal(events: Event[]): Journal {
  return {
    id: 'test',
    append: async (more) => void events.push(...more),
    take: async () => null,
    release: async () => {},
    depth: () => ({ bytes: 0, limit: 1, segments: 0 }),
    close: async () => {},
  }
}

/** @param shared directory of a database that others have open too; without it, the test has one of its own */
export async function openTestDatabase(t: Cleanup, shared?: string) {
  const dataDir = shared ?? mkdtempSync(join(tmpdir(), 'footfall-collect-'))
  const { database } = await openMetadata({ databaseUrl: null, dataDir })
  t.after(async () => {
    await database.destroy()
    if (shared === undefined) rmSync(dataDir, { recursive: true, force: true })
  })
  return database
}

/** Body as an object, text or bytes; headers on top of those of a browser. */
export interface Sent {
  body: unknown
  headers?: Record<string, string>
  from?: string
}

export async function startCollector(t: Cleanup, options: { sites: Site[]; dataDir?: string } & Partial<Omit<CollectParts, 'sites'>>) {
  const database = await openTestDatabase(t, options.dataDir)
  const clock = options.clock ?? Date.now
  const metrics = createMetrics()
  const events: Event[] = []
  const drops = createDrops({ database, clock, metrics, log: silent, timezone: async () => 'UTC' })
  const { sites, ...more } = options
  const places = await openPlaces(null, silent)
  const traits = createTraits({ database, clock, log: silent })
  const cities = createCities({ database, log: silent })
  const parts: CollectParts = {
    sites: {
      find: async (domain) => sites.find((one) => one.domain === domain.toLowerCase()),
      goals: async () => [],
      segments: async () => [],
    },
    cache: createMemoryCache({ clock }),
    salts: createSalts({ database, clock, log: silent }),
    places: places.find,
    dataCenters: () => false,
    journal: arrayJournal(events),
    drops,
    clock,
    metrics,
    gate: createGate({ database, clock, baseUrl: 'http://localhost:3000', passes: nothingShared(clock) }),
    userKey: Buffer.alloc(32, 2),
    traits,
    cities,
    umamiKey: Buffer.alloc(32, 1),
    trustedProxies: ['127.0.0.1'],
    addressLimit: 0,
    ...more,
  }
  const app = await createApp({ log: silent, basePath: '' })
  collectRoutes(app, parts)
  await app.ready()
  t.after(async () => {
    await app.close()
    await drops.stop()
    await traits.stop()
    await cities.stop()
    places.stop()
  })

  /** Sends one event, answers the response and what the journal got by it. */
  async function send({ body, headers, from = '127.0.0.1' }: Sent) {
    const before = events.length
    const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    const response = await app.inject({
      method: 'POST',
      url: '/api/event',
      remoteAddress: from,
      headers: { 'user-agent': CHROME, 'content-type': 'text/plain', ...headers },
      payload,
    })
    return { response, stored: events.slice(before) }
  }
  return { app, send, events, database, drops, metrics, parts }
}

/** Waits for something that happens by itself; the test's own limit ends it if it never does. */
export async function eventually(happened: () => boolean): Promise<void> {
  const end = Date.now() + 10_000
  while (!happened()) {
    if (Date.now() > end) throw new Error('it did not happen within 10 s')
    await setTimeout(5)
  }
}
