import type { Clock } from '../seams.ts'
import type { Cache } from './cache.ts'

interface Entry {
  /** JSON text: what comes out is never the object that went in, as with Redis. */
  text: string
  /** Milliseconds by the clock. */
  expiresAt: number
}

/**
 * The cache of one process: at most `limit` entries and `characters` in their values, the least recently used give way first.
 * Expired entries go when they are met or pushed out, so that no timer is needed.
 */
export function createMemoryCache(options: { clock: Clock; limit?: number; characters?: number }): Cache {
  const { clock, limit = 50_000, characters = 32_000_000 } = options
  let held = 0
  /** A Map keeps its order of insertion: the first key is the one that was used longest ago. */
  const entries = new Map<string, Entry>()

  const peek = (key: string): Entry | undefined => {
    const entry = entries.get(key)
    if (entry && entry.expiresAt > clock()) return entry
    drop(key)
    return undefined
  }
  const drop = (key: string): void => {
    held -= entries.get(key)?.text.length ?? 0
    entries.delete(key)
  }
  const isOver = () => entries.size > limit || held > characters
  const put = (key: string, entry: Entry): void => {
    drop(key)
    entries.set(key, entry)
    held += entry.text.length
    // Asked before the Map is: its iterator first walks over all that was deleted since the last rehash, 15 µs a call (bench/collect.ts).
    while (isOver()) drop(entries.keys().next().value!)
  }

  const read = (key: string): unknown => {
    const entry = peek(key)
    if (!entry) return undefined
    put(key, entry)
    return JSON.parse(entry.text)
  }
  const keep = (key: string, value: unknown, seconds: number): void =>
    put(key, { text: JSON.stringify(value), expiresAt: clock() + seconds * 1000 })

  return {
    get: async <Value>(key: string) => read(key) as Value | undefined,
    set: async (key, value, seconds) => keep(key, value, seconds),
    async getMany<Value>(keys: readonly string[]) {
      return new Map(keys.map((key) => [key, read(key)] as const).filter(([, value]) => value !== undefined)) as Map<string, Value>
    },
    async setMany(values, seconds) {
      for (const [key, value] of values) keep(key, value, seconds)
    },
    async delete(key) {
      drop(key)
    },
    async hit(key, windowSeconds, times = 1) {
      const open = peek(key)
      const entry: Entry = {
        text: String(Number(open?.text ?? 0) + times),
        expiresAt: open?.expiresAt ?? clock() + windowSeconds * 1000,
      }
      put(key, entry)
      return { hits: Number(entry.text), resetSeconds: Math.ceil((entry.expiresAt - clock()) / 1000) }
    },
    async ping() {},
    async close() {
      entries.clear()
      held = 0
    },
  }
}
