import { after, before, describe } from 'node:test'
import type { Engine } from '../src/storage/engine.ts'
import type { RolledSite } from '../src/storage/rollups.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import { realEngine } from '../src/write/test-support.ts'

/** An engine over an empty store, without the rest of the server. */
export interface TestStore {
  engine: Engine
  close(): Promise<void>
}

export const STORES: Record<string, () => Promise<TestStore>> = { clickhouse: realEngine, mysql: realMySqlEngine }

/** A site, and the Unix second before whose day all days are summed up. */
export type SummedSite = RolledSite & { now: number }

/** One empty store of every engine, or of those that are named. */
export const openStores = (names: string[] = Object.keys(STORES)): Promise<TestStore[]> => Promise.all(names.map((name) => STORES[name]!()))

/**
 * Describes a suite once per engine: for tests of questions, which need no server around the store. One store for all tests of the
 * suite, since starting one takes longer than a test.
 *
 * @param fill puts into the store what the tests ask for
 * @param summed sites whose days are summed up then: the suite runs once more on a store that answers from sums
 */
export function onEveryStore(
  name: string,
  fill: (engine: Engine) => Promise<void>,
  suite: (engine: () => Engine) => void,
  summed: SummedSite[] = [],
): void {
  const withSums = async () => {
    const store = await realMySqlEngine()
    return { ...store, summed }
  }
  const stores: Record<string, () => Promise<TestStore & { summed?: SummedSite[] }>> = {
    ...STORES,
    ...(summed.length > 0 && { 'mysql with sums': withSums }),
  }
  for (const [engine, open] of Object.entries(stores)) {
    describe(`${name} (${engine})`, () => {
      let store: TestStore
      before(async () => {
        const opened = await open()
        store = opened
        await fill(store.engine)
        for (const { now, ...site } of opened.summed ?? []) await store.engine.rollups!.roll([site], { now })
      })
      after(() => store.close())
      suite(() => store.engine)
    })
  }
}
