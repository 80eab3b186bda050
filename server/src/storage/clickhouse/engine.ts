import type { ClickHouseClient } from '@clickhouse/client'
import type { Engine } from '../engine.ts'
import { select } from './client.ts'
import { clearSpool, exportEvents, exportParquet } from './export.ts'
import { fits } from './fits.ts'
import { soleWriter } from '../sole-writer.ts'
import { migrate } from './migrate.ts'
import { countOlder, eraseOlder } from './older.ts'
import { runQuestion, runReport } from './query.ts'
import { createTurns } from './turns.ts'
import { knownIds, recentIds, visits } from './visits.ts'
import { write } from './write.ts'

/**
 * ClickHouse as a store of events, in this process (chdb) or on a server: what `client` speaks to makes no difference here.
 * The engine owns the client from now on: `close` closes it.
 *
 * @param parts.spool Directory for large results, where ClickHouse runs in this process: it cannot stream them, and works on one
 *   question at a time (turns.ts). Null on a server.
 */
export function createClickHouseEngine({ client, spool = null }: { client: ClickHouseClient; spool?: string | null }): Engine {
  const turns = createTurns()
  /** Asks, and stops waiting where the client has left. */
  const asked = <Answer>(signal: AbortSignal | undefined, ask: (signal?: AbortSignal) => Promise<Answer>): Promise<Answer> =>
    spool === null ? ask(signal) : turns(() => ask(), signal)

  const writing: Parameters<typeof soleWriter>[0] = {
    write: (batch) => write(client, batch),
    fits: (batch) => fits(client, batch),
    visits: (search) => visits(client, search),
    knownIds: (site, ids, since) => knownIds(client, site, ids, since),
    recentIds: (since, limit) => recentIds(client, since, limit),
  }

  return {
    name: 'clickhouse',
    ...writing,
    turn: soleWriter(writing),
    async migrate() {
      await migrate(client)
      if (spool !== null) await clearSpool(spool)
    },
    run(question, signal, note) {
      note?.('raw')
      return asked(signal, (still) => runQuestion(client, question, still))
    },
    report: (kind, question, signal) => asked(signal, (still) => runReport(client, kind, question, still)),
    export: (range, signal) => exportEvents(client, range, signal),
    parquet: (range, signal) => exportParquet(client, spool, range, signal),
    async firstEventAt(site) {
      const sql = 'SELECT toUnixTimestamp(min(time)) AS at, count() AS events FROM events WHERE site = {site: UInt32}'
      const [first] = await select<{ at: number; events: string }>(client, sql, { site })
      return first && first.events !== '0' ? first.at : null
    },
    async forget(site) {
      // Does not wait for the parts to be rewritten: that takes 150 ms each, a minute for a table of 450. See client.ts, SETTINGS.
      for (const table of ['events', 'visits']) {
        await client.command({
          query: `DELETE FROM ${table} WHERE site = {site: UInt32} SETTINGS lightweight_deletes_sync = 0`,
          query_params: { site },
        })
      }
    },
    async forgetVisitor(person) {
      for (const [table, moment] of [
        ['events', 'time'],
        ['visits', 'opened'],
      ]) {
        await client.command({
          query: `DELETE FROM ${table} WHERE site = {site: UInt32} AND visitor = {visitor: UInt64}
            AND ${moment} <= toDateTime({until: UInt32}, 'UTC') SETTINGS lightweight_deletes_sync = 0`,
          query_params: person,
        })
      }
    },
    countOlder: (older) => countOlder(client, older),
    eraseOlder: (older, signal) => eraseOlder(client, older, signal),
    async version() {
      const [first] = await select<{ version: string }>(client, 'SELECT version() AS version', {})
      return first!.version
    },
    async ping() {
      const answer = await client.ping({ select: true })
      if (!answer.success) throw answer.error
    },
    close: () => client.close(),
  }
}
