import assert from 'node:assert/strict'
import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import type { Event } from '../lib/event.ts'
import type { Batch, Engine } from '../storage/engine.ts'
import { soleWriter } from '../storage/sole-writer.ts'
import { openFileJournal } from './file-journal.ts'
import type { Journal } from './journal.ts'
import { refusedItems } from './refused.ts'
import { NOON, countedDrops, event, keptLog, realEngine, temporaryDirectory, testMetrics } from './test-support.ts'
import { createWriter } from './writer.ts'

let store: Awaited<ReturnType<typeof realEngine>>
before(async () => (store = await realEngine()))
after(() => store.close())

/** Every test has its own site, since one process can open one store only. */
let site = 0
let clock: number
beforeEach(() => {
  site += 1
  clock = NOON * 1000
})
const opened: { directory: string; journal: Journal }[] = []
afterEach(async () => {
  for (const { journal } of opened) await journal.close()
  for (const { directory } of opened.splice(0)) await rm(directory, { recursive: true, force: true })
})

const at = (minutes: number, given: Partial<Event> = {}) => event({ site, at: NOON + minutes * 60, ...given })

const events = () => store.rows(`SELECT pathname, visitor, visit FROM events WHERE site = ${site} ORDER BY time, pathname`)
const paths = async () => (await events()).map((row) => row['pathname'])
const visits = () =>
  store.rows(
    `SELECT visitor, pageviews, events, bounce, duration, entry_page, exit_page FROM visits FINAL WHERE site = ${site} ORDER BY start`,
  )

/** A writer over the real engine and a real journal; `again` is the process after a crash: the same directory, nothing remembered. */
async function process(
  options: { engine?: Partial<Engine>; visitors?: number; directory?: string; isErased?: (site: number) => Promise<boolean> } = {},
) {
  const directory = options.directory ?? (await temporaryDirectory()).path
  const { lines, log } = keptLog()
  const journal = await openFileJournal({ directory, clock: () => clock, log })
  opened.push({ directory, journal })
  const { drops, counted } = countedDrops()
  const parts = { ...store.engine, ...options.engine }
  const engine: Engine = { ...parts, turn: soleWriter(parts) }
  const metrics = testMetrics()
  const refused = refusedItems(directory, () => clock, log)
  const writer = createWriter({
    engine,
    journal,
    refused,
    isErased: options.isErased ?? (async () => false),
    clock: () => clock,
    log,
    metrics,
    drops,
    visitors: options.visitors ?? 1000,
    flushMilliseconds: 20,
  })
  return { directory, journal, writer, lines, counted, metrics, again: (other: typeof options = {}) => process({ directory, ...other }) }
}

describe('storing', () => {
  it('puts events into visits, over several batches', async () => {
    const { journal, writer, counted } = await process()
    await journal.append([at(0, { pathname: '/a' }), at(0, { visitor: '2', pathname: '/b' })])
    await writer.flush()
    await journal.append([at(5, { pathname: '/c' }), at(6, { visitor: '3', name: 'engagement', engagement: 900 })])
    await writer.flush()
    const common = { events: 1, pageviews: 1, bounce: true, duration: 0 }
    assert.deepEqual(
      await visits(),
      [
        { ...common, visitor: '1', pageviews: 2, events: 2, bounce: false, duration: 300, entry_page: '/a', exit_page: '/c' },
        { ...common, visitor: '2', entry_page: '/b', exit_page: '/b' },
      ].toSorted((a, b) => Number(a.visitor) - Number(b.visitor)),
    )
    assert.deepEqual(await paths(), ['/a', '/b', '/c'])
    assert.deepEqual(counted, { no_session_for_engagement: 1 })
    assert.equal(journal.depth().bytes, 0)
  })

  it('goes on by itself, and stop drains what is left', async () => {
    const { journal, writer } = await process()
    writer.start()
    await journal.append([at(0, { pathname: '/a' })])
    for (let tries = 0; tries < 1500 && (await paths()).length === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20))
    assert.deepEqual(await paths(), ['/a'])
    await journal.append([at(1, { pathname: '/b' })])
    await writer.stop()
    assert.deepEqual(await paths(), ['/a', '/b'])
  })

  it('finds the past of a late event that it no longer remembers', async () => {
    const { journal, writer } = await process({ visitors: 1 })
    await journal.append([at(0, { pathname: '/a' })])
    await writer.flush()
    await journal.append(['7', '8', '9'].map((visitor) => at(1, { visitor, pathname: '/x' })))
    await writer.flush()
    clock += 40 * 60_000
    await journal.append([at(10, { pathname: '/late' })])
    await writer.flush()
    assert.deepEqual(
      (await visits()).map(({ visitor, pageviews }) => [visitor, pageviews]).filter(([visitor]) => visitor === '1'),
      [['1', 2]],
    )
  })

  it('lets a visit cross midnight under its old name, also after a restart', async () => {
    const { journal, writer, again } = await process()
    await journal.append([at(0, { visitor: '7' })])
    await writer.flush()
    const next = await again()
    await next.journal.append([at(10, { visitor: '8', visitorBefore: '7' })])
    await next.writer.flush()
    assert.deepEqual(
      (await visits()).map(({ visitor, pageviews }) => [visitor, pageviews]),
      [['7', 2]],
    )
  })
})

describe('an event sent twice', () => {
  it('counts once: in one batch, in two, after a restart, and when it is older than what is remembered', async () => {
    const { journal, writer, counted, again } = await process()
    await journal.append([at(0, { id: '11' }), at(0, { id: '11' }), at(0, { id: '12', pathname: '/b' })])
    await writer.flush()
    await journal.append([at(0, { id: '11' }), at(0, { id: '18446744073709551615' }), at(0), at(0)])
    await writer.flush()
    assert.deepEqual(counted, { duplicate: 2 })
    const next = await again()
    await next.journal.append([at(0, { id: '99', pathname: '/c' })])
    await next.writer.flush()
    clock += 50 * 3600_000
    const last = await next.again()
    await last.journal.append([at(0, { id: '12', pathname: '/b' }), at(0, { id: '18446744073709551615' })])
    await last.writer.flush()
    assert.deepEqual(await paths(), ['/', '/', '/', '/', '/b', '/c'])
    assert.deepEqual(
      (await visits()).map(({ pageviews }) => pageviews),
      [6],
    )
  })

  it('counts once though its times differ by what the network took, at the edge of what is remembered', async () => {
    const { journal, writer, again } = await process()
    const old = -48 * 60
    await journal.append([at(old, { id: '21' })])
    await writer.flush()
    const next = await again()
    await next.journal.append([at(old + 1, { id: '21' })])
    clock += 30_000
    await next.writer.flush()
    assert.equal((await events()).length, 1)
  })

  it('counts at every site that has it', async () => {
    const { journal, writer } = await process()
    await journal.append([at(0, { id: '11' }), at(0, { id: '11', site: site + 1000 })])
    await writer.flush()
    assert.equal((await events()).length, 1)
    assert.equal((await store.rows(`SELECT id FROM events WHERE site = ${site + 1000}`)).length, 1)
  })
})

const tables = async () => ({ events: await events(), visits: await visits() })
class Crash extends Error {}
const crash = () => {
  throw new Crash('the process ends here')
}

/** Where the process dies while it stores a batch. The engine is the real one; the last call is not answered. */
const CRASHES: Record<string, (engine: Engine) => Partial<Engine>> = {
  'before anything is stored': () => ({ write: async () => crash() }),
  'after the visits': (engine) => ({ write: (batch: Batch) => engine.write({ ...batch, events: [] }).then(crash) }),
  'after the visits of one month': (engine) => ({
    write: (batch: Batch) =>
      engine.write({ ...batch, events: [], visits: batch.visits.filter((visit) => visit.opened < NOON) }).then(crash),
  }),
  'after the visits and the events of one month': (engine) => ({
    write: (batch: Batch) => engine.write({ ...batch, events: batch.events.filter((one) => one.at < NOON) }).then(crash),
  }),
  'after both, before the segment is released': (engine) => ({ write: (batch: Batch) => engine.write(batch).then(crash) }),
}

describe('a crash', () => {
  for (const [where, broken] of Object.entries(CRASHES)) {
    it(`${where}, counts everything exactly once`, async () => {
      const month = 31 * 24 * 60
      const earlier = [
        at(-month, { id: '1', pathname: '/old' }),
        at(-1, { id: '2', pathname: '/a' }),
        at(-1, { visitor: '2', pathname: '/a' }),
      ]
      const batch = [
        at(0, { id: '3', pathname: '/b' }),
        at(0, { pathname: '/b' }),
        at(2, { visitor: '2', id: '4', name: 'Signup', pathname: '/c' }),
        at(-month + 1, { id: '5', pathname: '/old' }),
        at(-month + 2, { visitor: '4', pathname: '/new-in-old-month' }),
        at(3, { visitor: '3', id: '6', pathname: '/d' }),
        at(3, { visitor: '3', id: '6', pathname: '/d' }),
      ]
      const whole = await process()
      const run = async (crashing: boolean) => {
        const first = crashing ? await process() : whole
        await first.journal.append(earlier.map((one) => ({ ...one, site })))
        await first.writer.flush()
        await first.journal.append(batch.map((one) => ({ ...one, site })))
        if (!crashing) return first.writer.flush()
        const dying = await first.again({ engine: broken(store.engine) })
        await dying.writer.stop()
        assert.equal(dying.journal.depth().segments, 1)
        const next = await first.again()
        await next.journal.append([at(4, { visitor: '3', id: '7', pathname: '/e' }), at(3, { visitor: '3', id: '6', pathname: '/d' })])
        await next.writer.flush()
        assert.equal(await next.journal.take(), null)
      }
      await run(true)
      const after = await tables()
      site += 1
      await run(false)
      await whole.journal.append([at(4, { visitor: '3', id: '7', pathname: '/e' }), at(3, { visitor: '3', id: '6', pathname: '/d' })])
      await whole.writer.flush()
      const expected = await tables()
      const shape = ({ events, visits }: typeof expected) => ({
        events: events.map(({ pathname, visitor }) => [pathname, visitor]),
        visits,
      })
      assert.deepEqual(shape(after), shape(expected))
      const known = new Set((await store.rows(`SELECT id FROM visits FINAL WHERE site = ${site - 1}`)).map((row) => row['id']))
      assert.deepEqual(
        after.events.filter((one) => !known.has(one['visit'])),
        [],
        'every event has its visit',
      )
    })
  }
})

describe('a store that is down', () => {
  it('keeps events in the journal, takes more, and gets all of them when it is back', async () => {
    let down = true
    const engine: Partial<Engine> = {
      write: (batch) => (down ? Promise.reject(new Error('connection refused')) : store.engine.write(batch)),
    }
    const { journal, writer, lines } = await process({ engine })
    writer.start()
    await journal.append([at(0, { id: '1', pathname: '/a' })])
    const tried = () => lines.some(({ level, text }) => level === 'warn' && text.includes('storing a batch'))
    while (!tried()) await new Promise((resolve) => setTimeout(resolve, 20))
    await journal.append([at(1, { id: '2', pathname: '/b' }), at(1, { id: '1', pathname: '/a' })])
    assert.ok(journal.depth().bytes > 0)
    assert.deepEqual(await paths(), [])
    down = false
    await writer.flush()
    assert.deepEqual(await paths(), ['/a', '/b'])
    assert.deepEqual(
      (await visits()).map(({ pageviews }) => pageviews),
      [2],
    )
    await writer.stop()
  })

  it('an answer that was lost counts once', async () => {
    let answers = 0
    const engine: Partial<Engine> = {
      write: async (batch) => {
        await store.engine.write(batch)
        if (answers++ === 0) throw new Error('socket hang up')
      },
    }
    const { journal, writer } = await process({ engine })
    await journal.append([at(0), at(1)])
    await writer.flush()
    assert.equal((await events()).length, 2)
    assert.deepEqual(
      (await visits()).map(({ pageviews }) => pageviews),
      [2],
    )
  })

  it('stop gives up at once and leaves everything for the next start', async () => {
    const { journal, writer, again } = await process({ engine: { write: () => Promise.reject(new Error('connection refused')) } })
    writer.start()
    await journal.append([at(0, { id: '1' }), at(0)])
    await writer.stop()
    await journal.close()
    const next = await again()
    await next.writer.flush()
    assert.equal((await events()).length, 2)
  })
})

describe('a site that was erased', () => {
  it('does not come back with events that were still in the journal, whole or in part stored', async () => {
    const erased = site
    const kept = (site += 1)
    const batch = [
      at(0, { site: erased }),
      at(0, { pathname: '/kept' }),
      at(1, { site: erased, visitor: '2' }),
      at(2, { pathname: '/too' }),
    ]
    const first = await process({
      engine: {
        async write(given) {
          await store.engine.write({ ...given, events: [] })
          crash()
        },
      },
    })
    await first.journal.append(batch)
    await first.writer.stop()
    await store.engine.forget(erased)

    const { writer, journal } = await first.again({ isErased: async (id) => id === erased })
    await writer.flush()
    assert.equal(journal.depth().bytes, 0)
    assert.deepEqual(await paths(), ['/kept', '/too'])
    assert.deepEqual(await visits(), [
      { visitor: '1', pageviews: 2, events: 2, bounce: false, duration: 120, entry_page: '/kept', exit_page: '/too' },
    ])
    site = erased
    assert.deepEqual([await paths(), await visits()], [[], []])
    site = kept
  })

  it('waits with the batch while nobody can say', async () => {
    let asked = 0
    const { writer, journal, lines } = await process({
      isErased: async () => (asked++ === 0 ? Promise.reject(new Error('the database is away')) : false),
    })
    await journal.append([at(0), at(1)])
    await writer.flush()
    assert.equal((await paths()).length, 2)
    assert.equal(asked, 2, 'once a batch and site')
    assert.ok(lines.some(({ level }) => level === 'warn'))
  })
})

describe('data that the store refuses', () => {
  const bad = (minutes: number, given: Partial<Event> = {}) =>
    at(minutes, { pathname: '/bad', revenue: { amount: '99999999999999999999', currency: 'EUR' }, ...given })

  it('is set aside alone, and the rest is stored', async () => {
    const { journal, writer, directory, lines, metrics } = await process()
    const good = Array.from({ length: 9 }, (_, index) => at(0, { visitor: String(index), pathname: `/${index}` }))
    await journal.append([...good, bad(0, { visitor: '77' })])
    await writer.flush()
    assert.deepEqual(
      await paths(),
      good.map((one) => one.pathname),
    )
    const [file] = await readdir(join(directory, 'refused'))
    const kept = JSON.parse(await readFile(join(directory, 'refused', file!), 'utf8')) as { item: Event; reason: string }
    assert.equal(kept.item.pathname, '/bad')
    assert.match(kept.reason, /BatchRefused/)
    assert.ok(lines.some(({ level }) => level === 'error'))
    assert.equal(journal.depth().bytes, 0)
    assert.deepEqual([(await metrics.eventsWritten.get()).values[0]!.value, (await metrics.itemsRefused.get()).values[0]!.value], [9, 1])
    assert.equal((await visits()).length, 9, 'a visitor of whom nothing is stored has no visit')
  })

  it('counts in no visit: not in one that it opens, goes on with or ends, nor in one from an earlier batch', async () => {
    const { journal, writer, counted } = await process()
    await journal.append([at(-10, { visitor: '5', pathname: '/before' })])
    await writer.flush()
    await journal.append([
      bad(0, { visitor: '1' }),
      at(1, { visitor: '1', pathname: '/a' }),
      at(0, { visitor: '2', pathname: '/a' }),
      bad(1, { visitor: '2' }),
      at(2, { visitor: '2', pathname: '/b' }),
      bad(3, { visitor: '2', pathname: '/lone\ud800surrogate', revenue: null }),
      bad(0, { visitor: '3' }),
      at(1, { visitor: '3', name: 'engagement', engagement: 900 }),
      // Two visits, which the refused one between them would join.
      at(0, { visitor: '4', pathname: '/a' }),
      bad(29, { visitor: '4' }),
      at(58, { visitor: '4', pathname: '/b' }),
      bad(0, { visitor: '5' }),
    ])
    await writer.flush()
    await journal.append([at(5, { visitor: '2', pathname: '/c' }), at(5, { visitor: '5', pathname: '/after' })])
    await writer.flush()
    const alone = { pageviews: 1, events: 1, bounce: true, duration: 0 }
    const found = (await visits()).toSorted((a, b) => Number(a['visitor']) - Number(b['visitor']))
    assert.deepEqual(found, [
      { visitor: '1', ...alone, entry_page: '/a', exit_page: '/a' },
      { visitor: '2', pageviews: 3, events: 3, bounce: false, duration: 300, entry_page: '/a', exit_page: '/c' },
      { visitor: '4', ...alone, entry_page: '/a', exit_page: '/a' },
      { visitor: '4', ...alone, entry_page: '/b', exit_page: '/b' },
      { visitor: '5', pageviews: 2, events: 2, bounce: false, duration: 900, entry_page: '/before', exit_page: '/after' },
    ])
    assert.deepEqual(counted, { no_session_for_engagement: 1 })
  })

  for (const [where, broken] of Object.entries(CRASHES)) {
    it(`counts the rest once when the process ends ${where}, events without ids too`, async () => {
      const list = Array.from({ length: 8 }, (_, index) => at(index, { id: index % 2 ? String(index) : '0', pathname: `/${index}` }))
      list.splice(6, 0, bad(5))
      const faulty = broken(store.engine)
      // The store says what it refuses before it fails.
      const dying = await process({ engine: { write: async (batch) => (await store.engine.fits(batch), faulty.write!(batch)) } })
      await dying.journal.append(list)
      await dying.writer.stop()
      assert.equal(dying.journal.depth().segments, 1)
      const next = await dying.again()
      await next.writer.flush()
      assert.deepEqual(await paths(), ['/0', '/1', '/2', '/3', '/4', '/5', '/6', '/7'])
      assert.deepEqual(await visits(), [
        { visitor: '1', pageviews: 8, events: 8, bounce: false, duration: 420, entry_page: '/0', exit_page: '/7' },
      ])
    })
  }

  it('is written down once where the store is away before the rest can be stored', async () => {
    let calls = 0
    const engine: Partial<Engine> = {
      async write(batch) {
        if (batch.events.length === 1 && calls++ < 2) throw new Error('connection refused')
        await store.engine.write(batch)
      },
    }
    const { journal, writer, directory } = await process({ engine })
    await journal.append([at(0), bad(1)])
    await writer.flush()
    const [file] = await readdir(join(directory, 'refused'))
    assert.equal((await readFile(join(directory, 'refused', file!), 'utf8')).trim().split('\n').length, 1)
    assert.deepEqual([await paths(), (await visits()).map(({ events }) => events)], [['/'], [1]])
  })
})
