import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Attributes, StoredEvent } from '../src/lib/event.ts'
import { parquetBytes } from '../src/storage/mysql/parquet.ts'
import { realMySqlEngine } from '../src/storage/mysql/test-support.ts'
import { NOON, event, realEngine, temporaryDirectory } from '../src/write/test-support.ts'

/** A file of MySQL read by ClickHouse, which did not write it, beside that of ClickHouse: the same columns, types and rows. */
describe('Parquet', () => {
  let clickhouse: Awaited<ReturnType<typeof realEngine>>
  let mysql: Awaited<ReturnType<typeof realMySqlEngine>>
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>
  before(async () => {
    ;[clickhouse, mysql, directory] = await Promise.all([realEngine(), realMySqlEngine(), temporaryDirectory()])
  })
  after(() => Promise.all([clickhouse.close(), mysql.close(), directory.remove()]))

  let files = 0
  /** Columns with their types, and rows, of a file. */
  async function read(bytes: AsyncIterable<Uint8Array>) {
    const path = join(directory.path, `${++files}.parquet`)
    await writeFile(path, Buffer.concat(await Array.fromAsync(bytes)))
    const columns = await clickhouse.rows(`DESCRIBE file('${path}', Parquet)`)
    const rows = await clickhouse.rows(`SELECT * FROM file('${path}', Parquet) ORDER BY id`)
    return { columns: columns.map(({ name, type }) => [name, type]), rows }
  }

  const TEXTS = ['', 'a', 'ä "quoted"\n', '😀', "'; --", 'x'.repeat(1000)]
  /** Blank, ordinary and extreme values of every field, in turns of different lengths, so that all meet. */
  const made = (site: number, n: number): StoredEvent => ({
    ...event({
      site,
      at: NOON + n,
      id: String(10_000 + n),
      visitor: n % 2 === 0 ? '18446744073709551615' : String(n + 1),
      name: n % 3 === 0 ? 'engagement' : 'Buy',
      pathname: `/${TEXTS[n % TEXTS.length]}`,
    }),
    visit: String(2n ** 63n + BigInt(n)),
    ...(n % 4 > 0 && { title: 'A title' }),
    attributes: Object.fromEntries(VISIT_ATTRIBUTES.map((name, at) => [name, TEXTS[(n + at) % TEXTS.length]])) as Attributes,
    props: n % 5 === 0 ? {} : { plan: TEXTS[1 + (n % 5)]!, ...(n % 2 === 0 && { 'k"1': 'v' }) },
    revenue: n % 3 === 1 ? { amount: ['-12.345', '0.001', '99999999999999.999', '7', '-0.5'][n % 5]!, currency: 'EUR' } : null,
    engagement: n % 3 === 0 ? 4_294_967_295 : 0,
    scroll: n % 3 === 0 ? 255 : 0,
    interactive: n % 2 === 1,
  })
  const range = (site: number) => ({ site, from: 0, to: NOON + 86_400 })

  test('of MySQL is that of ClickHouse', async () => {
    const events = Array.from({ length: 60 }, (_, n) => made(1, n))
    for (const { engine } of [clickhouse, mysql]) await engine.write({ token: 'parquet', events, visits: [] })
    const [theirs, ours] = [await read(clickhouse.engine.parquet(range(1))), await read(mysql.engine.parquet(range(1)))]
    assert.equal(ours.rows.length, 60)
    assert.deepEqual(ours, theirs)
  })

  test('a site without events is a file without rows', async () => {
    const [theirs, ours] = [await read(clickhouse.engine.parquet(range(2))), await read(mysql.engine.parquet(range(2)))]
    assert.deepEqual(ours, theirs)
    assert.deepEqual(ours.rows, [])
  })

  test('pages leave as they come, each with its rows', async () => {
    let asked = 0
    async function* pages() {
      for (; asked < 3; asked += 1) yield Array.from({ length: 20 }, (_, n) => made(3, asked * 20 + n))
    }
    const sizes: [pages: number, bytes: number][] = []
    async function* watched() {
      for await (const bytes of parquetBytes(pages())) {
        sizes.push([asked, bytes.length])
        yield bytes
      }
    }
    const { rows } = await read(watched())
    assert.deepEqual(
      rows.map(({ id }) => id),
      Array.from({ length: 60 }, (_, n) => String(10_000 + n)),
    )
    assert.deepEqual(
      sizes.map(([pages]) => pages),
      [0, 1, 2, 3],
      'one piece a page, before the next is asked for, and the end',
    )
    assert.ok(sizes.every(([, bytes]) => bytes > 1000))
  })
})
