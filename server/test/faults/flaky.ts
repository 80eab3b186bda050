import { setTimeout as pause } from 'node:timers/promises'
import type { Batch, Engine } from '../../src/storage/engine.ts'
import type { Random } from './random.ts'

/** What a store can do to a writer. The writes themselves go to the real one. */
export const STORE_FAULTS = {
  well: (engine, batch) => engine.write(batch),
  down: () => Promise.reject(new Error('connect ECONNREFUSED')),
  /** A restart between the two inserts of ClickHouse. MySQL has one transaction, of which nothing is left. */
  'gone half way': (engine, batch) => (engine.name === 'clickhouse' ? engine.write({ ...batch, events: [] }).then(lost) : lost()),
  'answer lost': (engine, batch) => engine.write(batch).then(lost),
  /** The connection is gone, and what was sent is carried out while the writer tries again. */
  'late, after its answer was given up': async (engine, batch) => {
    void pause(400)
      .then(() => engine.write(batch))
      .catch(() => undefined)
    await pause(50)
    return lost()
  },
  hangs: (engine, batch) => pause(700).then(() => engine.write(batch)),
} satisfies Record<string, (engine: Engine, batch: Batch) => Promise<void>>

export type StoreFault = keyof typeof STORE_FAULTS

const lost = async (): Promise<never> => {
  throw new Error('read ECONNRESET')
}

/** An engine that does to every call what `fault` says at the moment, or anything of it. */
export function flaky(real: Engine, fault: () => StoreFault | 'any', random: Random): Engine {
  const names = Object.keys(STORE_FAULTS) as StoreFault[]
  const now = (): StoreFault => {
    const given = fault()
    return given === 'any' ? random.pick(names) : given
  }
  const unlessDown = <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) => {
    return async (...args: Args): Promise<Result> => (now() === 'down' ? lost() : call(...args))
  }
  return {
    ...real,
    write: (batch) => STORE_FAULTS[now()](real, batch),
    visits: unlessDown(real.visits),
    knownIds: unlessDown(real.knownIds),
    recentIds: unlessDown(real.recentIds),
    ping: unlessDown(real.ping),
  }
}
