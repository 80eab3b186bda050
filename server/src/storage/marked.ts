import type { WriteMarks } from '../seams.ts'
import type { Batch, Engine } from './engine.ts'

/**
 * An engine that leaves a mark after every change, whoever makes it: the writer, an import, an erasure. After one that failed
 * too, since a part of it may be stored. Callers wait for the mark, so that who was told "stored" is not answered from before.
 */
export function markWrites(engine: Engine, marks: WriteMarks): Engine {
  const markAll = (batches: readonly Batch[]) => Promise.all([...earliest(batches)].map(([site, since]) => marks.mark(site, since)))
  return {
    ...engine,
    async write(batch) {
      try {
        await engine.write(batch)
      } finally {
        await markAll([batch])
      }
    },
    async turn(segment, work) {
      const written: Batch[] = []
      try {
        return await engine.turn(segment, (turn) => work({ ...turn, write: (batch) => (written.push(batch), turn.write(batch)) }))
      } finally {
        // When the turn is over: before, others would compute an answer without the batch and keep it under the new mark.
        await markAll(written)
      }
    },
    async forget(site) {
      try {
        await engine.forget(site)
      } finally {
        await marks.mark(site, -Infinity)
      }
    },
    async forgetVisitor(person) {
      try {
        await engine.forgetVisitor(person)
      } finally {
        await marks.mark(person.site, -Infinity)
      }
    },
    async eraseOlder(older, signal) {
      try {
        await engine.eraseOlder(older, signal)
      } finally {
        await marks.mark(older.site, -Infinity)
      }
    },
  }
}

/** From when on these change each site. A visit that grows changes answers about its beginning as well. */
function earliest(batches: readonly Batch[]): Map<number, number> {
  const found = new Map<number, number>()
  const note = (site: number, at: number) => void found.set(site, Math.min(found.get(site) ?? Infinity, at))
  for (const { events, visits } of batches) {
    for (const { site, at } of events) note(site, at)
    for (const { site, start } of visits) note(site, start)
  }
  return found
}
