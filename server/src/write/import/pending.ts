import { mkdir, open, readFile, readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Batch } from '../../storage/engine.ts'

/**
 * A batch of an import is two inserts, and no journal repeats it: a crash between them would leave visits without their events,
 * and sending the import again would count those visits twice. So each batch is written down before it is stored, and whoever
 * comes next (the next import, or the next start) stores it again under the same token, which changes nothing where it was complete.
 */
export interface PendingBatches {
  /** Stores a batch such that a crash at any moment leaves it for `finish`. Where `store` fails, it is left as well. */
  store<Result>(batch: Batch, store: (batch: Batch) => Promise<Result>): Promise<Result>
  /** Stores what was left; called before anything new is imported. */
  finish(store: (batch: Batch) => Promise<unknown>): Promise<void>
  /** Removes the directory if nothing is left in it. */
  close(): Promise<void>
}

export function pendingBatches(directory: string): PendingBatches {
  return {
    async store(batch, store) {
      await mkdir(directory, { recursive: true })
      const path = join(directory, `${batch.token.replaceAll(':', '-')}.json`)
      const file = await open(path, 'w')
      try {
        await file.writeFile(JSON.stringify(batch))
        await file.sync()
      } finally {
        await file.close()
      }
      const result = await store(batch)
      await rm(path)
      return result
    },
    async finish(store) {
      const names = await readdir(directory).catch(() => [])
      for (const name of names.toSorted()) {
        const path = join(directory, name)
        const batch = readBatch(await readFile(path, 'utf8'))
        // Cut off while it was written down: by then nothing of it was stored.
        if (batch) await store(batch)
        await rm(path)
      }
    },
    close: () => rmdir(directory).catch(() => undefined),
  }
}

function readBatch(text: string): Batch | null {
  try {
    return JSON.parse(text) as Batch
  } catch {
    return null
  }
}
