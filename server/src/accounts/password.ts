import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '../errors.ts'

/** argon2id with 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. About 30 ms of one core. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** No password has this hash. Checked for unknown emails, so that the time of an answer does not tell which exist. */
const NOBODY = phc(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES))

/** Hashes a password. Out comes a PHC string (salt and cost inside), at most 255 characters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return phc(COST, salt, await derive(password, salt, COST, HASH_BYTES))
}

/** Whether the password belongs to the hash; `null` (no such account) takes as long and is false. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt, expected] = PHC.exec(hash ?? NOBODY) ?? []
  if (!salt || !expected) throw new Error('A stored password hash is not argon2id in PHC form.')
  const wanted = Buffer.from(expected, 'base64')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), cost, wanted.length), wanted) && hash !== null
}

function phc(cost: typeof COST, salt: Buffer, hash: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(salt)}$${text(hash)}`
}

/**
 * One hash at a time: Node computes them in the four threads that also sync the journal to disk, and an attack on the
 * sign-in page must not hold up events. Who comes while twenty wait is asked to come again.
 */
const WAITING_MAX = 20
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

async function derive(password: string, nonce: Buffer, cost: typeof COST, tagLength: number): Promise<Buffer> {
  if (waiting >= WAITING_MAX) {
    throw new AppError('unavailable', 'Too many people sign in at this moment. Try again in a few seconds.', { retryAfter: 3 })
  }
  waiting += 1
  // The same letters may arrive composed or decomposed, by keyboard and system (NIST SP 800-63B 5.1.1.2).
  const message = password.normalize('NFKC')
  const mine = last.then(() => promisify(argon2)('argon2id', { message, nonce, tagLength, ...cost }))
  last = mine.catch(() => undefined).finally(() => (waiting -= 1))
  return mine
}
