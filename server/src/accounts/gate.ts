import { KEY_SCOPES, type KeyScope, type Role } from '@footfall/contract/accounts.ts'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { AppError } from '../errors.ts'
import type { Clock, Gate, Principal } from '../seams.ts'
import { readScopes } from './keys.ts'
import { requireOurPages } from './origin.ts'
import { SESSION_COOKIE, createSessions } from './sessions.ts'
import { type Passes, credentialOf, guestOf } from './share-pass.ts'
import { hashToken } from './tokens.ts'

/** A key that was found is believed for so long: a revocation elsewhere is noticed within it. */
const BELIEVED_MILLISECONDS = 10_000
const KEYS_KEPT = 1000
const USE_NOTED_SECONDS = 60

interface Known {
  id: number
  principal: Principal & { kind: 'key' }
  until: number
  lastUsedAt: number
}

/** What each role may do, in the words of keys. What only administrators may, asks for them by name. */
const SCOPES_OF_ROLE: Readonly<Record<string, readonly KeyScope[]>> = {
  admin: KEY_SCOPES,
  editor: ['stats', 'sites', 'import'],
  viewer: ['stats'],
} satisfies Record<Role, readonly KeyScope[]>

/** The gate, and what the routes of keys and users tell it. */
export interface AccountGate extends Gate {
  /** The key was revoked in this process: forget it at once. */
  revoked(key: number): void
  /** The user is gone, and their keys with them. */
  left(user: number): void
}

/**
 * Tells who sent a request: an API key in `Authorization: Bearer`, else the session cookie of the dashboard.
 *
 * @param parts.baseUrl public address; requests that change something with the cookie must come from it
 */
export function createGate(parts: { database: Kysely<Database>; clock: Clock; baseUrl: string; passes: Passes }): AccountGate {
  const { database, clock, baseUrl, passes } = parts
  const sessions = createSessions(parts)
  const known = new Map<string, Known>()

  async function findKey(hash: string): Promise<Known | undefined> {
    const now = clock()
    const seen = known.get(hash)
    if (seen && seen.until > now) return seen
    known.delete(hash)
    const row = await database.selectFrom('api_keys').selectAll().where('key_hash', '=', hash).executeTakeFirst()
    const expiresAt = row?.expires_at == null ? Infinity : row.expires_at * 1000
    if (!row || expiresAt <= now) return undefined
    const principal: Known['principal'] = { kind: 'key', key: row.id, user: row.user_id ?? 0, scopes: readScopes(row.scopes) }
    const found = { id: row.id, principal, until: Math.min(now + BELIEVED_MILLISECONDS, expiresAt), lastUsedAt: row.last_used_at ?? 0 }
    known.set(hash, found)
    if (known.size > KEYS_KEPT) known.delete(known.keys().next().value!)
    return found
  }

  async function noteUse(key: Known): Promise<void> {
    const now = Math.floor(clock() / 1000)
    if (now - key.lastUsedAt < USE_NOTED_SECONDS) return
    key.lastUsedAt = now
    await database.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', key.id).execute()
  }

  async function who(request: FastifyRequest): Promise<Principal | null> {
    if (credentialOf(request) !== undefined) return null
    const bearer = /^Bearer +(\S{1,200}) *$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer !== undefined) {
      const key = await findKey(hashToken(bearer))
      if (key) await noteUse(key)
      return key?.principal ?? null
    }
    const token = request.cookies[SESSION_COOKIE]
    const user = token ? await sessions.find(token) : null
    if (!user) return null
    requireOurPages(request, baseUrl)
    return { kind: 'user', user: user.id, email: user.email, role: user.role }
  }

  async function require(request: FastifyRequest, scope: KeyScope): Promise<Principal> {
    const principal = await who(request)
    if (!principal) throw refusal(request)
    if (principal.kind === 'key' && !principal.scopes.includes(scope)) {
      throw new AppError('forbidden', `This needs a key with the scope ${scope}; yours has ${principal.scopes.join(', ') || 'none'}.`)
    }
    if (principal.kind === 'user' && !SCOPES_OF_ROLE[principal.role]?.includes(scope)) {
      throw new AppError('forbidden', `Your role, ${principal.role}, does not allow this. Ask an administrator.`)
    }
    return principal
  }

  return {
    who,
    require,
    async admin(request) {
      const principal = await who(request)
      if (!principal) throw refusal(request)
      if (principal.kind === 'key')
        throw new AppError('forbidden', 'This is for people: in the dashboard or on the command line, not with a key.')
      if (principal.role !== 'admin') throw new AppError('forbidden', 'This is for administrators.')
      return principal
    },
    async reader(request) {
      const credential = credentialOf(request)
      if (credential === undefined) return require(request, 'stats')
      const shown = await passes.read(credential)
      if (!shown) throw new AppError('unauthorized', 'Nothing is shared here, or not any more.')
      if (!shown.open) throw new AppError('unauthorized', 'This link asks for its password.')
      return guestOf(shown.share)
    },
    revoked(id) {
      for (const [hash, key] of known) if (key.id === id) known.delete(hash)
    },
    left(user) {
      for (const [hash, { principal }] of known) if (principal.user === user) known.delete(hash)
    },
  }
}

/** Why a request without a principal is refused. */
function refusal(request: FastifyRequest): AppError {
  if (credentialOf(request) !== undefined) return new AppError('forbidden', 'A shared dashboard shows statistics, and changes nothing.')
  const sent = request.headers.authorization !== undefined
  const sentence = sent ? 'The API key is not known, or was revoked.' : 'Sign in, or send an API key as "Authorization: Bearer KEY".'
  return new AppError('unauthorized', sentence)
}
