import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { IMPORT_LIMITS, type ImportResult } from '@footfall/contract/import.ts'
import { splitLines } from './lines.ts'
import { lineReader, type SiteKeeps } from './parse.ts'
import { pendingBatches } from './pending.ts'
import type { Watch } from './progress.ts'
import { rejections } from './rejections.ts'
import { entrySorter, type Entry } from './sort.ts'
import { batchStorer, finishPending, type BatchStorerParts } from './store.ts'

export interface ImportParts extends BatchStorerParts {
  /** Secret that turns imported visitors into hashes; the same for ever, or a second import does not know them. */
  visitorKey: Uint8Array
  /** Where sorted runs of large imports go. */
  tempDir: string
  /** Events of one batch; default 10,000. */
  batchEvents?: number
  /** Entries sorted in memory; default 20,000. */
  runLength?: number
}

/** At start: stores the batches that a crash interrupted, and throws away the sorted runs of imports that nobody waits for any more. */
export async function tidyImports({ engine, log, tempDir }: Pick<ImportParts, 'engine' | 'log' | 'tempDir'>): Promise<void> {
  const names = await readdir(tempDir).catch(() => [])
  for (const name of names) {
    if (name.startsWith('pending-')) {
      const pending = pendingBatches(join(tempDir, name))
      await finishPending(pending, { engine, log })
      await pending.close()
    }
    if (name.startsWith('import-')) await rm(join(tempDir, name), { recursive: true, force: true })
  }
}

/**
 * Reads events from a stream of NDJSON into one site. Two passes: all lines are checked and sorted first, then stored in
 * batches, in order of time, through the same folding of visits as live events.
 *
 * A batch is tried again when the store fails, under one token, so it counts once. An import that ends early
 * (the client leaves, the store stays down) leaves the batches before; sending it again adds the rest, if its lines have ids.
 *
 * @param signal ends the work; checked between batches
 * @param watch is told how it goes
 * @param keeps what the site keeps; default everything
 * @param allRead called when the last line was read and nothing is stored yet
 * @throws AppError `unavailable` where the store does not take a batch
 */
export async function runImport(
  site: number,
  body: AsyncIterable<Buffer>,
  parts: ImportParts,
  { signal, watch, keeps, allRead }: { signal: AbortSignal; watch: Watch; keeps?: SiteKeeps; allRead?: () => void },
): Promise<ImportResult> {
  const { clock, log, visitorKey, tempDir, batchEvents = 10_000, runLength = 20_000 } = parts
  let storing = Promise.resolve()
  await mkdir(tempDir, { recursive: true })
  const directory = await mkdtemp(join(tempDir, 'import-'))
  const pending = pendingBatches(join(tempDir, `pending-${site}`))
  try {
    const rejected = rejections()
    watch.rejections(rejected)
    const sorter = entrySorter(directory, runLength)
    const read = lineReader(site, visitorKey, clock, keeps)
    for await (const lines of splitLines(counted(body, watch), IMPORT_LIMITS.lineBytes)) {
      signal.throwIfAborted()
      watch.read(0, lines.length)
      for (const line of lines) {
        const parsed = 'error' in line ? { errors: [`the line ${line.error}`] } : read(line.text)
        if ('errors' in parsed) rejected.add(line.number, parsed.errors)
        else await sorter.add({ line: line.number, event: parsed.event })
      }
    }
    watch.storing()
    allRead?.()
    await finishPending(pending, parts)
    const storer = batchStorer(site, parts, { rejected, pending })
    // While one batch is stored, the next one is read and merged.
    const storeNext = async (entries: Entry[]) => {
      await storing
      signal.throwIfAborted()
      storing = storer.store(entries).then(() => watch.stored(entries.length, storer.counted))
      storing.catch(() => undefined)
    }
    let batch: Entry[] = []
    for await (const entry of sorter.sorted()) {
      batch.push(entry)
      if (batch.length < batchEvents) continue
      await storeNext(batch)
      batch = []
    }
    if (batch.length > 0) await storeNext(batch)
    await storing
    const result = { ...storer.counted, rejected: rejected.first(), rejected_total: rejected.total() }
    log.info({ site, ...result, rejected: result.rejected_total }, 'import finished')
    return result
  } finally {
    // The next import of the site must not begin before this one has stopped writing.
    await storing.catch(() => undefined)
    await pending.close()
    await rm(directory, { recursive: true, force: true })
  }
}

async function* counted(body: AsyncIterable<Buffer>, watch: Watch): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    watch.read(chunk.length, 0)
    yield chunk
  }
}
