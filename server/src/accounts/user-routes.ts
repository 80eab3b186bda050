import { Account, AccountList, AccountPatch, NewAccount } from '@footfall/contract/accounts.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { Type } from 'typebox'
import type { App } from '../lib/app.ts'
import type { AccountGate } from './gate.ts'
import type { Sessions } from './sessions.ts'
import { changeRole, changeUser, listUsers, removeUser } from './user-list.ts'
import { type Accounts, addUser } from './users.ts'

const One = Type.Object({ user: Type.String({ pattern: '^[0-9]{1,15}$' }) })
const tags = ['account']

/** Who may sign in, and as what. For administrators. */
export function userRoutes(app: App, parts: Accounts & { gate: AccountGate; sessions: Sessions }): void {
  const { database, gate, sessions } = parts

  app.get(ROUTES.users, { schema: { response: { 200: AccountList }, tags } }, async (request) => {
    await gate.admin(request)
    return { users: await listUsers(database) }
  })

  app.post(ROUTES.users, { schema: { body: NewAccount, response: { 201: Account }, tags } }, async (request, reply) => {
    await gate.admin(request)
    const { email, password, role } = request.body
    const { id } = await addUser(parts, email, password, role)
    return reply.status(201).send(await changeUser(database, id, {}))
  })

  app.put(ROUTES.user, { schema: { params: One, body: AccountPatch, response: { 200: Account }, tags } }, async (request) => {
    await gate.admin(request)
    const id = Number(request.params.user)
    const { role, password } = request.body
    // Not found is said before anything changes.
    await changeUser(database, id, {})
    if (role !== undefined) await changeRole(database, id, role)
    const changed = await changeUser(database, id, password === undefined ? {} : { password })
    await sessions.endAll(id)
    return changed
  })

  app.delete(ROUTES.user, { schema: { params: One, response: { 204: Type.Null() }, tags } }, async (request, reply) => {
    await gate.admin(request)
    const id = Number(request.params.user)
    await removeUser(database, id)
    gate.left(id)
    return reply.status(204).send(null)
  })
}
