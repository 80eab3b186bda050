import { Type, type Static } from 'typebox'
import { VisitEvent } from './visits.ts'

export const RealtimeAsked = Type.Object({ site_id: Type.String({ maxLength: 300, description: 'Domain of the site' }) })

/** `GET /api/v1/stats/realtime/visitors`: a number, as in Plausible's API. */
export const RealtimeVisitors = Type.Integer({ description: 'Visitors of the last five minutes' })

/** `GET /api/v1/stats/realtime`, and every message of its stream: what happens on a site right now. */
export const Realtime = Type.Object(
  {
    visitors: Type.Integer({ description: 'Visitors of the last five minutes' }),
    minutes: Type.Array(Type.Object({ time: Type.String(), visitors: Type.Integer(), pageviews: Type.Integer() }), {
      description: 'The last 30 minutes, the oldest first; the last one is still running',
    }),
    pages: Type.Array(Type.Object({ page: Type.String(), visitors: Type.Integer() }), {
      description: 'The most visited pages of the last 30 minutes, like the two lists that follow',
    }),
    sources: Type.Array(Type.Object({ source: Type.String(), visitors: Type.Integer() })),
    countries: Type.Array(Type.Object({ country: Type.String(), visitors: Type.Integer() })),
    events: Type.Array(
      Type.Object({
        time: Type.String(),
        name: Type.String(),
        page: Type.String(),
        props: VisitEvent.properties.props,
        source: Type.String(),
        country: Type.String(),
        browser: Type.String(),
        device: Type.String(),
      }),
      { description: 'The newest page views and custom events of the last 30 minutes, the newest first' },
    ),
  },
  { $id: 'Realtime' },
)
export type Realtime = Static<typeof Realtime>
