import type { Account, Role } from '@footfall/contract/accounts.ts'
import type { Kysely, Transaction } from 'kysely'
import { isDuplicate } from '../database/duplicate.ts'
import type { Database } from '../database/schema.ts'
import { AppError, invalid } from '../errors.ts'
import { hashPassword } from './password.ts'
import { cleanEmail, credentialErrors } from './users.ts'

/** Everybody who may sign in, in the order in which they came. */
export async function listUsers(database: Kysely<Database>): Promise<Account[]> {
  const rows = await database.selectFrom('users').select(['id', 'email', 'role', 'created_at']).orderBy('id').limit(10_000).execute()
  return rows.map(({ created_at: at, ...row }) => ({ ...row, created_at: new Date(at * 1000).toISOString() }))
}

const nobody = (id: number) => new AppError('not_found', `There is no user ${id}.`)

/**
 * Does something after which there may be one administrator less.
 *
 * Two who take each other's role at the same moment must not both find that one is left: the update, which changes nothing, makes the
 * second wait for the first (a write lock in SQLite, locks of these rows in MySQL), and only then is counted.
 *
 * @throws AppError conflict where nobody would be left to administer
 */
async function keepingAnAdmin(
  database: Kysely<Database>,
  user: number,
  work: (trx: Transaction<Database>) => Promise<void>,
): Promise<void> {
  await database.transaction().execute(async (trx) => {
    await trx.updateTable('users').set({ role: 'admin' }).where('role', '=', 'admin').execute()
    const admins = await trx.selectFrom('users').select('id').where('role', '=', 'admin').execute()
    if (admins.length === 1 && admins[0]!.id === user)
      throw new AppError('conflict', 'This is the last administrator. Make somebody else one first.')
    await work(trx)
  })
}

/** Removes a user with their sessions and API keys. @throws AppError not_found, conflict for the last administrator */
export async function removeUser(database: Kysely<Database>, id: number): Promise<void> {
  await keepingAnAdmin(database, id, async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom('users').where('id', '=', id).executeTakeFirst()
    if (numDeletedRows === 0n) throw nobody(id)
  })
}

/** Gives a user another role. @throws AppError not_found, conflict for the last administrator */
export async function changeRole(database: Kysely<Database>, id: number, role: Role): Promise<void> {
  const set = async (db: Kysely<Database>) => void (await db.updateTable('users').set({ role }).where('id', '=', id).execute())
  await (role === 'admin' ? set(database) : keepingAnAdmin(database, id, set))
}

/** Changes email or password. @throws AppError not_found, invalid_request, conflict where the email is taken */
export async function changeUser(
  database: Kysely<Database>,
  id: number,
  { email: given, password }: { email?: string; password?: string },
): Promise<Account> {
  const email = given === undefined ? undefined : cleanEmail(given)
  const errors = credentialErrors(email ?? 'some@example.com', password ?? 'long enough')
  if (Object.keys(errors).length > 0) throw invalid(errors)
  const changes = { ...(email !== undefined && { email }), ...(password !== undefined && { password_hash: await hashPassword(password) }) }
  if (Object.keys(changes).length > 0) {
    const changed = database.updateTable('users').set(changes).where('id', '=', id).execute()
    await changed.catch((error) => {
      throw isDuplicate(error) ? new AppError('conflict', `There is an account for ${email} already.`) : error
    })
  }
  const found = (await listUsers(database)).find((user) => user.id === id)
  if (!found) throw nobody(id)
  return found
}
