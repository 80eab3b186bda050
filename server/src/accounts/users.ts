import type { Role } from '@footfall/contract/accounts.ts'
import type { Kysely } from 'kysely'
import type { Clock } from '../seams.ts'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError, StartError, invalid } from '../errors.ts'
import { hashPassword, verifyPassword } from './password.ts'

export interface Accounts {
  database: Kysely<Database>
  clock?: Clock
}

export interface User {
  id: number
  email: string
  role: string
}

/** Auto-increment starts here, on every database. */
const FIRST_ID = 1

export function cleanEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** What is wrong with new credentials, by field; empty when nothing is. Bounds as in contract/accounts.ts. */
export function credentialErrors(email: string, password: string): Record<string, string[]> {
  const errors: Record<string, string[]> = {}
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254)
    errors.email = [`must be an address like me@example.com, not ${JSON.stringify(email.slice(0, 100))}`]
  if (password.length < 8 || password.length > 200) errors.password = [`must have 8 to 200 characters, not ${password.length}`]
  return errors
}

export async function anyUser(database: Kysely<Database>): Promise<boolean> {
  return (await database.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}

/**
 * Adds somebody who may sign in.
 *
 * @throws AppError `invalid_request` by field, `conflict` where the email is taken
 */
export async function addUser(
  { database, clock = Date.now }: Accounts,
  email: string,
  password: string,
  role: Role = 'admin',
): Promise<User> {
  return insert(database, clock, email, password, { role })
}

/**
 * The first run: adds an administrator where nobody is yet. Everybody who races for it wants row 1, which one gets.
 *
 * @throws AppError `conflict` where there is an account already
 */
export async function addFirstUser({ database, clock = Date.now }: Accounts, email: string, password: string): Promise<User> {
  const taken = new AppError('conflict', 'This installation has an administrator already. Sign in instead.')
  // Asked first: hashing is the expensive part. Row 1 may be gone while others stand, so asking is not only a shortcut.
  if (await anyUser(database)) throw taken
  try {
    return await insert(database, clock, email, password, { id: FIRST_ID })
  } catch (error) {
    throw error instanceof AppError && error.code === 'conflict' ? taken : error
  }
}

/**
 * The administrator of ADMIN_EMAIL and ADMIN_PASSWORD: added when missing, left alone when there.
 *
 * @returns whether it was added now
 * @throws StartError where one of the two cannot be used
 */
export async function createAdmin({ database, clock = Date.now }: Accounts, email: string, password: string): Promise<boolean> {
  for (const [field, problems] of Object.entries(credentialErrors(cleanEmail(email), password))) {
    throw new StartError(`ADMIN_${field.toUpperCase()} ${problems.join(', ')}.`)
  }
  const there = await database.selectFrom('users').select('id').where('email', '=', cleanEmail(email)).executeTakeFirst()
  if (there) return false
  try {
    await insert(database, clock, email, password)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false
    throw error
  }
}

/** The user with these credentials, or null. Takes the same time for a wrong password as for an unknown email. */
export async function authenticate(database: Kysely<Database>, email: string, password: string): Promise<User | null> {
  const row = await database.selectFrom('users').selectAll().where('email', '=', cleanEmail(email)).executeTakeFirst()
  const right = await verifyPassword(password, row?.password_hash ?? null)
  return right && row ? { id: row.id, email: row.email, role: row.role } : null
}

async function insert(
  database: Kysely<Database>,
  clock: Clock,
  given: string,
  password: string,
  { id, role = 'admin' }: { id?: number; role?: Role } = {},
): Promise<User> {
  const email = cleanEmail(given)
  const errors = credentialErrors(email, password)
  if (Object.keys(errors).length > 0) throw invalid(errors)
  const row = { email, role, password_hash: await hashPassword(password), created_at: Math.floor(clock() / 1000) }
  try {
    const result = await database
      .insertInto('users')
      .values({ ...row, ...(id !== undefined && { id }) })
      .executeTakeFirstOrThrow()
    return { id: Number(result.insertId), email, role }
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('conflict', `There is an account for ${email} already.`)
    throw error
  }
}
