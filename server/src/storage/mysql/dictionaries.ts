import type { CountLookups, SharedTexts } from '../../seams.ts'
import { BatchRefused } from '../engine.ts'
import { chunks, statementLength } from './chunks.ts'
import { type MySqlClient, command } from './client.ts'
import { type Dictionary, type DictionaryTable, type Entry, createDictionary } from './dictionary.ts'
import { type Learning, createLearning } from './learning.ts'
import { bytes } from './literals.ts'
import { entryKey } from './memory.ts'
import { retrying } from './retry.ts'
import { GROUPS, type GroupTable, KINDS, type Kind } from './schema.ts'

/** The numbers behind events and visits: of texts, of combinations of attributes, of sets of custom properties. */
export interface Dictionaries extends Record<GroupTable, Dictionary>, Learning {
  terms: Dictionary
  propSets: Dictionary
}

/** What the numbers are shared through, and where look-ups are counted. */
export interface NumberParts {
  /** Null where this is the only process, or there is no Redis. */
  shared: SharedTexts | null
  count: CountLookups
}

export function createDictionaries(client: MySqlClient, { shared, count }: NumberParts): Dictionaries {
  const make = (table: DictionaryTable) => createDictionary(client, count, table)
  const groups = GROUPS.map(({ table, attributes }) => [table, make({ table, columns: attributes })] as const)
  const tables = {
    terms: make({ table: 'terms', columns: ['kind', 'value'] }),
    ...(Object.fromEntries(groups) as Record<GroupTable, Dictionary>),
    propSets: make({ table: 'prop_sets', columns: [], complete: (entries) => insertItems(client, entries) }),
  }
  const forget = () => {
    for (const dictionary of Object.values(tables)) dictionary.clear()
  }
  return { ...tables, ...createLearning(client, shared, forget) }
}

/** Bytes of a BLOB. */
const MOST_BYTES = 65_535

/** A text; blank ones have the number 0 and are not looked up. */
export function term(site: number, kind: Kind, value: string): Entry {
  if (value.length * 3 > MOST_BYTES && Buffer.byteLength(value) > MOST_BYTES) {
    throw new BatchRefused(`A text of ${Buffer.byteLength(value)} bytes is longer than ${MOST_BYTES}`)
  }
  return { site, identity: `${KINDS[kind]} ${value}`, columns: () => `${KINDS[kind]}, ${bytes(value)}` }
}

/** A combination of attributes, by the numbers of their texts in the order of the group. */
export function combination(site: number, numbers: number[]): Entry {
  return { site, identity: numbers.join(','), columns: () => numbers.join(', ') }
}

/** A set of properties, by the numbers of names and values. */
export function propSet(site: number, items: [prop: number, value: number][]): Entry {
  const sorted = items.toSorted(([a], [b]) => a - b)
  return { site, identity: sorted.map((item) => item.join('=')).join(','), columns: () => '' }
}

export const numberOf = (numbers: Map<string, number>, { site, identity }: Entry): number => numbers.get(entryKey(site, identity))!

/** A set whose items are missing could be left by a crash, so every process that meets a set puts them there. */
async function insertItems(client: MySqlClient, sets: [number: number, set: Entry][]): Promise<void> {
  const rows = sets.flatMap(([number, { site, identity }]) =>
    identity.split(',').map((item) => {
      const [prop, value] = item.split('=')
      return `(${site}, ${prop}, ${number}, ${value})`
    }),
  )
  for (const chunk of chunks(rows.toSorted(), statementLength(client.statementBytes))) {
    await retrying(() => command(client.pool, `INSERT IGNORE INTO prop_items (site, prop, prop_set, value) VALUES ${chunk.join(', ')}`))
  }
}
