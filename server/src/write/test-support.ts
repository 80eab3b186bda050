import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VISIT_ATTRIBUTES, type DropReason } from '@footfall/contract/names.ts'
import type { Log } from '../lib/app.ts'
import type { Attributes, Event } from '../lib/event.ts'
import { createMetrics } from '../metrics.ts'
import type { Drops } from '../seams.ts'
import { connect, select } from '../storage/clickhouse/client.ts'
import { createClickHouseEngine } from '../storage/clickhouse/engine.ts'

/** Shared by the tests of this folder. */

/** A log that keeps what it is told, for tests that look at it. */
export function keptLog() {
  const lines: { level: string; text: string }[] = []
  const at = (level: string) => (first: unknown, text?: string) => void lines.push({ level, text: text ?? String(first) })
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } as unknown as Log }
}

export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'footfall-write-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** The real engine over chdb in a directory of its own, with a way to look into the tables. */
export async function realEngine() {
  const directory = await temporaryDirectory()
  const client = await connect({ path: join(directory.path, 'events') })
  const engine = createClickHouseEngine({ client, spool: join(directory.path, 'spool') })
  await engine.migrate()
  return {
    engine,
    client,
    rows: (sql: string) => select<Record<string, unknown>>(client, sql),
    async close() {
      await engine.close()
      await directory.remove()
    },
  }
}

export function countedDrops() {
  const counted: Partial<Record<DropReason, number>> = {}
  const drops: Drops = { count: (_site, reason, events = 1) => void (counted[reason] = (counted[reason] ?? 0) + events) }
  return { drops, counted }
}

export const testMetrics = createMetrics

/** 2026-06-17T12:00:00Z, a Wednesday; Unix seconds. */
export const NOON = 1_781_697_600

export const NO_ATTRIBUTES = Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, ''])) as Attributes

/** A pageview at noon, but for what is given. */
export function event(given: Partial<Event> = {}): Event {
  return {
    site: 1,
    at: NOON,
    id: '0',
    visitor: '1',
    name: 'pageview',
    hostname: 'example.com',
    pathname: '/',
    attributes: NO_ATTRIBUTES,
    props: {},
    revenue: null,
    engagement: 0,
    scroll: 0,
    interactive: true,
    ...given,
  }
}
