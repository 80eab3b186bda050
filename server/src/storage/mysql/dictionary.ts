import type { CountLookups } from '../../seams.ts'
import { chunks, statementLength } from './chunks.ts'
import { type MySqlClient, command, select } from './client.ts'
import type { Lesson } from './learning.ts'
import { hash128 } from './literals.ts'
import { type NumberMemory, createNumberMemory, entryKey } from './memory.ts'
import { retrying } from './retry.ts'

/** Something that has a number: what it is told apart by, its columns as SQL after `site` and `hash`, and what to do when it is new. */
export interface Entry {
  site: number
  /** Equal for equal entries of the site, and for no others. */
  identity: string
  columns: () => string
}

/** Gives numbers to entries: from memory, else from what processes share, else from the table, else new ones. */
export interface Dictionary {
  /**
   * Numbers by `entryKey`. One round trip to the shared memory for all that this process does not remember, one to the database
   * for the rest; three if there are new ones. What was learned is remembered when the lesson is over.
   */
  numbers(entries: Iterable<Entry>, lesson: Lesson): Promise<Map<string, number>>
  /** Forgets all numbers. */
  clear(): void
}

export interface DictionaryTable {
  table: string
  /** Columns beside site and hash. */
  columns: readonly string[]
  /**
   * Stores what else belongs to entries that the database was asked for, before their numbers are used. May meet what is there
   * already. Those of the shared memory have it: they were in use when they came there.
   */
  complete?: (entries: [number: number, entry: Entry][]) => Promise<void>
}

/** An entry that memory does not have. */
interface Missing {
  entry: Entry
  hash: string
}

/**
 * A read-through cache over a table with a number for each hash. Two processes that meet the same new entry agree on the number, since
 * the hash is unique. Numbers are asked for before the transaction that uses them, over other connections: an entry that
 * nothing uses does no harm, and no writer waits for the end of another one's transaction.
 */
export function createDictionary(client: MySqlClient, count: CountLookups, { table, columns, complete }: DictionaryTable): Dictionary {
  const { pool } = client
  const length = statementLength(client.statementBytes)
  const memory: NumberMemory = createNumberMemory()

  async function lookUp(hashes: readonly string[]): Promise<Map<string, number>> {
    const found = new Map<string, number>()
    for (const chunk of chunks(hashes, length)) {
      const rows = await select<{ hash: Buffer; id: number }>(pool, `SELECT hash, id FROM ${table} WHERE hash IN (${chunk.join(', ')})`)
      for (const row of rows) found.set(`X'${row.hash.toString('hex')}'`, row.id)
    }
    return found
  }

  /** In order of their hashes, so that two processes with the same new entries wait for each other instead of deadlocking. */
  async function insert(entries: readonly Missing[]): Promise<Map<string, number>> {
    const sorted = entries.toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
    const rows = sorted.map(({ hash, entry }) => `(${[entry.site, hash, entry.columns()].filter((part) => part !== '').join(', ')})`)
    const into = `INSERT IGNORE INTO ${table} (${['site', 'hash', ...columns].join(', ')}) VALUES`
    for (const chunk of chunks(rows, length)) await retrying(() => command(pool, `${into} ${chunk.join(', ')}`))
    return lookUp(sorted.map(({ hash }) => hash))
  }

  /** Numbers by hash, of the database. */
  async function fromDatabase(missing: readonly Missing[]): Promise<Map<string, number>> {
    const found = await lookUp(missing.map(({ hash }) => hash))
    const fresh = missing.filter(({ hash }) => !found.has(hash))
    count('database', found.size)
    count('new', fresh.length)
    if (fresh.length > 0) for (const [hash, number] of await insert(fresh)) found.set(hash, number)
    const all = missing.map(({ hash, entry }): [number, Entry] => {
      const number = found.get(hash)
      if (number === undefined) throw new Error(`${table} has no row for what was just inserted`)
      return [number, entry]
    })
    await complete?.(all)
    return found
  }

  return {
    clear: () => memory.clear(),
    async numbers(entries, lesson) {
      const numbers = new Map<string, number>()
      const missing = new Map<string, Missing>()
      for (const entry of entries) {
        const key = entryKey(entry.site, entry.identity)
        const known = memory.get(key)
        if (known !== undefined) numbers.set(key, known)
        else if (!missing.has(key)) missing.set(key, { entry, hash: hash128(`${entry.site} ${entry.identity}`) })
      }
      count('memory', numbers.size)
      if (missing.size === 0) return numbers
      const sharedKey = (hash: string) => `number:${table}:${hash.slice(2, -1)}`
      const shared = await lesson.recall([...missing.values()].map(({ hash }) => sharedKey(hash)))
      count('redis', shared.size)
      const rest = [...missing.values()].filter(({ hash }) => !shared.has(sharedKey(hash)))
      const found = rest.length > 0 ? await fromDatabase(rest) : new Map<string, number>()
      for (const [key, { hash }] of missing) {
        const { number, generation } = shared.get(sharedKey(hash)) ?? { number: found.get(hash)!, generation: null }
        numbers.set(key, number)
        lesson.learn({ key: sharedKey(hash), number, generation, remember: () => memory.set(key, number) })
      }
      return numbers
    },
  }
}
