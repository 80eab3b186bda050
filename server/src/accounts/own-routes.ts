import { Account, OwnPatch } from '@footfall/contract/accounts.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Cache } from '../cache/cache.ts'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { AccountGate } from './gate.ts'
import { countAttempt, forgiveAttempts } from './limits.ts'
import { SESSION_COOKIE, type Sessions } from './sessions.ts'
import { type Accounts, authenticate } from './users.ts'
import { changeUser } from './user-list.ts'

/** What people do with their own account, whatever their role. */
export function ownRoutes(app: App, parts: Accounts & { gate: AccountGate; cache: Cache; sessions: Sessions }): void {
  const { database, gate, cache, sessions } = parts
  const tags = ['account']

  async function person(request: FastifyRequest): Promise<{ user: number; email: string }> {
    const principal = await gate.require(request, 'stats')
    if (principal.kind !== 'user') throw new AppError('forbidden', 'A key has no account; sign in.')
    return principal
  }

  app.put(ROUTES.account, { schema: { body: OwnPatch, response: { 200: Account }, tags } }, async (request) => {
    const { user, email } = await person(request)
    const { current_password: current, ...patch } = request.body
    // A session that was left open must not be enough to guess the password.
    await countAttempt(cache, 'email', email)
    if (!(await authenticate(database, email, current))) throw new AppError('unauthorized', 'The current password is not right.')
    await forgiveAttempts(cache, email)
    const changed = await changeUser(database, user, patch)
    if (patch.password !== undefined) await sessions.endAll(user, request.cookies[SESSION_COOKIE])
    return changed
  })

  app.delete(
    ROUTES.sessions,
    { schema: { summary: 'Signs out everywhere, here too', response: { 204: Type.Null() }, tags } },
    async (request, reply) => {
      await sessions.endAll((await person(request)).user)
      return reply.status(204).send(null)
    },
  )
}
