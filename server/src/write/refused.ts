import { hash } from 'node:crypto'
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../lib/app.ts'
import { BatchRefused, type Batch, type Engine } from '../storage/engine.ts'

/** Where what no store will ever take is put for a person to look at. */
export interface RefusedItems {
  keep(item: unknown, reason: unknown): Promise<void>
}

/** Appends to `refused/DATE.ndjson` in the directory, one `{reason, item}` a line. */
export function refusedItems(directory: string, clock: () => number, log: Log): RefusedItems {
  return {
    async keep(item, reason) {
      const folder = join(directory, 'refused')
      const path = join(folder, `${new Date(clock()).toISOString().slice(0, 10)}.ndjson`)
      await mkdir(folder, { recursive: true })
      await appendFile(path, `${JSON.stringify({ reason: String(reason), item })}\n`, { flush: true })
      log.error({ path, reason }, 'the store refused one item for its data; it is kept aside')
    },
  }
}

/**
 * Stores a batch that was refused as a whole in halves of halves, until only the bad items are left; those go to `refused`.
 * Tokens of the parts follow from their content: after a crash the same part has the same token, and another part another.
 */
export async function storeInHalves(engine: Pick<Engine, 'write'>, batch: Batch, refused: RefusedItems): Promise<void> {
  await halve(batch.visits, (visits) => engine.write({ ...part(batch, visits), visits }), refused)
  await halve(batch.events, (events) => engine.write({ ...part(batch, events), events }), refused)
}

async function halve<Item>(items: Item[], write: (items: Item[]) => Promise<void>, refused: RefusedItems): Promise<void> {
  if (items.length === 0) return
  try {
    await write(items)
  } catch (error) {
    if (!(error instanceof BatchRefused)) throw error
    if (items.length === 1) return refused.keep(items[0], error)
    const middle = items.length >> 1
    await halve(items.slice(0, middle), write, refused)
    await halve(items.slice(middle), write, refused)
  }
}

const part = (batch: Batch, items: unknown[]): Batch => ({
  ...batch,
  token: `${batch.token}/${hash('sha256', JSON.stringify(items), 'hex').slice(0, 32)}`,
  events: [],
  visits: [],
})
