import { KEY_SCOPES, type Key, type KeyScope } from '@footfall/contract/accounts.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Clock } from '../seams.ts'
import { hashToken, newToken } from './tokens.ts'

const PREFIX_CHARS = 'ff_'.length + 6

export interface NewApiKey {
  name: string
  scopes: readonly KeyScope[]
  /** Null: made on the command line. */
  user: number | null
  /** Absent: for ever. */
  lifetimeSeconds?: number
}

/** Makes an API key. The key itself is in the answer and nowhere else; only its hash is stored. */
export async function createKey(
  { database, clock = Date.now }: { database: Kysely<Database>; clock?: Clock },
  { name, scopes, user, lifetimeSeconds }: NewApiKey,
): Promise<Key & { key: string }> {
  const key = `ff_${newToken()}`
  const now = Math.floor(clock() / 1000)
  const row = {
    user_id: user,
    name,
    prefix: key.slice(0, PREFIX_CHARS),
    key_hash: hashToken(key),
    scopes: scopes.join(','),
    created_at: now,
    last_used_at: null,
    expires_at: lifetimeSeconds === undefined ? null : now + lifetimeSeconds,
  }
  const { insertId } = await database.insertInto('api_keys').values(row).executeTakeFirstOrThrow()
  return { ...toKey({ ...row, id: Number(insertId) }), key }
}

/** Keys that people made, newest first; those that a command made for itself come and go unseen. */
export async function listKeys(database: Kysely<Database>): Promise<Key[]> {
  const rows = await database.selectFrom('api_keys').selectAll().where('expires_at', 'is', null).orderBy('id', 'desc').limit(1000).execute()
  return rows.map(toKey)
}

/** Revokes a key; false where there is none with this id. */
export async function deleteKey(database: Kysely<Database>, id: number): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('api_keys').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Scopes of a stored key; a name this version does not know grants nothing. */
export function readScopes(text: string): KeyScope[] {
  const given = text.split(',')
  return KEY_SCOPES.filter((scope) => given.includes(scope))
}

interface Row {
  id: number
  name: string
  prefix: string
  scopes: string
  created_at: number
  last_used_at: number | null
}

function toKey({ id, name, prefix, scopes, created_at, last_used_at }: Row): Key {
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
  return {
    id,
    name,
    scopes: readScopes(scopes),
    prefix,
    created_at: iso(created_at),
    last_used_at: last_used_at === null ? null : iso(last_used_at),
  }
}
