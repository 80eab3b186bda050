import type { PoolConnection } from 'mysql2/promise'
import type { Condition, Field } from '../../question.ts'
import { select } from '../client.ts'
import { hash128, whole } from '../literals.ts'
import { KINDS, type Kind, placeOf } from '../schema.ts'
import { pieces } from '../texts.ts'
import { type TextTest, textTest } from './text-match.ts'

type Match = Condition & { kind: 'match' }

/** Numbers of the texts that a condition is about: `ids` of those that meet it, or of those that do not. */
export interface Numbers {
  ids: number[]
  not: boolean
}

/** What a statement asks about texts, answered: after this, no text is left in it. */
export interface Resolved {
  /** Number of a text of the site; null where no row can have it. */
  number(kind: Kind, text: string): number | null
  /** Texts that meet a `match`. */
  met(condition: Match): Numbers
}

/** All that will be asked. */
export interface Wanted {
  /** Names of events, codes of currencies, paths. */
  names?: string[]
  currencies?: string[]
  pages?: string[]
  /** What rows are grouped by, with the names of blank. */
  fields: { field: Field; blank: string }[]
  conditions: Condition[]
}

function* matchesIn(condition: Condition): Generator<Match> {
  switch (condition.kind) {
    case 'match':
      yield condition
      return
    case 'all':
    case 'any':
      for (const inner of condition.of) yield* matchesIn(inner)
      return
    case 'not':
    case 'did':
      yield* matchesIn(condition.of)
      return
    case 'has':
    case 'scroll':
  }
}

/** Name of the property that a field is, as a list; null for other fields. */
function propOf(field: Field): [string] | null {
  const place = placeOf(field)
  return place.of === 'props' ? [place.prop] : null
}

/** Names of properties, which are texts too. */
function* propsIn(condition: Condition): Generator<string> {
  switch (condition.kind) {
    case 'has':
      yield condition.prop
      return
    case 'match':
      yield* propOf(condition.field) ?? []
      return
    case 'all':
    case 'any':
      for (const inner of condition.of) yield* propsIn(inner)
      return
    case 'not':
    case 'did':
      yield* propsIn(condition.of)
      return
    case 'scroll':
  }
}

const isExact = ({ operator, anyCase }: Match) => operator === 'is' && !anyCase
const keyOf = (kind: Kind, text: string) => `${kind} ${text}`

/**
 * Finds the numbers of texts: exact ones by their hash, patterns by reading all texts of that kind that the site has.
 * In the snapshot of the statement, so that every event it sees has its texts here.
 */
export async function resolve(
  connection: PoolConnection,
  site: number,
  { names = [], currencies = [], pages = [], fields, conditions }: Wanted,
): Promise<Resolved> {
  const matches = conditions.flatMap((condition) => [...matchesIn(condition)])
  const kindOf = (match: Match) => placeOf(match.field).kind
  const props = [...conditions.flatMap((condition) => [...propsIn(condition)]), ...fields.flatMap(({ field }) => propOf(field) ?? [])]
  const known = await exactNumbers(connection, site, [
    ...names.map((text) => ({ kind: 'name' as const, text })),
    ...pages.map((text) => ({ kind: 'page' as const, text })),
    ...currencies.map((text) => ({ kind: 'currency' as const, text })),
    ...fields.map(({ field, blank }) => ({ kind: placeOf(field).kind, text: blank })),
    ...props.map((text) => ({ kind: 'prop' as const, text })),
    ...matches.filter(isExact).flatMap((match) => match.values.map((text) => ({ kind: kindOf(match), text }))),
  ])
  const number = (kind: Kind, text: string) => (text === '' ? 0 : (known.get(keyOf(kind, text)) ?? null))

  const numbers = new Map<Match, Numbers>()
  for (const match of matches.filter(isExact)) {
    numbers.set(match, { ids: match.values.flatMap((text) => number(kindOf(match), text) ?? []), not: false })
  }
  for (const [kind, patterns] of Map.groupBy(
    matches.filter((match) => !isExact(match)),
    kindOf,
  )) {
    const tests = patterns.map(({ operator, values, anyCase }) => textTest(operator, values, anyCase))
    const found = await tested(connection, site, kind, tests)
    for (const [index, match] of patterns.entries()) numbers.set(match, found[index]!)
  }
  return { number, met: (condition) => numbers.get(condition)! }
}

async function exactNumbers(connection: PoolConnection, site: number, texts: { kind: Kind; text: string }[]): Promise<Map<string, number>> {
  const byHash = new Map(texts.map(({ kind, text }) => [hash128(`${site} ${KINDS[kind]} ${text}`), keyOf(kind, text)]))
  const known = new Map<string, number>()
  for (const hashes of pieces([...byHash.keys()])) {
    const sql = `SELECT hash, id FROM terms WHERE hash IN (${hashes.join(', ')})`
    for (const { hash, id } of await select<{ hash: Buffer; id: number }>(connection, sql)) {
      known.set(byHash.get(`X'${hash.toString('hex')}'`)!, id)
    }
  }
  return known
}

/** The shorter of the two lists is kept, since each number is sent and compared. */
async function tested(connection: PoolConnection, site: number, kind: Kind, tests: TextTest[]): Promise<Numbers[]> {
  const found = tests.map((test) => (test('') ? { met: [0], others: [] as number[] } : { met: [] as number[], others: [0] }))
  const rows = await select<{ id: number; value: Buffer }>(
    connection,
    `SELECT id, value FROM terms WHERE site = ${whole(site)} AND kind = ${KINDS[kind]}`,
  )
  for (const { id, value } of rows) {
    const text = value.toString()
    for (const [index, test] of tests.entries()) (test(text) ? found[index]!.met : found[index]!.others).push(id)
  }
  return found.map(({ met, others }) => (met.length <= others.length ? { ids: met, not: false } : { ids: others, not: true }))
}
