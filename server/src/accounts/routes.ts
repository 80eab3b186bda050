import { Credentials, SessionState } from '@footfall/contract/accounts.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../database/schema.ts'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Clock } from '../seams.ts'
import type { AccountGate } from './gate.ts'
import { keyRoutes } from './key-routes.ts'
import { countAttempt, forgiveAttempts } from './limits.ts'
import { requireOurPages } from './origin.ts'
import { type ShareParts, shareRoutes } from './share-routes.ts'
import { SESSION_COOKIE, cookieOptions, createSessions } from './sessions.ts'
import { ownRoutes } from './own-routes.ts'
import { userRoutes } from './user-routes.ts'
import { addFirstUser, anyUser, authenticate, cleanEmail, type User } from './users.ts'

export interface AccountParts extends ShareParts {
  database: Kysely<Database>
  gate: AccountGate
  clock: Clock
  baseUrl: string
}

/** First run, signing in and out, and API keys. */
export function accountRoutes(app: App, parts: AccountParts): void {
  const { database, cache, baseUrl, address } = parts
  const sessions = createSessions(parts)
  const cookie = cookieOptions(baseUrl)

  async function signIn(reply: FastifyReply, user: User): Promise<SessionState> {
    void reply.setCookie(SESSION_COOKIE, await sessions.start(user.id), cookie)
    return { first_run: false, user }
  }

  app.get(ROUTES.session, { schema: { response: { 200: SessionState }, tags: ['account'] } }, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    const token = request.cookies[SESSION_COOKIE]
    const user = token ? await sessions.find(token) : null
    if (token && user && (await sessions.prolong(token))) void reply.setCookie(SESSION_COOKIE, token, cookie)
    return { first_run: user === null && !(await anyUser(database)), user }
  })

  app.post(
    ROUTES.session,
    { schema: { body: Credentials, response: { 200: SessionState }, tags: ['account'] } },
    async (request, reply) => {
      requireOurPages(request, baseUrl, true)
      const email = cleanEmail(request.body.email)
      await countAttempt(cache, 'address', address(request))
      await countAttempt(cache, 'email', email)
      const user = await authenticate(database, email, request.body.password)
      if (!user) throw new AppError('unauthorized', 'The email or the password is not right.')
      await forgiveAttempts(cache, email)
      return signIn(reply, user)
    },
  )

  app.delete(ROUTES.session, { schema: { response: { 204: Type.Null() }, tags: ['account'] } }, async (request, reply) => {
    requireOurPages(request, baseUrl)
    const token = request.cookies[SESSION_COOKIE]
    if (token) await sessions.end(token)
    return reply.clearCookie(SESSION_COOKIE, cookie).status(204).send(null)
  })

  app.post(ROUTES.setup, { schema: { body: Credentials, response: { 201: SessionState }, tags: ['account'] } }, async (request, reply) => {
    requireOurPages(request, baseUrl, true)
    await countAttempt(cache, 'address', address(request))
    const user = await addFirstUser(parts, request.body.email, request.body.password)
    return reply.status(201).send(await signIn(reply, user))
  })

  keyRoutes(app, parts)
  userRoutes(app, { ...parts, sessions })
  ownRoutes(app, { ...parts, sessions })
  shareRoutes(app, parts)
}
