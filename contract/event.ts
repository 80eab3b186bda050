import { Type, type Static } from 'typebox'

/** Limits of one event. Beyond them it is refused with 400 or, where marked, cut. */
export const EVENT_LIMITS = {
  bodyBytes: 16_384,
  urlBytes: 2_000,
  nameChars: 120,
  /** Longer referrers are cut, as browsers may send any length. */
  referrerChars: 2_000,
  /** Longer titles are cut. */
  titleChars: 500,
  props: 30,
  propKeyBytes: 300,
  propValueBytes: 2_000,
  idChars: 64,
  /** Of the id of a user, and of what a page says of the user. */
  userChars: 200,
  traits: 20,
  traitKeyChars: 60,
  traitValueChars: 200,
  /** Sites that one body may name. */
  domains: 20,
  /** An event older than this is dropped: its salt and its visit are gone. */
  maxAgeSeconds: 48 * 3600,
  engagementMs: 30 * 24 * 3600 * 1000,
} as const

const Loose = Type.Unknown()

/**
 * Body of `POST /api/event`: Plausible's Events format, short and long keys, plus our `id`, `t` and `s`.
 * Types are loose on purpose where Plausible's collector forgives (a number as name, props as JSON text):
 * `collect/parse.ts` says in words what is wrong with each field. Source: shared field notes 3.1.
 */
export const EventBody = Type.Object(
  {
    n: Type.Optional(Loose),
    name: Type.Optional(
      Type.Union([Type.String(), Type.Integer()], { description: '`pageview`, `engagement` or the name of a custom event' }),
    ),
    u: Type.Optional(Loose),
    url: Type.Optional(Type.String({ description: 'Full address of the page' })),
    d: Type.Optional(Loose),
    domain: Type.Optional(Type.String({ description: 'Site; a comma list counts for several. Default: host of the url' })),
    r: Type.Optional(Loose),
    referrer: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    dt: Type.Optional(Loose),
    title: Type.Optional(Type.String({ description: 'Title of the page' })),
    w: Type.Optional(Loose),
    screen_width: Type.Optional(Type.Number({ description: 'Width of the window (or screen), CSS pixels: only its class is kept' })),
    p: Type.Optional(Loose),
    m: Type.Optional(Loose),
    meta: Type.Optional(Loose),
    props: Type.Optional(Type.Record(Type.String(), Loose, { description: 'Custom properties: scalars, at most 30' })),
    $: Type.Optional(Loose),
    revenue: Type.Optional(Type.Object({ amount: Type.Union([Type.String(), Type.Number()]), currency: Type.String() })),
    i: Type.Optional(Loose),
    interactive: Type.Optional(Type.Boolean({ description: 'false: the event does not cancel a bounce' })),
    h: Type.Optional(Loose),
    hashMode: Type.Optional(Loose),
    e: Type.Optional(Type.Integer({ description: 'Engagement time in milliseconds' })),
    sd: Type.Optional(Type.Integer({ description: 'Largest scroll depth, percent' })),
    id: Type.Optional(Type.String({ maxLength: 64, description: 'Unique id of the event: a retry with the same id counts once' })),
    t: Type.Optional(
      Type.Number({ description: 'When it happened, milliseconds of the client clock. Without `s` it is taken as the time of the server' }),
    ),
    s: Type.Optional(Type.Number({ description: 'When this request was sent, milliseconds of the client clock' })),
    uid: Type.Optional(
      Type.Union([Type.String({ maxLength: 200 }), Type.Integer(), Type.Null()], {
        description: 'Who visits, in the words of the site. Ignored unless the site has the option `identify`; stored as a keyed hash',
      }),
    ),
    traits: Type.Optional(
      Type.Record(Type.String(), Loose, { description: 'What the site says of this user, in clear: at most 20 scalars. The latest hold' }),
    ),
    v: Type.Optional(Type.Number({ description: 'Version of the tracker' })),
  },
  { additionalProperties: true, $id: 'EventBody' },
)
export type EventBody = Static<typeof EventBody>

/** 400 of the collector and of the APIs: what is wrong, by field. */
export const FieldErrors = Type.Object({ errors: Type.Record(Type.String(), Type.Array(Type.String())) }, { $id: 'FieldErrors' })
export type FieldErrors = Static<typeof FieldErrors>

/** Response headers of the collector. */
export const DROPPED_HEADER = 'x-footfall-dropped'
export const PLAUSIBLE_DROPPED_HEADER = 'x-plausible-dropped'
