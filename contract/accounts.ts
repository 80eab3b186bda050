import { Type, type Static } from 'typebox'

export const KEY_SCOPES = ['stats', 'sites', 'import', 'events'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' })
/** Length, not rules about signs: NIST SP 800-63B. The upper bound keeps hashing cheap. */
const Password = Type.String({ minLength: 8, maxLength: 200 })

/** What people may do: everything; change sites, goals and what is kept beside them; or only look. */
export const ROLES = ['admin', 'editor', 'viewer'] as const
export type Role = (typeof ROLES)[number]
const AnyRole = Type.Enum(ROLES, { description: 'admin: everything. editor: sites, goals, imports, links. viewer: statistics only' })

export const Credentials = Type.Object({ email: Email, password: Password }, { additionalProperties: false, $id: 'Credentials' })
export type Credentials = Static<typeof Credentials>

/** `GET /api/session`: who is looking, and whether this installation still waits for its first account. */
export const SessionState = Type.Object(
  {
    first_run: Type.Boolean(),
    user: Type.Union([Type.Object({ id: Type.Integer(), email: Type.String(), role: Type.String() }), Type.Null()]),
  },
  { $id: 'SessionState' },
)
export type SessionState = Static<typeof SessionState>

export const NewKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    scopes: Type.Array(Type.Enum(KEY_SCOPES), { minItems: 1, uniqueItems: true }),
  },
  { additionalProperties: false, $id: 'NewKey' },
)
export type NewKey = Static<typeof NewKey>

/** An API key as listed; the key itself is shown once, when it is made. */
export const Key = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    scopes: Type.Array(Type.String()),
    prefix: Type.String({ description: 'First characters, to tell keys apart' }),
    created_at: Type.String(),
    last_used_at: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'Key' },
)
export type Key = Static<typeof Key>

export const KeyList = Type.Object({ keys: Type.Array(Key) }, { $id: 'KeyList' })

/** Answer to `POST /api/keys`: the only time the key itself is told. */
export const MadeKey = Type.Object({ ...Key.properties, key: Type.String({ description: 'Shown once' }) }, { $id: 'MadeKey' })
export type MadeKey = Static<typeof MadeKey>

/** Somebody who may sign in. */
export const Account = Type.Object(
  { id: Type.Integer(), email: Type.String(), role: Type.String(), created_at: Type.String({ format: 'date-time' }) },
  { $id: 'Account' },
)
export type Account = Static<typeof Account>

export const AccountList = Type.Object({ users: Type.Array(Account) }, { $id: 'AccountList' })

/** `POST /api/users`. */
export const NewAccount = Type.Object(
  { email: Email, password: Password, role: AnyRole },
  { additionalProperties: false, $id: 'NewAccount' },
)
export type NewAccount = Static<typeof NewAccount>

/** `PUT /api/users/ID`: another role, or a new password for somebody who forgot theirs; both sign them out everywhere. */
export const AccountPatch = Type.Object(
  { role: Type.Optional(AnyRole), password: Type.Optional(Password) },
  { additionalProperties: false, minProperties: 1, $id: 'AccountPatch' },
)
export type AccountPatch = Static<typeof AccountPatch>

/** `PUT /api/account`: one's own email or password. A new password ends all other sessions. */
export const OwnPatch = Type.Object(
  {
    current_password: Type.String({ minLength: 1, maxLength: 200 }),
    email: Type.Optional(Email),
    password: Type.Optional(Password),
  },
  { additionalProperties: false, minProperties: 2, $id: 'OwnPatch' },
)
export type OwnPatch = Static<typeof OwnPatch>
