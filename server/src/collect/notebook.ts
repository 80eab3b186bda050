import type { Log } from '../lib/app.ts'

/** What is learned beside events and is no event: the name of a city, what a site says of a user. The latest of a key holds. */
export interface Notebook {
  note(key: string, text: string): void
  /** Takes back what is not written yet, and writes the same again if it is told again. */
  drop(key: string): void
  /** Writes what was noted so far. */
  flush(): Promise<void>
  /** Ends the timer and writes the rest. */
  stop(): Promise<void>
}

/** After so long everything is written once more when it is told: another process may have deleted it. */
const REMEMBER_MS = 600_000

/**
 * Keeps notes in memory and hands the new ones to `write` every few seconds: sites say the same with every event. What was not written when
 * the process is killed is said again by the next event.
 * @param limit notes in memory, of those waiting and of those written; beyond, new ones have to be said again
 */
export function createNotebook(parts: {
  write: (key: string, text: string) => Promise<void>
  limit: number
  log: Log
  what: string
  everyMs?: number
}): Notebook {
  const { write, limit, log, what } = parts
  const written = new Map<string, string>()
  const waiting = new Map<string, string>()
  let writing = Promise.resolve()

  async function writeAll(): Promise<void> {
    for (const [key, text] of waiting) {
      try {
        await write(key, text)
      } catch (error) {
        log.warn({ err: error }, `${what} could not be written; trying again`)
        return
      }
      // Told anew while it was written: that waits for the next round.
      if (waiting.get(key) === text) waiting.delete(key)
      if (written.size >= limit) written.clear()
      written.set(key, text)
    }
  }

  const flush = () => (writing = writing.then(writeAll))
  const timer = setInterval(() => void flush(), parts.everyMs ?? 2_000)
  const amnesia = setInterval(() => written.clear(), REMEMBER_MS)
  timer.unref()
  amnesia.unref()

  return {
    note(key, text) {
      if (written.get(key) === text && !waiting.has(key)) return
      if (waiting.has(key) || waiting.size < limit) waiting.set(key, text)
    },
    drop(key) {
      waiting.delete(key)
      written.delete(key)
    },
    flush,
    async stop() {
      clearInterval(timer)
      clearInterval(amnesia)
      await flush()
    },
  }
}
