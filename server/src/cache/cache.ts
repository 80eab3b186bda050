/**
 * Shared, forgetful memory. It may lose any entry at any time; nothing may be lost, refused or counted twice because of that.
 * Two implementations: memory.ts (one process) and redis.ts (many).
 */
export interface Cache {
  get<Value>(key: string): Promise<Value | undefined>
  /** Keeps a JSON value for so many seconds. */
  set(key: string, value: unknown, seconds: number): Promise<void>
  delete(key: string): Promise<void>
  /** Counts `times` hits (default 1) in the window that is open under this key; answers how many came so far and when the window ends. */
  hit(key: string, windowSeconds: number, times?: number): Promise<{ hits: number; resetSeconds: number }>
  ping(): Promise<void>
  close(): Promise<void>
}
