import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import type { StoredEvent } from '../../lib/event.ts'
import type { ExportRange } from '../engine.ts'
import { select } from './client.ts'
import { exportAll, exportPage, readExported } from './query/export.ts'

/** Rows of one page: 200 ms of the store and 20 MB of ours. */
const PAGE = 20_000

/** Every event of a site and period, page by page. In process a result comes whole or not at all, so a stream of it would not do. */
export async function* exportEvents(
  client: ClickHouseClient,
  range: ExportRange,
  signal?: AbortSignal,
  page: number = PAGE,
): AsyncGenerator<StoredEvent[]> {
  for (let after: StoredEvent | null = null, full = true; full;) {
    const { sql, params } = exportPage(range, after, page)
    const rows: Parameters<typeof readExported>[1][] = await select(client, sql, params, signal)
    const events = rows.map((row) => readExported(range.site, row))
    full = events.length >= page
    after = events.at(-1) ?? null
    if (events.length > 0) yield events
  }
}

/** Small row groups: ClickHouse holds one in memory while it writes, and 100,000 rows are some 30 MB. */
const PARQUET_SETTINGS = `output_format_parquet_row_group_size = 100000, output_format_parquet_compression_method = 'zstd'`
const SPOOLED = 'export-'

/**
 * The same as one Parquet file. A server streams it. In process it is written to a file of `spool` first; meanwhile other
 * questions and writes wait, one to five seconds for a million events.
 */
export async function* exportParquet(
  client: ClickHouseClient,
  spool: string | null,
  range: ExportRange,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { sql, params } = exportAll(range)
  const options = { query_params: params, ...(signal && { abort_signal: signal }) }
  if (spool === null) {
    const { stream } = await client.exec({ query: `${sql} SETTINGS ${PARQUET_SETTINGS} FORMAT Parquet`, ...options })
    for await (const chunk of stream) yield chunk as Uint8Array
    return
  }
  await mkdir(spool, { recursive: true })
  const path = join(spool, `${SPOOLED}${randomUUID()}.parquet`)
  try {
    await client.command({ query: `INSERT INTO FUNCTION file(${literal(path)}, Parquet) ${sql} SETTINGS ${PARQUET_SETTINGS}`, ...options })
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) yield chunk as Uint8Array
  } finally {
    await rm(path, { force: true })
  }
}

/** Removes what a crash left in the spool. */
export async function clearSpool(spool: string): Promise<void> {
  const names = await readdir(spool).catch(() => [])
  for (const name of names) if (name.startsWith(SPOOLED)) await rm(join(spool, name), { force: true })
}

/** A path of our own as text of a statement: the argument of a table function cannot be bound. */
const literal = (path: string) => `'${path.replaceAll(/[\\']/g, '\\$&')}'`
