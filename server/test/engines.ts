import { after, describe } from 'node:test'
import type { Config } from '../src/config.ts'
import { freshMysqlDatabase, startMariaDb } from './servers/mysql.ts'

/** One way to run Footfall. Tests that touch storage run on every one of them. */
export interface TestEngine {
  name: string
  /** What differs from the embedded default; servers it needs are running when this has resolved. The same at every call. */
  settings: () => Promise<Partial<Config>>
}

/** A store for one suite, and what takes it away again. */
interface Prepared {
  settings: Partial<Config>
  stop(): Promise<void>
}

/** Everything in one database of a MySQL or MariaDB server. */
async function mysql(): Promise<Prepared> {
  const server = await startMariaDb()
  const { url, stop } = await freshMysqlDatabase(server.url)
  return { settings: { databaseUrl: url }, stop: () => stop().then(server.stop) }
}

/** ClickHouse over HTTP has stories of its own: clickhouse-server.test.ts. */
const PREPARE: Record<string, () => Promise<Prepared>> = {
  embedded: () => Promise.resolve({ settings: {}, stop: () => Promise.resolve() }),
  mysql,
}

/** The default, for tests that touch no storage. */
export const EMBEDDED: TestEngine = { name: 'embedded', settings: () => Promise.resolve({}) }

/** Describes a suite once per engine, each with a store of its own. */
export function onEveryEngine(name: string, suite: (engine: TestEngine) => void): void {
  for (const [engine, prepare] of Object.entries(PREPARE)) {
    describe(`${name} (${engine})`, () => {
      let prepared: Promise<Prepared> | undefined
      suite({ name: engine, settings: async () => (await (prepared ??= prepare())).settings })
      // Hooks run in the order in which they are registered: the suite's own stops what uses the store.
      after(async () => (await prepared)?.stop())
    })
  }
}
