import type { Engine } from '../engine.ts'
import { type MySqlClient, command, select } from './client.ts'
import { type NumberParts, createDictionaries } from './dictionaries.ts'
import { exportEvents } from './export.ts'
import { forgetVisitor } from './forget-visitor.ts'
import { endGenerations } from './generations.ts'
import { migrate } from './migrate.ts'
import { countOlder, eraseOlder } from './older.ts'
import { runQuestion } from './query.ts'
import { runReport } from './reports.ts'
import { PARQUET_PAGE, parquetBytes } from './parquet.ts'
import { ROLLUP_TABLE_NAMES, createRollups } from './rollup/keep.ts'
import { whole } from './literals.ts'
import { takeTurn } from './turn.ts'
import { retrying } from './retry.ts'
import { knownIds, recentIds, visits } from './visits.ts'
import { fits, write } from './write.ts'

/** What has a site's texts and their numbers; and what points to those, sums first, since they answer instead of events. */
const NUMBERED = ['prop_items', 'prop_sets', 'origins', 'places', 'agents', 'terms']
const POINTING = [...ROLLUP_TABLE_NAMES, 'events', 'visits']
/** Rows in one transaction: locks and undo log stay small. */
const ROWS = 20_000

/** MySQL or MariaDB as a store of events. The engine owns the client from now on: `close` closes it. */
export function createMySqlEngine({ client, shared = null, count = () => {} }: { client: MySqlClient } & Partial<NumberParts>): Engine {
  const { pool } = client
  const dictionaries = createDictionaries(client, { shared, count })
  const erase = async (tables: string[], site: number) => {
    for (const table of tables) {
      const sql = `DELETE FROM ${table} WHERE site = ${whole(site)} LIMIT ${ROWS}`
      while ((await command(pool, sql)).affectedRows === ROWS);
    }
  }
  return {
    name: 'mysql',
    async migrate() {
      await migrate(client)
    },
    write: (batch) => write(client, dictionaries, batch),
    fits: (batch) => fits(client, dictionaries, batch),
    turn: (_segment, work) => takeTurn(client, dictionaries, work),
    rollups: createRollups(client),
    run: (question, signal, note) => runQuestion(client, question, { signal, note }),
    report: (kind, question, signal) => runReport(client, kind, question, signal),
    export: (range, signal) => exportEvents(pool, range, signal),
    parquet: (range, signal) => parquetBytes(exportEvents(pool, range, signal, PARQUET_PAGE)),
    visits: (search) => visits(pool, search),
    knownIds: (site, ids, since) => knownIds(pool, site, ids, since),
    recentIds: (since, limit) => recentIds(pool, since, limit),
    async firstEventAt(site) {
      const [first] = await select<{ at: number | null }>(pool, `SELECT MIN(time) AS at FROM events WHERE site = ${whole(site)}`)
      return first?.at ?? null
    },
    async forget(site) {
      await erase(NUMBERED, site)
      // Nobody who remembers those numbers, in whatever process, can commit from here on; and who did just before is done when this returns.
      await retrying(() => endGenerations(pool))
      dictionaries.reset()
      await erase(POINTING, site)
    },
    forgetVisitor: (person) => forgetVisitor(client, person),
    countOlder: (older) => countOlder(client, older),
    eraseOlder: (older, signal) => eraseOlder(client, older, signal),
    async version() {
      const [first] = await select<{ version: string }>(pool, 'SELECT VERSION() AS version')
      return first!.version
    },
    async ping() {
      await select(pool, 'SELECT 1')
    },
    ...(client.replica && { pingReplica: () => client.replica!.ping(pool) }),
    close: () => client.close(),
  }
}
