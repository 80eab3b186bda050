import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { dayStart } from '../src/lib/zone.ts'
import { type MySqlClient, command, connect, select } from '../src/storage/mysql/client.ts'
import { runQuestion } from '../src/storage/mysql/query.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import type { Question, Source } from '../src/storage/question.ts'
import { type Journey, journey, questions, storeJourneys } from './rollup-journeys.ts'

const SITE = 1
const ZONE = 'Europe/Berlin'
const FIRST = Temporal.PlainDate.from('2026-06-01')
const DAYS = 30
const VISITS_A_DAY = 40

const { attributes } = fc.sample(journey(false), { numRuns: 1, seed: 1 })[0]!
const view = { name: 'pageview', pathname: '/', title: 'a', hostname: 'example.com', engagement: 0, scroll: 0, interactive: true } as const

/** Ten visitors a day, who come four times each. */
const journeys = Array.from({ length: DAYS * VISITS_A_DAY }, (_, index): Journey => {
  const [day, place] = [Math.floor(index / VISITS_A_DAY), index % VISITS_A_DAY]
  return { user: place % 10, lasting: false, day, second: 1000 + place * 1000, steps: [{ wait: 0, event: view }], attributes, late: false }
})

/** The visit of a day that goes on after midnight. */
const crossing = { ...journeys[5]!, day: DAYS - 5, second: 86_000, steps: [0, 1000].map((wait) => ({ wait, event: view })) }

describe('what an answer costs', () => {
  let store: Awaited<ReturnType<typeof realMySqlEngine>>
  let client: MySqlClient
  before(async () => {
    store = await realMySqlEngine()
    // One connection: its counters are those of the question alone, however busy the server is.
    client = await connect(store.url, { connections: 1 })
    await storeJourneys(store.engine, { site: SITE, zone: ZONE, first: FIRST }, [...journeys, crossing])
    const now = dayStart(FIRST.add({ days: DAYS }), ZONE) + 60
    await store.engine.rollups!.roll([{ id: SITE, timezone: ZONE }], { now, wait: 10 })
    const changed = dayStart(FIRST.add({ days: DAYS - 5 }), ZONE) + 3600
    await command(client.pool, 'INSERT INTO rollup_changes (site, slot, changes, since, never) VALUES (?, ?, 1, 0, 0)', [
      SITE,
      Math.floor(changed / 900),
    ])
  })
  after(async () => {
    await client.close()
    await store.close()
  })

  /** Rows that the server's storage handed out so far, on the one connection. */
  async function readsSoFar(): Promise<number> {
    const rows = await select<{ Value: string }>(client.pool, "SHOW SESSION STATUS LIKE 'Handler_read%'")
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
  }

  async function reads(question: Question, rows: boolean): Promise<{ read: number; source: Source | undefined }> {
    let source: Source | undefined
    const before = await readsSoFar()
    await runQuestion(client, question, { rows, note: (each) => void (source = each) })
    return { read: (await readsSoFar()) - before, source }
  }

  it('is not that of reading rows where a visit goes on after the range, whose last day changed', async () => {
    const [totals] = questions(SITE, ZONE, FIRST, 0, DAYS - 5)
    assert.equal((await reads(totals!, false)).source, 'mixed')
  })

  it('where one day of thirty changed is far less than that of reading rows', async () => {
    let [mixed, raw] = [0, 0]
    for (const question of questions(SITE, ZONE, FIRST, 0, DAYS - 1)) {
      const found = await reads(question, false)
      if (found.source !== 'mixed') continue
      mixed += found.read
      raw += (await reads(question, true)).read
    }
    assert.ok(raw > 0, 'nothing was answered from sums and rows')
    assert.ok(mixed < raw / 2, `sums and rows of a day read ${mixed} rows, all rows ${raw}`)
  })

  it('about today is not that of the week before, in which its visits could have been opened', async () => {
    const today = Math.floor(Date.UTC(FIRST.year, FIRST.month - 1, FIRST.day) / 86_400_000) + DAYS - 1
    await command(client.pool, 'DELETE FROM rollup_days WHERE site = ? AND day = ?', [SITE, today])
    let [bounded, weekly] = [0, 0]
    for (const question of questions(SITE, ZONE, FIRST, DAYS - 1, DAYS - 1)) {
      const found = await reads(question, false)
      assert.notEqual(found.source, 'rollups')
      if (question.parts.some(({ of }) => of !== 'visits')) continue
      bounded += found.read
      weekly += (await reads(question, true)).read
    }
    assert.ok(weekly > 0, 'no question was about visits alone')
    assert.ok(bounded < weekly / 2, `questions about today read ${bounded} rows, of the week ${weekly}`)
  })
})
