import { setTimeout as pause } from 'node:timers/promises'
import type { Batch, Engine, Turn } from '../../src/storage/engine.ts'
import { soleWriter } from '../../src/storage/sole-writer.ts'
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
type Work<Result> = (turn: Turn) => Promise<Result>

const lost = async (): Promise<never> => {
  throw new Error('read ECONNRESET')
}

/** What it can do to the turn of an engine with transactions, which holds all of a batch or nothing. */
const TURN_FAULTS: Record<StoreFault, <Result>(engine: Engine, segment: number, work: Work<Result>) => Promise<Result>> = {
  well: (engine, segment, work) => engine.turn(segment, work),
  down: () => lost(),
  'gone half way': (engine, segment, work) => engine.turn(segment, (turn) => work(turn).then(lost)),
  'answer lost': (engine, segment, work) => engine.turn(segment, work).then(lost),
  'late, after its answer was given up': async (engine, segment, work) => {
    const worked = Promise.withResolvers<void>()
    const slow = engine.turn(segment, async (turn) => {
      const result = await work(turn)
      worked.resolve()
      await pause(400)
      return result
    })
    await Promise.race([worked.promise, slow])
    slow.catch(() => undefined)
    return lost()
  },
  hangs: (engine, segment, work) => pause(700).then(() => engine.turn(segment, work)),
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
  const calls = {
    write: (batch: Batch) => STORE_FAULTS[now()](real, batch),
    fits: unlessDown(real.fits),
    visits: unlessDown(real.visits),
    knownIds: unlessDown(real.knownIds),
    recentIds: unlessDown(real.recentIds),
    ping: unlessDown(real.ping),
  }
  const inTransactions: Engine['turn'] = (segment, work) => TURN_FAULTS[now()](real, segment, work)
  return { ...real, ...calls, turn: real.name === 'clickhouse' ? soleWriter(calls) : inTransactions }
}
