import { Type, type Static } from 'typebox'
import { Domain } from './sites.ts'

/**
 * Dashboards for people without an account. A *credential* opens one site for reading: the token of a link, the pass that its password
 * was exchanged for, or the domain of a public site. It travels as `Authorization: Share CREDENTIAL`, or as `?share=CREDENTIAL` where
 * a browser cannot set a header (EventSource).
 */

const Name = Type.String({ minLength: 1, maxLength: 255 })
const Password = Type.String({ minLength: 8, maxLength: 200 })

/** Where a page may frame the dashboard of a link with `?embed=true`. */
const EmbedOrigins = Type.Union(
  [
    Type.Array(
      Type.String({ maxLength: 260, pattern: '^https?://(\\*\\.)?[A-Za-z0-9.-]+(:\\d{1,5})?$', examples: ['https://example.com'] }),
      {
        maxItems: 50,
      },
    ),
    Type.Null(),
  ],
  { description: 'Origins whose pages may embed it; [] is none, null (the default) is every page' },
)
const SegmentId = Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
  description: 'Only what this segment lets through; null is everything',
})

/** `POST /api/v1/sites/DOMAIN/shared-links`. */
export const NewLink = Type.Object(
  {
    name: Name,
    password: Type.Optional(Password),
    segment: Type.Optional(SegmentId),
    embed_origins: Type.Optional(EmbedOrigins),
  },
  { additionalProperties: false, $id: 'NewLink' },
)
export type NewLink = Static<typeof NewLink>

/** `PUT /api/v1/sites/DOMAIN/shared-links/ID`: changes what it names; `password` null takes the password away. */
export const LinkPatch = Type.Object(
  {
    name: Type.Optional(Name),
    password: Type.Optional(Type.Union([Password, Type.Null()])),
    segment: Type.Optional(SegmentId),
    embed_origins: Type.Optional(EmbedOrigins),
  },
  { additionalProperties: false, minProperties: 1, $id: 'LinkPatch' },
)
export type LinkPatch = Static<typeof LinkPatch>

export const Link = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    url: Type.String(),
    password: Type.Boolean({ description: 'Whether it asks for one' }),
    segment: Type.Union([Type.Integer(), Type.Null()]),
    embed_origins: Type.Union([Type.Array(Type.String()), Type.Null()]),
    created_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'Link' },
)
export type Link = Static<typeof Link>

export const LinkList = Type.Object({ links: Type.Array(Link) }, { $id: 'LinkList' })

/** `GET /api/share/CREDENTIAL`: what the page at `/share/TOKEN` must know before it asks for statistics. */
export const SharedDashboard = Type.Object(
  {
    needs_password: Type.Boolean({ description: 'true: exchange the password for a pass first' }),
    site: Type.Union([Type.Object({ domain: Domain, timezone: Type.String() }), Type.Null()], {
      description: 'null until the password was given',
    }),
    limited: Type.Boolean({ description: 'Only what a segment lets through is counted' }),
    embed: Type.Boolean({ description: 'Some page of another site may embed it' }),
  },
  { $id: 'SharedDashboard' },
)
export type SharedDashboard = Static<typeof SharedDashboard>

/** `POST /api/share/TOKEN`. */
export const SharePassword = Type.Object(
  { password: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false, $id: 'SharePassword' },
)

/** What a password was exchanged for: a credential for a day, or until the password changes. */
export const SharePass = Type.Object({ credential: Type.String(), expires_at: Type.String({ format: 'date-time' }) }, { $id: 'SharePass' })
export type SharePass = Static<typeof SharePass>
