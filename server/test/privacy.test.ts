import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import { loadConfig } from '../src/config.ts'
import { createLogger } from '../src/log.ts'
import { start } from '../src/main.ts'
import * as clickhouse from '../src/storage/clickhouse/client.ts'
import * as mysql from '../src/storage/mysql/client.ts'
import { onEveryEngine } from './engines.ts'

/** What a row says about a page, a browser or a place: true of thousands of people. All other columns have to differ. */
const DESCRIPTIVE = new Set<string>([
  ...VISIT_ATTRIBUTES,
  'site',
  'name',
  'hostname',
  'pathname',
  'title',
  'props',
  'revenue_amount',
  'revenue_currency',
  'engagement',
  'scroll',
  'interactive',
  'duration',
  'bounce',
  'pageviews',
  'events',
  'entry_page',
  'entry_page_hostname',
  'exit_page',
  'exit_page_hostname',
  // The numbers of such texts and of their combinations in MySQL, and the place of an event in its batch.
  'host',
  'page',
  'origin',
  'place',
  'agent',
  'amount',
  'currency',
  'entry_host',
  'exit_host',
  'batch',
  'position',
])

const ADDRESSES = ['203.0.113.77', '2001:db8:aa:bb:1:2:3:4']
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 Zebrafinch/7'
/** The visitor in every form that could be written somewhere. */
const TRACES = [...ADDRESSES, '2001:db8:aa:bb', '20010db800aa00bb', '203.0.113', 'cb00714d', '3405803853', AGENT, 'Zebrafinch']

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Text of files as bytes, so that what is found is really there. */
const bytesOf = (files: string[]) => files.map((file) => readFileSync(file, 'latin1')).join('\n')

/** Every row of every table, by the name of the table. */
type Tables = Record<string, Record<string, unknown>[]>

function sqliteTables(file: string): Tables {
  const database = new DatabaseSync(file, { readOnly: true })
  const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[]
  const rows = Object.fromEntries(tables.map(({ name }) => [name, database.prepare(`select * from "${name}"`).all()]))
  database.close()
  return rows
}

async function clickhouseTables(path: string): Promise<Tables> {
  const client = await clickhouse.connect({ path })
  const tables = await clickhouse.select<{ name: string }>(client, 'SHOW TABLES')
  const rows: Tables = {}
  for (const { name } of tables) rows[name] = await clickhouse.select(client, `SELECT * FROM \`${name}\``)
  await client.close()
  return rows
}

async function mysqlTables(url: string): Promise<Tables> {
  const client = await mysql.connect(url)
  const tables = await mysql.select<{ name: string }>(
    client.pool,
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  )
  const rows: Tables = {}
  for (const { name } of tables) {
    const found = await mysql.select<Record<string, unknown>>(client.pool, `SELECT * FROM \`${name}\``)
    // Texts are bytes there; as text, so that a trace in them is found.
    const readable = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : value)
    rows[name] = found.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, readable(value)])))
  }
  await client.close()
  return rows
}

/** Where an engine keeps what: what operators would look into. The events of the embedded one can be read once the server is down. */
interface Stored {
  metadata(): Promise<Tables>
  events(): Promise<Tables>
}

const storedIn = (dataDir: string, databaseUrl: string | null): Stored => ({
  metadata: async () => (databaseUrl ? mysqlTables(databaseUrl) : sqliteTables(join(dataDir, 'footfall.sqlite'))),
  events: () => (databaseUrl ? mysqlTables(databaseUrl) : clickhouseTables(join(dataDir, 'events'))),
})

/** Values of the columns that are not descriptive, of the events and visits of one day; times are texts in one store, Unix seconds in the other. */
function identifying({ events, visits }: Tables, day: string): Set<string> {
  const values = new Set<string>()
  for (const row of [...events!, ...visits!]) {
    const at = row['time'] ?? row['start'] ?? row['started']
    const text = typeof at === 'number' ? new Date(at * 1000).toISOString() : String(at)
    if (!text.startsWith(day)) continue
    for (const [column, value] of Object.entries(row)) if (!DESCRIPTIVE.has(column)) values.add(String(value))
  }
  return values
}

onEveryEngine('privacy', (engine) => {
  test('after rotation no stored value links a visitor', async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'footfall-privacy-'))
    t.after(() => rmSync(dataDir, { recursive: true, force: true }))
    let now = Date.parse('2026-06-17T10:00:00Z')
    const logged: string[] = []
    const config = {
      ...loadConfig({ DATA_DIR: dataDir }, dataDir),
      trustedProxies: ['127.0.0.1'],
      addressLimit: 8,
      flushMilliseconds: 3_600_000,
      ...(await engine.settings()),
    }
    const stored = storedIn(dataDir, config.databaseUrl)
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged.push(chunk.toString())
        done()
      },
    })
    const running = await start(config, { clock: () => now, log: createLogger('trace', output as NodeJS.WriteStream) })
    const key = await running.createKey('privacy')
    const authorization = { authorization: `Bearer ${key}` }
    await running.app.inject({ method: 'POST', url: '/api/v1/sites', headers: authorization, payload: { domain: 'a.example' } })

    /** The same person does the same on any day: reads, buys, is refused once, sends nonsense, asks too often. */
    async function visit(day: number) {
      const statuses: number[] = []
      for (const address of ADDRESSES) {
        const send = async (body: Record<string, unknown>) => {
          const payload = { d: 'a.example', u: 'https://a.example/pricing', r: 'https://www.google.com/', id: crypto.randomUUID(), ...body }
          const headers = { 'user-agent': AGENT, 'accept-language': 'de-AT', 'x-forwarded-for': address }
          statuses.push((await running.app.inject({ method: 'POST', url: '/api/event', headers, payload })).statusCode)
          now += 7_000 + day
        }
        await send({ n: 'pageview' })
        await send({ n: 'pageview', u: 'https://a.example/buy' })
        await send({ n: 'Purchase', $: { amount: '10', currency: 'EUR' }, p: { plan: 'pro' } })
        await send({ n: 'engagement', e: 5_000, sd: 40 })
        await send({ n: 'pageview', r: 'https://semalt.com/' })
        await send({ n: 'pageview', d: 'nobody.example' })
        await send({ u: '/' })
        await send({ n: 'pageview' })
        await send({ n: 'pageview' })
      }
      const once = [202, 202, 202, 202, 202, 202, 400, 202, 429]
      assert.deepEqual(statuses, [...once, ...once])
    }
    const journalBytes = () => bytesOf(filesUnder(join(dataDir, 'journal')))
    const saltsOf = async () => (await stored.metadata())['salts']!.map((row) => String(row['salt']))

    await visit(1)
    let journal = journalBytes()
    assert.ok(journal.includes('/pricing'), 'the journal was looked at while it held the visit')
    await running.flush()
    const firstSalts = await saltsOf()
    assert.equal(firstSalts.length, 4, 'two days of the site and of the installation')

    now = Date.parse('2026-06-19T10:00:00Z')
    await visit(3)
    journal += journalBytes()
    await running.flush()
    // The past is erased beside the events, not before them.
    while ((await saltsOf()).some((salt) => firstSalts.includes(salt))) await new Promise((resolve) => setTimeout(resolve, 5))
    await running.stop()

    const events = await stored.events()
    assert.deepEqual([events['events']!.length, events['visits']!.length > 0], [20, true])
    const [first, third] = ['2026-06-17', '2026-06-19'].map((day) => identifying(events, day)) as [Set<string>, Set<string>]
    assert.ok(first.size > 15 && third.size > 15, 'both days were looked at')
    assert.deepEqual([...first.intersection(third)], [], 'no id, hash or time of the first day stands on the third')

    const database = await stored.metadata()
    const files = bytesOf(filesUnder(dataDir))
    const everything = [JSON.stringify(events), JSON.stringify(database), journal, logged.join('\n'), files].join('\n')
    assert.ok(
      logged.some((line) => line.includes('"level":20')),
      'the log was as talkative as it can be',
    )
    for (const trace of TRACES) assert.ok(!everything.toLowerCase().includes(trace.toLowerCase()), `${trace} was written down`)
    for (const salt of firstSalts)
      assert.ok(!everything.includes(salt), 'a salt of the first day is left, if only in a page that the database freed')
  })
})
