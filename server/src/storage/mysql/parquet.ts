import { zstdCompressSync } from 'node:zlib'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { StoredEvent } from '../../lib/event.ts'

/** Events in a row group: making one keeps everything else in the process waiting, for 8 µs an event. */
export const PARQUET_PAGE = 5_000

type SchemaElement = ParquetWriter['schema'][number]
type Element = Omit<SchemaElement, 'name'>
interface Column {
  name: string
  /** Its own element, and what is nested in it. */
  schema: SchemaElement[]
  value: (event: StoredEvent) => unknown
}

const column = (name: string, element: Element, value: Column['value']): Column => ({
  name,
  schema: [{ name, repetition_type: 'REQUIRED', ...element }],
  value,
})
const text = (name: string, value: (event: StoredEvent) => string) => column(name, { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, value)
const part: Element = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }

/** The file that ClickHouse writes (clickhouse/query/export.ts): names, types and order. Ids as text: many readers know no unsigned 64 bits. */
const COLUMNS: readonly Column[] = [
  column('timestamp', { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, ({ at }) => new Date(at * 1000)),
  text('visitor', ({ visitor }) => visitor),
  text('visit', ({ visit }) => visit),
  text('id', ({ id }) => (id === '0' ? '' : id)),
  text('name', ({ name }) => name),
  text('hostname', ({ hostname }) => hostname),
  text('pathname', ({ pathname }) => pathname),
  text('title', ({ title }) => title ?? ''),
  ...VISIT_ATTRIBUTES.map((name) => text(name, ({ attributes }) => attributes[name])),
  {
    name: 'props',
    schema: [
      { name: 'props', repetition_type: 'REQUIRED', num_children: 1, converted_type: 'MAP' },
      { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
      { name: 'key', ...part },
      { name: 'value', ...part },
    ],
    value: ({ props }) => Object.entries(props).map(([key, value]) => ({ key, value })),
  },
  column('revenue_amount', { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 3 }, ({ revenue }) =>
    thousandths(revenue?.amount),
  ),
  text('revenue_currency', ({ revenue }) => revenue?.currency ?? ''),
  column('engagement_ms', { type: 'INT32', converted_type: 'UINT_32' }, ({ engagement }) => engagement),
  column('scroll_depth', { type: 'INT32', converted_type: 'UINT_8' }, ({ scroll }) => scroll),
  column('interactive', { type: 'BOOLEAN' }, ({ interactive }) => interactive),
]

const SCHEMA: SchemaElement[] = [{ name: 'root', num_children: COLUMNS.length }, ...COLUMNS.flatMap(({ schema }) => schema)]

/** An amount of at most three decimals as a whole number; by way of no floating point. */
function thousandths(amount = '0'): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(`${whole}${fraction.padEnd(3, '0')}`)
}

/**
 * Pages of events as the bytes of one Parquet file, a row group for each page, handed on as soon as it is made. What stays until the end is
 * where everything stands: 3 kB a page, 6 MB for ten million events.
 */
export async function* parquetBytes(pages: AsyncIterable<StoredEvent[]>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter()
  const compressors = { ZSTD: (input: Uint8Array) => zstdCompressSync(input) }
  const file = new ParquetWriter({ writer, schema: SCHEMA, codec: 'ZSTD', compressors, createdBy: 'footfall' })
  /** What was written since the last time. The writer goes on counting: places in the file are counted from its beginning. */
  const taken = () => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }
  for await (const events of pages) {
    const columnData = COLUMNS.map(({ name, value }) => ({ name, data: events.map(value), offsetIndex: false }))
    await file.write({ columnData, rowGroupSize: Math.max(1, events.length) })
    yield taken()
  }
  await file.finish()
  yield taken()
}
