import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, describe, test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Event } from '../src/lib/event.ts'
import { hash64 } from '../src/lib/hash.ts'
import type { Engine, Turn } from '../src/storage/engine.ts'
import { connect } from '../src/storage/mysql/client.ts'
import { createMySqlEngine } from '../src/storage/mysql/engine.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import { openFileJournal } from '../src/write/file-journal.ts'
import { pendingBatches } from '../src/write/import/pending.ts'
import { rejections } from '../src/write/import/rejections.ts'
import type { Entry } from '../src/write/import/sort.ts'
import { batchStorer } from '../src/write/import/store.ts'
import { refusedItems } from '../src/write/refused.ts'
import { NOON, countedDrops, event, keptLog, temporaryDirectory, testMetrics } from '../src/write/test-support.ts'
import { createWriter } from '../src/write/writer.ts'
import { createLedger } from './faults/ledger.ts'
import { person, withoutPings, type Act } from './faults/people.ts'
import { createRandom, seedOf, type Random } from './faults/random.ts'
import { judge } from './faults/verdict.ts'

/** Two processes write into one MySQL: events, retries and failures fall to either of them in any order. */

let store: Awaited<ReturnType<typeof realMySqlEngine>>
before(async () => (store = await realMySqlEngine()))
after(() => store.close())

let now = NOON
const clock = () => now * 1000
/** What happens to the next turn: its transaction is lost, or only the answer that it was stored. */
type Fault = 'none' | 'lost' | 'answer lost'

/** Lets the next turn fail as it is told to. `watch` may look at what a turn asks. */
function failing(real: Engine, watch: (turn: Turn) => Turn = (turn) => turn) {
  let fault: Fault = 'none'
  const cut = (): never => {
    throw new Error('read ECONNRESET')
  }
  const turn = <Result>(segment: number, work: (turn: Turn) => Promise<Result>): Promise<Result> => {
    const next = fault
    fault = 'none'
    if (next === 'answer lost') return real.turn(segment, work).then(cut)
    return real.turn(segment, (turn) => (next === 'lost' ? work(turn).then(cut) : work(watch(turn))))
  }
  return { engine: { ...real, turn } satisfies Engine, fail: (next: Fault) => void (fault = next) }
}

/** A writing process with connections of its own. Its files survive it. Few visitors fit into its memory, so that it has to ask. */
async function startWriter(directory: string, visitors = 20) {
  const real = createMySqlEngine({ client: await connect(store.url) })
  const { log } = keptLog()
  const journal = await openFileJournal({ directory, clock, log })
  const { drops, counted } = countedDrops()
  let asked = 0
  const counting = (turn: Turn): Turn => ({
    ...turn,
    visits: (search) => (asked++, turn.visits(search)),
    knownIds: (...question) => (asked++, turn.knownIds(...question)),
  })
  const { engine, fail } = failing(real, counting)
  const refused = refusedItems(directory, clock, log)
  const writer = createWriter({
    engine,
    journal,
    refused,
    isErased: async () => false,
    clock,
    log,
    metrics: testMetrics(),
    drops,
    visitors,
  })
  return {
    directory,
    counted,
    append: (events: Event[]) => journal.append(events),
    flush: () => writer.flush(),
    /** Questions about visits and ids since the last call. */
    asked() {
      const count = asked
      asked = 0
      return count
    },
    fail,
    /** Ends as a crash does: in the middle of a turn, or between its end and the release of the segment. */
    async crash(last: Fault) {
      fail(last)
      await writer.stop()
      await journal.close()
      await real.close()
      return startWriter(directory)
    },
    async close() {
      await writer.stop()
      await journal.close()
      await real.close()
      await rm(directory, { recursive: true })
    },
  }
}

const eventOf = (site: number, visitor: number, { page, name, at, interactive, once }: Act): Event =>
  event({ site, at: Math.floor(at / 1000), id: once ? '0' : hash64(page), visitor: String(visitor), name, pathname: page, interactive })

/** Plays `people` in any order through two writers that fail now and then; answers what is wrong in the store. */
async function play(site: number, people: number, random: Random): Promise<{ problems: string[]; figures: object }> {
  const ledger = createLedger()
  const writers = [await startWriter((await temporaryDirectory()).path), await startWriter((await temporaryDirectory()).path)]
  const queues = Array.from({ length: people }, (_, number) =>
    withoutPings(person(number, clock(), random)).map((act) => ({ act, event: eventOf(site, number + 1, act) })),
  )
  const retries: Event[] = []
  let turns = 0
  while (queues.some((queue) => queue.length > 0)) {
    const [next] = random.shuffled(queues.filter((queue) => queue.length > 0))
    const { act, event } = next!.shift()!
    ledger.sent(act)
    await writers[random.between(0, 1)]!.append([event])
    ledger.acknowledged(act, new Headers())
    if (!act.once && random.chance(0.3)) retries.push(event)
    if (random.chance(0.3) && retries.length > 0) await writers[random.between(0, 1)]!.append([random.shuffled(retries)[0]!])
    if (!random.chance(0.25)) continue
    turns += 1
    const which = random.between(0, 1)
    if (random.chance(0.1)) writers[which]!.fail(random.pick(['lost', 'answer lost']))
    if (random.chance(0.1)) writers[which] = await writers[which]!.crash(random.pick(['none', 'lost', 'answer lost']))
    else if (random.chance(0.3)) await Promise.all(writers.map((writer) => writer.flush()))
    else await writers[which]!.flush()
  }
  for (const writer of writers) await writer.flush()
  const events = []
  for await (const page of store.engine.export({ site, from: 0, to: 2 ** 32 - 1 })) events.push(...page)
  const visits = (await store.engine.visits({ activeSince: 0 })).filter((visit) => visit.site === site)
  for (const writer of writers) await writer.close()
  const { problems, ...figures } = judge(
    ledger,
    events.map(({ pathname: page, at: time, name, visitor, visit, interactive }) => ({ page, time, name, visitor, visit, interactive })),
    visits.map(({ id, visitor, start, end, active, duration, bounce, pageviews, events, entryPage, exitPage }) => {
      return { id, visitor, start, end, active, duration, bounce, pageviews, events, entryPage, exitPage }
    }),
  )
  return { problems, figures: { turns, retries: retries.length, ...figures } }
}

/** An import of a process with connections of its own. */
async function startImport(t: TestContext, site: number) {
  const real = createMySqlEngine({ client: await connect(store.url) })
  t.after(() => real.close())
  const { engine, fail } = failing(real)
  const directory = await temporaryDirectory()
  t.after(directory.remove)
  const told = { rejected: rejections(), pending: pendingBatches(directory.path) }
  return { fail, ...batchStorer(site, { engine, clock, log: keptLog().log }, told) }
}

describe('two writers at one MySQL', () => {
  test('whatever falls to which of them, the visits are those of the events, and each event is there once', async (t) => {
    const seed = seedOf(t)
    for (let run = 0; run < 4; run += 1) {
      const { problems, figures } = await play(run + 1, 25, createRandom(seed + run))
      t.diagnostic(JSON.stringify({ run, ...figures }))
      assert.deepEqual(problems, [], `run ${run}`)
    }
  })

  test('what is remembered is what is stored, after an answer was lost and after a turn came to nothing', async (t) => {
    const site = 1001
    const [one, other] = [await startWriter((await temporaryDirectory()).path), await startWriter((await temporaryDirectory()).path)]
    t.after(() => Promise.all([one.close(), other.close()]))
    const view = (minute: number, pathname: string) => event({ site, at: NOON + minute * 60, pathname })
    const pages = async () =>
      (await store.engine.visits({ activeSince: 0 })).filter((visit) => visit.site === site).map((visit) => visit.pageviews)
    // Events without ids: only the token of their batch tells that they are stored.
    for (const [minute, fault] of (['none', 'answer lost', 'lost', 'none'] as const).entries()) {
      await one.append([view(minute * 2, '/a'), view(minute * 2 + 1, '/b')])
      one.fail(fault)
      await one.flush()
      assert.deepEqual(await pages(), [minute * 2 + 2])
    }
    // The other one comes between the turn that came to nothing and the next attempt.
    await one.append([view(9, '/c'), { ...view(9, '/with-an-id'), id: '77' }])
    one.fail('lost')
    const retried = one.flush()
    await other.append([view(10, '/d'), view(11, '/e'), view(12, '/f')])
    await other.flush()
    await retried
    assert.deepEqual(await pages(), [13])
  })

  test('two imports of one site: whose turn is lost, or the answer to it, and whoever comes between', async (t) => {
    const site = 1003
    const importers = [await startImport(t, site), await startImport(t, site)]
    // Every second line has no id; every third comes through both.
    const entry = (line: number): Entry => ({
      line,
      event: event({ site, at: NOON + line * 60, id: line % 2 ? String(line + 1) : '0', visitor: String(line % 5), pathname: `/${line}` }),
    })
    const share = (from: number, which: number) =>
      Array.from({ length: 20 }, (_, index) => entry(from + index)).filter(({ line }) => line % 2 === which || line % 6 === 1)
    for (const [round, fault] of (['none', 'lost', 'answer lost', 'lost'] as const).entries()) {
      importers[round % 2]!.fail(fault)
      await Promise.all(importers.map(({ store }, which) => store(share(round * 20, which))))
    }
    const counted = importers.map((one) => one.counted)
    const stored = []
    for await (const page of store.engine.export({ site, from: 0, to: 2 ** 32 - 1 })) stored.push(...page.map(({ pathname }) => pathname))
    const lines = Array.from({ length: 80 }, (_, line) => `/${line}`)
    assert.deepEqual(stored.toSorted(), lines.toSorted())
    const doubled = lines.filter((_, line) => line % 6 === 1).length
    assert.deepEqual([counted[0]!.accepted + counted[1]!.accepted, counted[0]!.duplicates + counted[1]!.duplicates], [80, doubled])
    const visits = await store.engine.visits({ site, visitors: ['0', '1', '2', '3', '4'], from: 0, to: 2 ** 32 - 1 })
    assert.deepEqual(
      visits.map(({ pageviews, duration }) => [pageviews, duration]),
      Array.from({ length: 5 }, () => [16, 75 * 60]),
    )
  })

  test('an import learns what another stored between its turn and the answer to it', async (t) => {
    const site = 1004
    const [one, other] = [await startImport(t, site), await startImport(t, site)]
    const view = (line: number): Entry => ({ line, event: event({ site, at: NOON + line * 60, pathname: `/${line}` }) })
    const pages = async () =>
      (await store.engine.visits({ site, visitors: ['1'], from: 0, to: 2 ** 32 - 1 })).map((visit) => visit.pageviews)
    one.fail('answer lost')
    const retried = one.store([view(1), view(2)])
    while ((await store.engine.firstEventAt(site)) === null) await pause(5)
    await other.store([view(3), view(4), view(5)])
    await retried
    await one.store([view(6)])
    assert.deepEqual(await pages(), [6])
  })

  test('a writer alone asks the store nothing, one that was overtaken asks once a batch, until it has been alone for a while', async (t) => {
    // All that the stories before left in the store fits into their memory.
    const writer = async () => startWriter((await temporaryDirectory()).path, 10_000)
    const [one, other] = [await writer(), await writer()]
    t.after(() => Promise.all([one.close(), other.close()]))
    let ids = 0
    const questions = async () => {
      await one.append(['1', '2', '3'].map((visitor) => event({ site: 1002, at: now, visitor, id: hash64(`alone ${ids++}`) })))
      await one.flush()
      return one.asked()
    }
    await questions()
    assert.deepEqual([await questions(), await questions()], [0, 0])
    await other.append([event({ site: 1002, at: now })])
    await other.flush()
    // Visits and ids.
    assert.deepEqual([await questions(), await questions()], [2, 2])
    now += 11 * 60
    assert.equal(await questions(), 1)
    now += 26 * 60
    assert.equal(await questions(), 0)
    now = NOON
  })
})
