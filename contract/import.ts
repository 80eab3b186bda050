import { Type, type Static } from 'typebox'

/** Bounds of an import. The stream itself may have any size. */
export const IMPORT_LIMITS = { lineBytes: 65_536, rejectedListed: 1_000, rejectedShown: 100 } as const

const Text = (description?: string) => Type.Optional(Type.Union([Type.String(), Type.Null()], description ? { description } : {}))

/**
 * One line of `POST /api/v1/sites/DOMAIN/import`: newline-delimited JSON, one event a line.
 * `source` and `channel` are derived from `referrer`, `hostname` and the utm fields when absent; given ones (also "") are kept.
 */
export const ImportLine = Type.Object(
  {
    timestamp: Type.String({ description: 'When it happened, ISO 8601 with an offset or Z' }),
    visitor: Type.String({ minLength: 1, maxLength: 256, description: 'Equal text is the same visitor' }),
    pathname: Type.String({ maxLength: 2000 }),
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'The same id counts once' })),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120, default: 'pageview' })),
    hostname: Text(),
    title: Text('Title of the page'),
    referrer: Text(),
    source: Text(),
    channel: Text(),
    utm_source: Text(),
    utm_medium: Text(),
    utm_campaign: Text(),
    utm_content: Text(),
    utm_term: Text(),
    click_id_param: Text('gclid or msclkid, for the channel'),
    country: Text('ISO 3166-1 alpha-2'),
    region: Text('ISO 3166-2'),
    city: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description: 'GeoNames id' })),
    browser: Text(),
    browser_version: Text(),
    os: Text(),
    os_version: Text(),
    device: Text(),
    screen: Text('Mobile, Tablet, Laptop or Desktop. Default: the device'),
    language: Text(),
    props: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    revenue: Type.Optional(
      Type.Union([Type.Object({ amount: Type.Union([Type.String(), Type.Number()]), currency: Type.String() }), Type.Null()]),
    ),
    engagement_ms: Type.Optional(Type.Integer({ minimum: 0 })),
    scroll_depth: Type.Optional(Type.Integer({ minimum: 0, maximum: 255 })),
    interactive: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, $id: 'ImportLine' },
)
export type ImportLine = Static<typeof ImportLine>

export const ImportResult = Type.Object(
  {
    accepted: Type.Integer(),
    duplicates: Type.Integer(),
    rejected: Type.Array(Type.Object({ line: Type.Integer(), errors: Type.Array(Type.String()) })),
    rejected_total: Type.Integer({ description: 'How many were rejected; `rejected` lists the first of them' }),
  },
  { $id: 'ImportResult' },
)
export type ImportResult = Static<typeof ImportResult>

/** `POST …/import?wait=false` answers as soon as the last line was read; the lines are stored while nobody waits. */
export const ImportAsked = Type.Object({
  wait: Type.Optional(
    Type.Enum(['true', 'false'], { default: 'true', description: 'false: answer 202 when all lines are read, and store them after that' }),
  ),
})
export const ImportBegun = Type.Object({ id: Type.String() }, { $id: 'ImportBegun' })
export type ImportBegun = Static<typeof ImportBegun>

export const IMPORT_STATES = ['reading', 'storing', 'done', 'failed'] as const

/** How an import is doing. An upload that breaks off while it is read has stored nothing. */
export const ImportProgress = Type.Object(
  {
    id: Type.String(),
    state: Type.Enum(IMPORT_STATES),
    started_at: Type.String({ format: 'date-time' }),
    finished_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    read_bytes: Type.Integer(),
    read_lines: Type.Integer({ description: 'Lines that hold an event, or were rejected' }),
    stored_lines: Type.Integer({ description: 'Of those read and not rejected, how many the store has or had before' }),
    accepted: Type.Integer(),
    duplicates: Type.Integer(),
    rejected: Type.Array(Type.Object({ line: Type.Integer(), errors: Type.Array(Type.String()) }), {
      description: `The first of them, at most ${IMPORT_LIMITS.rejectedShown}`,
    }),
    rejected_total: Type.Integer(),
    error: Type.Union([Type.String(), Type.Null()], { description: 'Why it failed' }),
  },
  { $id: 'ImportProgress' },
)
export type ImportProgress = Static<typeof ImportProgress>

/** `GET /api/v1/sites/DOMAIN/imports`: those under way and the last that ended, newest first; of the process that answers, since its start. */
export const ImportList = Type.Object({ imports: Type.Array(ImportProgress) }, { $id: 'ImportList' })
