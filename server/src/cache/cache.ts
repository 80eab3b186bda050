/**
 * Shared, forgetful memory. It may lose any entry at any time; nothing may be lost, refused or counted twice because of that.
 * Two implementations: memory.ts (one process) and redis.ts (many). Calls of the same moment cost one round trip.
 * `get`, `getMany` and `hit` always have an answer, nothing and a count of this process where the cache is away; the others reject then.
 */
export interface Cache {
  get<Value>(key: string): Promise<Value | undefined>
  /** Keeps a JSON value for so many seconds. */
  set(key: string, value: unknown, seconds: number): Promise<void>
  /** Values of those of these keys that it has, however many: one round trip a thousand; none where the cache is away. */
  getMany<Value>(keys: readonly string[]): Promise<Map<string, Value>>
  /** Keeps JSON values for so many seconds, however many; `set` and this do not count on each other's order. */
  setMany(values: ReadonlyMap<string, unknown>, seconds: number): Promise<void>
  delete(key: string): Promise<void>
  /** Counts `times` hits (default 1) in the window that is open under this key; answers how many came so far and when the window ends. */
  hit(key: string, windowSeconds: number, times?: number): Promise<{ hits: number; resetSeconds: number }>
  ping(): Promise<void>
  close(): Promise<void>
}
