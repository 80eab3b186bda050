import type { CookieSerializeOptions } from '@fastify/cookie'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Clock } from '../seams.ts'
import { hashToken, newToken } from './tokens.ts'
import type { User } from './users.ts'

export const SESSION_COOKIE = 'footfall_session'
/** A session ends this long after it was last prolonged. */
export const SESSION_SECONDS = 30 * 24 * 3600
/** Prolonging writes to the database: once a day is enough. */
const PROLONG_AFTER_SECONDS = 24 * 3600

export interface Sessions {
  /** Starts a session and returns what the cookie holds; only its hash is stored. */
  start(user: number): Promise<string>
  find(token: string): Promise<User | null>
  /** Gives the session its full time again; answers whether it was due, so that the cookie is sent anew. */
  prolong(token: string): Promise<boolean>
  end(token: string): Promise<void>
  /** Ends every session of a user, but for one where its token is given. */
  endAll(user: number, except?: string): Promise<void>
}

/** Sessions of the dashboard in the database. */
export function createSessions({ database, clock }: { database: Kysely<Database>; clock: Clock }): Sessions {
  const seconds = () => Math.floor(clock() / 1000)
  return {
    async start(user) {
      const token = newToken()
      const now = seconds()
      await database.deleteFrom('login_sessions').where('expires_at', '<=', now).execute()
      const row = { token_hash: hashToken(token), user_id: user, created_at: now, expires_at: now + SESSION_SECONDS }
      await database.insertInto('login_sessions').values(row).execute()
      return token
    },
    async find(token) {
      const user = await database
        .selectFrom('login_sessions')
        .innerJoin('users', 'users.id', 'login_sessions.user_id')
        .select(['users.id', 'users.email', 'users.role'])
        .where('token_hash', '=', hashToken(token))
        .where('expires_at', '>', seconds())
        .executeTakeFirst()
      return user ?? null
    },
    async prolong(token) {
      const now = seconds()
      const result = await database
        .updateTable('login_sessions')
        .set({ expires_at: now + SESSION_SECONDS })
        .where('token_hash', '=', hashToken(token))
        .where('expires_at', '>', now)
        .where('expires_at', '<=', now + SESSION_SECONDS - PROLONG_AFTER_SECONDS)
        .executeTakeFirst()
      return result.numUpdatedRows > 0n
    },
    async end(token) {
      await database.deleteFrom('login_sessions').where('token_hash', '=', hashToken(token)).execute()
    },
    async endAll(user, except) {
      const all = database.deleteFrom('login_sessions').where('user_id', '=', user)
      await (except === undefined ? all : all.where('token_hash', '!=', hashToken(except))).execute()
    },
  }
}

/** How the cookie is set: out of reach of scripts and of other sites, and only for our part of the host. */
export function cookieOptions(baseUrl: string): CookieSerializeOptions {
  const { protocol, pathname } = new URL(baseUrl)
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: protocol === 'https:',
    path: pathname.replace(/\/+$/, '') || '/',
    maxAge: SESSION_SECONDS,
  }
}
