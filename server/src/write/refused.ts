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
 * Which events of a batch that was refused as a whole the store will never take, by their index in it, with the store's reason. Where it
 * takes each of them, those of visits that it refuses: not before, since a visit is mostly refused for what one of its events brought in.
 * Found by halves of halves, which are tried and not stored.
 */
export async function findRefused(engine: Pick<Engine, 'fits'>, batch: Batch): Promise<Map<number, unknown>> {
  const reasons = await badOnes([...batch.events.keys()], (indexes) =>
    engine.fits({ ...batch, events: indexes.map((index) => batch.events[index]!), visits: [] }),
  )
  if (reasons.size > 0) return reasons
  const visits = await badOnes(batch.visits, (visits) => engine.fits({ ...batch, events: [], visits }))
  for (const [visit, reason] of visits) {
    for (const [index, event] of batch.events.entries()) {
      if (event.site === visit.site && event.visit === visit.id) reasons.set(index, reason)
    }
  }
  return reasons
}

async function badOnes<Item>(
  items: Item[],
  attempt: (items: Item[]) => Promise<void>,
  bad = new Map<Item, unknown>(),
): Promise<Map<Item, unknown>> {
  if (items.length === 0) return bad
  try {
    await attempt(items)
  } catch (error) {
    if (!(error instanceof BatchRefused)) throw error
    if (items.length === 1) return bad.set(items[0]!, error)
    const middle = items.length >> 1
    await badOnes(items.slice(0, middle), attempt, bad)
    await badOnes(items.slice(middle), attempt, bad)
  }
  return bad
}
