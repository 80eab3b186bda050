import { Type, type Static } from 'typebox'
import { DateRange, Filters } from './query.ts'

/** Most names of each kind in an answer. */
export const NAMES_LISTED = { most: 1000, usual: 100 } as const

/** `POST /api/v2/names`: the names that a site gives, of its custom properties and of its events. They are in no other list. */
export const NamesBody = Type.Object(
  {
    site_id: Type.String({ description: 'Domain of the site' }),
    date_range: DateRange,
    filters: Type.Optional(Filters),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: NAMES_LISTED.most, default: NAMES_LISTED.usual, description: 'Most names of each kind' }),
    ),
  },
  { additionalProperties: false, $id: 'NamesBody' },
)
export type NamesBody = Static<typeof NamesBody>

export const NamedCount = Type.Object({
  name: Type.String(),
  events: Type.Integer({ description: 'Page views and custom events; pings are not counted' }),
  visitors: Type.Integer({ description: 'Visitors of these events' }),
})
export type NamedCount = Static<typeof NamedCount>

const Named = (description: string) =>
  Type.Array(NamedCount, { description: `${description}; most visitors first, then most events, then by name` })

export const NamesResult = Type.Object(
  {
    properties: Named('Custom properties that events carry, asked for as event:props:NAME'),
    events: Named('Names of events, pageview among them'),
    meta: Type.Object({
      properties_cut: Type.Boolean({ description: 'There are more properties than limit' }),
      events_cut: Type.Boolean({ description: 'There are more names of events than limit' }),
    }),
    query: Type.Object({
      site_id: Type.String(),
      date_range: Type.Tuple([Type.String(), Type.String()]),
      filters: Type.Array(Type.Unknown()),
      limit: Type.Integer(),
    }),
  },
  { $id: 'NamesResult' },
)
export type NamesResult = Static<typeof NamesResult>
