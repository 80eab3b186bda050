import { hash } from 'node:crypto'
import { BatchRefused } from '../engine.ts'

/** Values as text of a statement. Nothing that is not a checked number or hexadecimal digits leaves here, so nothing can break out of it. */

const UINT32 = 4_294_967_295
const UINT64 = 18_446_744_073_709_551_615n

/** @throws BatchRefused where the value is not a whole number from 0 to `most` */
export function uint(value: number, most: number = UINT32): string {
  if (!Number.isSafeInteger(value) || value < 0 || value > most) throw new BatchRefused(`${value} is not a whole number from 0 to ${most}`)
  return String(value)
}

/** @throws BatchRefused where the text is not an unsigned 64-bit number */
export function uint64(text: string): string {
  if (!/^\d{1,20}$/.test(text) || (text.length > 18 && BigInt(text) > UINT64)) throw new BatchRefused(`${text} is not a 64-bit id`)
  return text
}

/** @throws BatchRefused where the text is not a number with at most 15 digits before the point and three after it */
export function amount(text: string): string {
  if (!/^-?\d{1,15}(\.\d{1,3})?$/.test(text)) throw new BatchRefused(`${text} is not an amount`)
  return text
}

/** A text as its bytes. */
export const bytes = (text: string): string => `X'${Buffer.from(text).toString('hex')}'`

/** First half of the SHA-256 of a text: 16 bytes, as a literal. */
export const hash128 = (text: string): string => `X'${hash('sha256', text).slice(0, 32)}'`

/** A number of our own reckoning. */
export function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError(`Expected a whole number, got ${value}`)
  return String(value)
}
