import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../lib/app.ts'
import type { Cache } from './cache.ts'
import { backOff, redisConnection } from './redis-client.ts'
import { redisAddress } from './redis-url.ts'

export interface RedisCacheParts {
  /** `REDIS_URL`. */
  url: string
  /** Before every key: installations may share a Redis. */
  prefix: string
  /** Counts hits while Redis cannot be asked, so that limits hold at least in this process. */
  local: Pick<Cache, 'hit' | 'delete'>
  log: Pick<Log, 'warn' | 'info'>
  /** An answer that takes longer is not waited for, default 250: an event must not be slowed down by a cache. */
  patienceMilliseconds?: number
}

/** After a failure Redis is left alone for so long, so that a hanging one costs a few calls a second, not all of them. */
const REST_MILLISECONDS = 1000
/** How long a start waits for Redis before it goes on without. */
const START_MILLISECONDS = 2000

/**
 * The cache of many processes: Redis 6.2 or newer, Valkey, or a Cluster of either. A call is one round trip, and calls of the same moment share one.
 * Questions always have an answer: while Redis is away, `get` and `getMany` know nothing and `hit` counts in this process only. `set`,
 * `setMany`, `delete` and `ping` reject, within a quarter of a second: only their callers know whether it matters.
 *
 * @throws StartError where the address cannot be understood; a Redis that does not answer is waited for in the background
 */
export async function createRedisCache({ url, prefix, local, log, patienceMilliseconds = 250 }: RedisCacheParts): Promise<Cache> {
  const outage = watchOutage(log)
  const redis = redisConnection(redisAddress(url), outage.failed)
  const closing = new AbortController()
  let restUntil = 0

  /** A Cluster gives up where no node answers at first; one server goes on by itself. */
  const connect = async () => {
    for (let tries = 0; !closing.signal.aborted; tries++) {
      try {
        return await redis.connect()
      } catch (error) {
        outage.failed(error as Error)
        await pause(backOff(tries), undefined, { ref: false })
      }
    }
  }
  await patiently(connect(), START_MILLISECONDS).catch(outage.failed)

  /** Rejects at once while Redis rests. */
  const attempt = async <Value>(ask: () => Promise<Value>): Promise<Value> => {
    if (performance.now() < restUntil) throw new Error('the cache is away')
    try {
      const answer = await patiently(ask(), patienceMilliseconds)
      outage.over()
      return answer
    } catch (error) {
      restUntil = performance.now() + REST_MILLISECONDS
      outage.failed(error as Error)
      throw error
    }
  }

  return {
    async get<Value>(key: string) {
      const text = await attempt(() => redis.get(prefix + key)).catch(() => null)
      return text === null ? undefined : (parsed(text) as Value | undefined)
    },
    async set(key, value, seconds) {
      await attempt(() => redis.set(prefix + key, JSON.stringify(value), seconds * 1000))
    },
    async getMany<Value>(keys: readonly string[]) {
      const found = new Map<string, Value>()
      try {
        for (const some of thousands(keys)) {
          const texts = await attempt(() => redis.getMany(some.map((key) => prefix + key)))
          for (const [index, key] of some.entries()) {
            const value = texts[index] == null ? undefined : parsed(texts[index])
            if (value !== undefined) found.set(key, value as Value)
          }
        }
      } catch {
        // What came before stands; the rest is not known.
      }
      return found
    },
    async setMany(values, seconds) {
      for (const some of thousands([...values]))
        await attempt(() => Promise.all(some.map(([key, value]) => redis.set(prefix + key, JSON.stringify(value), seconds * 1000))))
    },
    async delete(key) {
      await local.delete(key)
      await attempt(() => redis.delete(prefix + key))
    },
    async hit(key, windowSeconds, times = 1) {
      try {
        const [hits, rest] = await attempt(() => redis.count(prefix + key, windowSeconds * 1000, times))
        return { hits, resetSeconds: Math.ceil(rest / 1000) }
      } catch {
        return local.hit(key, windowSeconds, times)
      }
    },
    ping: async () => void (await patiently(redis.get(`${prefix}ping`), patienceMilliseconds)),
    async close() {
      closing.abort()
      redis.destroy()
    },
  }
}

/** As many commands at once as leave room for those of others in the queue of the connection. */
function* thousands<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += 1000) yield items.slice(at, at + 1000)
}

/** Whatever else somebody wrote under our key is as good as nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Rejects where it takes longer; what comes later, answer or error, is ignored. Where this process itself was busy for so long, the
 * answer may be there already: timers come before sockets in the event loop, so the sockets get a turn first.
 */
async function patiently<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value> {
  const late = Promise.withResolvers<never>()
  const giveUp = () => late.reject(new Error(`no answer within ${milliseconds} ms`))
  const timer = setTimeout(() => setImmediate(giveUp), milliseconds)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
    promise.catch(() => undefined)
  }
}

/** Says once that Redis is away and once that it is back, however many calls notice. */
function watchOutage(log: RedisCacheParts['log']) {
  let since: number | null = null
  return {
    failed(error: Error) {
      if (since === null)
        log.warn({ code: (error as NodeJS.ErrnoException).code ?? error.message }, 'the cache is away; going on without it')
      since ??= performance.now()
    },
    over() {
      if (since !== null) log.info({ seconds: Math.round((performance.now() - since) / 1000) }, 'the cache is back')
      since = null
    },
  }
}
