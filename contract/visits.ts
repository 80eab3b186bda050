import { Type, type Static } from 'typebox'
import { VISIT_ATTRIBUTES } from './names.ts'
import { DateRange, Filters } from './query.ts'
import { Domain } from './sites.ts'
import { Traits } from './traits.ts'

const Time = Type.String({ description: 'ISO timestamp with the offset of the site', examples: ['2026-01-31T12:00:00+01:00'] })

/** What a visit fixes with its first event; blank means unknown. */
const attributes = Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, Type.String()])) as Record<
  (typeof VISIT_ATTRIBUTES)[number],
  ReturnType<typeof Type.String>
>

/** One visit as the list shows it. */
export const ListedVisit = Type.Object(
  {
    id: Type.String({ description: 'Names the visit for ever' }),
    visitor: Type.String({ description: 'Pseudonym; another one every day, unless identified' }),
    identified: Type.Boolean({ description: 'Whether the site said who it is' }),
    start: Time,
    end: Time,
    duration: Type.Integer({ description: 'Seconds' }),
    bounce: Type.Boolean(),
    pageviews: Type.Integer(),
    events: Type.Integer({ description: 'Page views and custom events' }),
    entry_page: Type.String(),
    exit_page: Type.String(),
    hostname: Type.String(),
    ...attributes,
  },
  { $id: 'ListedVisit' },
)
export type ListedVisit = Static<typeof ListedVisit>

/** `POST /api/v2/sessions`: visits that overlap the range, the newest first. */
export const VisitsBody = Type.Object(
  {
    site_id: Domain,
    date_range: DateRange,
    filters: Type.Optional(Filters),
    pagination: Type.Optional(
      Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Default: 100' })),
          after: Type.Optional(Type.String({ maxLength: 40, description: '`meta.after` of the page before' })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, $id: 'VisitsBody' },
)
export type VisitsBody = Static<typeof VisitsBody>

export const VisitsResult = Type.Object(
  {
    visits: Type.Array(ListedVisit),
    meta: Type.Object({ after: Type.Union([Type.String(), Type.Null()], { description: 'Asks for the next page; null on the last' }) }),
    query: Type.Object({
      site_id: Type.String(),
      date_range: Type.Tuple([Type.String(), Type.String()]),
      filters: Type.Array(Type.Unknown()),
    }),
  },
  { $id: 'VisitsResult' },
)
export type VisitsResult = Static<typeof VisitsResult>

/** One event of a visit. */
export const VisitEvent = Type.Object(
  {
    time: Time,
    name: Type.String({ description: '`pageview`, `engagement` (a ping of the page) or the name of a custom event' }),
    hostname: Type.String(),
    page: Type.String(),
    props: Type.Record(Type.String(), Type.String()),
    revenue: Type.Union([Type.Object({ value: Type.Number(), currency: Type.String() }), Type.Null()]),
    engagement_ms: Type.Integer(),
    scroll_depth: Type.Union([Type.Integer(), Type.Null()], { description: 'Percent, of pings only' }),
  },
  { $id: 'VisitEvent' },
)
export type VisitEvent = Static<typeof VisitEvent>

export const VisitAsked = Type.Object({ site_id: Type.String({ maxLength: 300 }) })

/** `GET /api/v2/sessions/ID`: the visit and what happened in it, in order, at most 1,000 events. */
export const VisitTimeline = Type.Object(
  {
    visit: ListedVisit,
    traits: Type.Union([Traits, Type.Null()], { description: 'What the site said last of an identified visitor' }),
    events: Type.Array(VisitEvent),
  },
  { $id: 'VisitTimeline' },
)
export type VisitTimeline = Static<typeof VisitTimeline>
