import { after, before, describe } from 'node:test'
import type { Engine } from '../src/storage/engine.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import { realEngine } from '../src/write/test-support.ts'

/** An engine over an empty store, without the rest of the server. */
export interface TestStore {
  engine: Engine
  close(): Promise<void>
}

const STORES: Record<string, () => Promise<TestStore>> = { clickhouse: realEngine, mysql: realMySqlEngine }

/** One empty store of every engine. */
export const openStores = (): Promise<TestStore[]> => Promise.all(Object.values(STORES).map((open) => open()))

/**
 * Describes a suite once per engine: for tests of questions, which need no server around the store. One store for all tests of the
 * suite, since starting one takes longer than a test.
 *
 * @param fill puts into the store what the tests ask for
 */
export function onEveryStore(name: string, fill: (engine: Engine) => Promise<void>, suite: (engine: () => Engine) => void): void {
  for (const [engine, open] of Object.entries(STORES)) {
    describe(`${name} (${engine})`, () => {
      let store: TestStore
      before(async () => {
        store = await open()
        await fill(store.engine)
      })
      after(() => store.close())
      suite(() => store.engine)
    })
  }
}
