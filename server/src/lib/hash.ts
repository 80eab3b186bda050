import { createHmac, hash } from 'node:crypto'

/** First 64 bits of SHA-256 as decimal text, never '0': that means "no id" (lib/event.ts). */
export function hash64(text: string): string {
  return firstBits(hash('sha256', text, 'buffer'))
}

/**
 * First 64 bits of HMAC-SHA-256 as decimal text, never '0'. Among 10 million visitors of one day
 * two meet with a chance of 1 in 370,000.
 */
export function keyedHash64(key: Uint8Array, text: string): string {
  return firstBits(createHmac('sha256', key).update(text).digest())
}

function firstBits(digest: Buffer): string {
  return (digest.readBigUInt64BE(0) || 1n).toString()
}
