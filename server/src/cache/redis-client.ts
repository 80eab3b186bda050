import { createClient, createCluster, type RedisArgument } from 'redis'
import type { RedisAddress } from './redis-url.ts'

/** What the cache asks of a Redis, whether it is one server or a Cluster. */
export interface RedisConnection {
  connect(): Promise<unknown>
  get(key: string): Promise<string | null>
  /** In one round trip, of each node that has some of them. */
  getMany(keys: string[]): Promise<(string | null)[]>
  set(key: string, value: string, milliseconds: number): Promise<unknown>
  delete(key: string): Promise<unknown>
  /** Opens the window unless it is open, adds, and asks for the rest of it: one transaction, one round trip. */
  count(key: string, milliseconds: number, times: number): Promise<[hits: number, restMilliseconds: number]>
  /** Ends at once, whatever is under way. */
  destroy(): void
}

/** Commands that wait for a connection or an answer; beyond it they fail at once, as if Redis were down. */
const QUEUE = 10_000
const CONNECT_MILLISECONDS = 2000
/** A Redis that hangs without closing its connection is noticed by its missing answers to these pings. */
const PING_MILLISECONDS = 1000
const SILENCE_MILLISECONDS = 4000

/** 50 ms, doubled each time up to 2 s, with some chance in it so that many processes do not come back in one instant. */
export function backOff(tries: number): number {
  return Math.min(2000, 50 * 2 ** Math.min(tries, 10)) * (0.75 + Math.random() / 2)
}

/** A connection that comes back by itself, and never keeps a command for later while there is none. */
export function redisConnection(
  { nodes, username, password, database, tls }: RedisAddress,
  onError: (error: Error) => void,
): RedisConnection {
  const timing = { connectTimeout: CONNECT_MILLISECONDS, socketTimeout: SILENCE_MILLISECONDS, reconnectStrategy: backOff }
  const common = {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    disableOfflineQueue: true,
    commandsQueueMaxLength: QUEUE,
    pingInterval: PING_MILLISECONDS,
    maintNotifications: 'disabled' as const,
  }
  const at = (node?: { host: string; port: number }) => (tls ? { ...timing, ...node, ...tls, tls: true as const } : { ...timing, ...node })
  if (nodes.length === 1) {
    const client = createClient({ ...common, database, socket: at(nodes[0]) }).on('error', onError)
    return { ...commands(client), getMany: (keys) => client.mGet(keys), connect: () => client.connect(), destroy: () => client.destroy() }
  }
  const cluster = createCluster({
    rootNodes: nodes.map((node) => ({ socket: at(node) })),
    defaults: { ...common, socket: at() },
  }).on('error', onError)
  const each = commands(cluster)
  // Keys of one command must be in one slot; commands of one moment travel together.
  return { ...each, getMany: (keys) => Promise.all(keys.map(each.get)), connect: () => cluster.connect(), destroy: () => cluster.destroy() }
}

/** The commands that one server and a Cluster have in common. */
interface Commands {
  get(key: RedisArgument): Promise<unknown>
  set(key: RedisArgument, value: RedisArgument, options: { expiration: { type: 'PX'; value: number } }): Promise<unknown>
  del(key: RedisArgument): Promise<unknown>
  multi(): Transaction
}

interface Transaction {
  set(key: RedisArgument, value: RedisArgument, options: { condition: 'NX'; expiration: { type: 'PX'; value: number } }): Transaction
  incrBy(key: RedisArgument, times: number): Transaction
  pTTL(key: RedisArgument): Transaction
  exec(): Promise<unknown[]>
}

function commands(client: Commands): Pick<RedisConnection, 'get' | 'set' | 'delete' | 'count'> {
  return {
    get: async (key) => (await client.get(key)) as string | null,
    set: (key, value, milliseconds) => client.set(key, value, { expiration: { type: 'PX', value: milliseconds } }),
    delete: (key) => client.del(key),
    async count(key, milliseconds, times) {
      const [, hits, rest] = await client
        .multi()
        .set(key, '0', { condition: 'NX', expiration: { type: 'PX', value: milliseconds } })
        .incrBy(key, times)
        .pTTL(key)
        .exec()
      return [Number(hits), Number(rest)]
    },
  }
}
