import { chunks, statementLength } from './chunks.ts'
import { type MySqlClient, command, select } from './client.ts'
import { hash128 } from './literals.ts'
import { retrying } from './retry.ts'

/** Something that has a number: what it is told apart by, its columns as SQL after `site` and `hash`, and what to do when it is new. */
export interface Entry {
  site: number
  /** Equal for equal entries of the site, and for no others. */
  identity: string
  columns: () => string
}

/** Gives numbers to entries: from memory, else from the table, else new ones. */
export interface Dictionary {
  /** Numbers by `entryKey`. One round trip for all that memory does not have; three if there are new ones. */
  numbers(entries: Iterable<Entry>): Promise<Map<string, number>>
  /** Forgets the numbers of a site. */
  forget(site: number): void
}

export interface DictionaryTable {
  table: string
  /** Columns beside site and hash. */
  columns: readonly string[]
  /** Stores what else belongs to entries that memory did not have, before their numbers are used. May meet what is there already. */
  complete?: (entries: [number: number, entry: Entry][]) => Promise<void>
}

/** Numbers kept in memory, twice as many at most: about 30 MB with texts of usual length. */
const REMEMBERED = 100_000
/** Longer texts are remembered by their hash: a client that sends long ones must not fill the memory. */
const LONG = 200

export function entryKey(site: number, identity: string): string {
  const key = `${site} ${identity}`
  return key.length <= LONG ? key : hash128(key)
}

/**
 * A read-through cache over a table with a number for each hash. Two processes that meet the same new entry agree on the number, since
 * the hash is unique. Numbers are asked for before the transaction that uses them: numbers that a rollback took back
 * would stay in the memory, and an entry that nothing uses does no harm.
 */
export function createDictionary(client: MySqlClient, { table, columns, complete }: DictionaryTable): Dictionary {
  const { pool } = client
  const length = statementLength(client.statementBytes)
  let young = new Map<string, number>()
  let old = new Map<string, number>()

  function remember(key: string, number: number): void {
    if (young.size >= REMEMBERED) {
      old = young
      young = new Map()
    }
    young.set(key, number)
  }

  function recall(key: string): number | undefined {
    const found = young.get(key)
    if (found !== undefined) return found
    const older = old.get(key)
    if (older !== undefined) remember(key, older)
    return older
  }

  async function lookUp(hashes: readonly string[]): Promise<Map<string, number>> {
    const found = new Map<string, number>()
    for (const chunk of chunks(hashes, length)) {
      const rows = await select<{ hash: Buffer; id: number }>(pool, `SELECT hash, id FROM ${table} WHERE hash IN (${chunk.join(', ')})`)
      for (const row of rows) found.set(`X'${row.hash.toString('hex')}'`, row.id)
    }
    return found
  }

  /** In order of their hashes, so that two processes with the same new entries wait for each other instead of deadlocking. */
  async function insert(entries: [hash: string, entry: Entry][]): Promise<Map<string, number>> {
    const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
    const rows = sorted.map(([hash, entry]) => `(${[entry.site, hash, entry.columns()].filter((part) => part !== '').join(', ')})`)
    const into = `INSERT IGNORE INTO ${table} (${['site', 'hash', ...columns].join(', ')}) VALUES`
    for (const chunk of chunks(rows, length)) await retrying(() => command(pool, `${into} ${chunk.join(', ')}`))
    return lookUp(sorted.map(([hash]) => hash))
  }

  return {
    async numbers(entries) {
      const numbers = new Map<string, number>()
      const missing = new Map<string, Entry>()
      for (const entry of entries) {
        const key = entryKey(entry.site, entry.identity)
        const known = recall(key)
        if (known === undefined) missing.set(key, entry)
        else numbers.set(key, known)
      }
      if (missing.size === 0) return numbers
      const hashOf = new Map([...missing].map(([key, { site, identity }]) => [key, hash128(`${site} ${identity}`)]))
      const found = await lookUp([...hashOf.values()])
      const fresh = [...missing].flatMap(([key, entry]): [string, Entry][] =>
        found.has(hashOf.get(key)!) ? [] : [[hashOf.get(key)!, entry]],
      )
      if (fresh.length > 0) {
        const made = await insert(fresh)
        for (const [hash, number] of made) found.set(hash, number)
      }
      const learned = [...hashOf].map(([key, hash]): [string, number] => {
        const number = found.get(hash)
        if (number === undefined) throw new Error(`${table} has no row for what was just inserted`)
        return [key, number]
      })
      await complete?.(learned.map(([key, number]) => [number, missing.get(key)!]))
      for (const [key, number] of learned) {
        remember(key, number)
        numbers.set(key, number)
      }
      return numbers
    },
    forget(site) {
      const prefix = `${site} `
      for (const map of [young, old]) for (const key of map.keys()) if (key.startsWith(prefix) || key.startsWith("X'")) map.delete(key)
    },
  }
}
