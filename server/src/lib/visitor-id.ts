import { keyedHash64 } from './hash.ts'

/**
 * The upper 16 of a visitor's 64 bits, where the site has said who it is: the number itself tells, as the version of a UUID does, in every
 * engine and without a column. The other 48 are a hash: of a million identified visitors of one site two meet with a chance of 1 in 560.
 */
const MARK = 0xf007n

/** First and last number of identified visitors, as decimal text: 20 digits each, so that text of 20 digits compares as numbers do. */
export const IDENTIFIED = {
  from: String(MARK << 48n),
  to: String(((MARK + 1n) << 48n) - 1n),
} as const

/** Whether a visitor was identified by the site, by the number (decimal text). */
export const isIdentified = (visitor: string): boolean =>
  visitor.length === IDENTIFIED.from.length && visitor >= IDENTIFIED.from && visitor <= IDENTIFIED.to

/**
 * The number of somebody whom the site calls by an id: the same for ever, and without the key nobody finds the id to it.
 * @param key 32 random bytes of this installation
 * @param id what `footfall.identify` was given
 */
export function identifiedVisitor(key: Uint8Array, site: number, id: string): string {
  return String((MARK << 48n) | BigInt.asUintN(48, BigInt(keyedHash64(key, `${site}\n${id}`))))
}

/** The number of somebody else: one hash in 65,536 has the mark by chance and gives its upper bit away. */
export const unidentified = (visitor: string): string => (isIdentified(visitor) ? String(BigInt.asUintN(63, BigInt(visitor))) : visitor)
