import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, URL-safe. Guessing one is out of reach, so tokens need no slow hash. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored in place of a token: SHA-256, hex. Look-ups by it reveal nothing through their time. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
