import { hash128 } from './literals.ts'

/** Numbers that this process remembers, the least recently used forgotten first. */
export interface NumberMemory {
  get(key: string): number | undefined
  set(key: string, number: number): void
  clear(): void
}

/** Numbers kept, twice as many at most: about 30 MB with texts of usual length. */
const REMEMBERED = 100_000
/** Longer texts are remembered by their hash: a client that sends long ones must not fill the memory. */
const LONG = 200

/** What an entry of a dictionary is remembered by. */
export function entryKey(site: number, identity: string): string {
  const key = `${site} ${identity}`
  return key.length <= LONG ? key : hash128(key)
}

/** Two maps, of which the older one is thrown away when the younger is full: cheaper than keeping an order. */
export function createNumberMemory(limit: number = REMEMBERED): NumberMemory {
  let young = new Map<string, number>()
  let old = new Map<string, number>()
  const set = (key: string, number: number): void => {
    if (young.size >= limit) {
      old = young
      young = new Map()
    }
    young.set(key, number)
  }
  return {
    set,
    get(key) {
      const found = young.get(key)
      if (found !== undefined) return found
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
    clear() {
      young = new Map()
      old = new Map()
    },
  }
}
