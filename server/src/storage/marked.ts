import type { WriteMarks } from '../seams.ts'
import type { Batch, Engine } from './engine.ts'

/**
 * An engine that leaves a mark after every change, whoever makes it: the writer, an import, an erasure. After one that failed
 * too, since a part of it may be stored. Callers wait for the mark, so that who was told "stored" is not answered from before.
 */
export function markWrites(engine: Engine, marks: WriteMarks): Engine {
  return {
    ...engine,
    async write(batch) {
      try {
        await engine.write(batch)
      } finally {
        await Promise.all([...earliest(batch)].map(([site, since]) => marks.mark(site, since)))
      }
    },
    async forget(site) {
      try {
        await engine.forget(site)
      } finally {
        await marks.mark(site, -Infinity)
      }
    },
  }
}

/** From when on a batch changes each site. A visit that grows changes answers about its beginning as well. */
function earliest({ events, visits }: Batch): Map<number, number> {
  const found = new Map<number, number>()
  const note = (site: number, at: number) => void found.set(site, Math.min(found.get(site) ?? Infinity, at))
  for (const { site, at } of events) note(site, at)
  for (const { site, start } of visits) note(site, start)
  return found
}
