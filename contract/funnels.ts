import { Type, type Static } from 'typebox'
import { FUNNEL_STEPS, FUNNEL_WINDOW } from './funnel-bounds.ts'
import { DateRange, Filters } from './query.ts'
import { Domain } from './sites.ts'

export { FUNNEL_STEPS, FUNNEL_WINDOW }

const Steps = Type.Array(Type.String({ minLength: 1, maxLength: 255 }), {
  minItems: FUNNEL_STEPS.least,
  maxItems: FUNNEL_STEPS.most,
  uniqueItems: true,
  description: 'Display names of goals, in their order; each once',
})
const Window = Type.Integer({
  minimum: FUNNEL_WINDOW.least,
  maximum: FUNNEL_WINDOW.most,
  description: 'Seconds that may pass from the first step to the last, both included. Default: a day',
})

/** A stored funnel. */
export const Funnel = Type.Object({ id: Type.Integer(), name: Type.String(), steps: Steps, window_seconds: Window }, { $id: 'Funnel' })
export type Funnel = Static<typeof Funnel>
export const FunnelList = Type.Object({ funnels: Type.Array(Funnel) }, { $id: 'FunnelList' })

export const NewFunnel = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 255 }), steps: Steps, window_seconds: Type.Optional(Window) },
  { additionalProperties: false, $id: 'NewFunnel' },
)
export type NewFunnel = Static<typeof NewFunnel>

/** `PUT /api/v1/sites/DOMAIN/funnels/ID`: changes what it names; its id stays, and with it every address that shows it. */
export const FunnelPatch = Type.Partial(NewFunnel, { additionalProperties: false, minProperties: 1, $id: 'FunnelPatch' })
export type FunnelPatch = Static<typeof FunnelPatch>

/** `POST /api/v2/funnel`: a stored funnel by its id, or steps of its own. */
export const FunnelBody = Type.Object(
  {
    site_id: Domain,
    funnel: Type.Optional(Type.Integer({ minimum: 1, description: 'Id of a stored funnel' })),
    steps: Type.Optional(Steps),
    window_seconds: Type.Optional(Window),
    date_range: DateRange,
    filters: Type.Optional(Filters),
    dimension: Type.Optional(
      Type.String({ maxLength: 320, description: 'visit:source, visit:country, event:props:NAME …: one funnel for each value' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Most values of the dimension. Default: 100' })),
  },
  { additionalProperties: false, $id: 'FunnelBody' },
)
export type FunnelBody = Static<typeof FunnelBody>

const Percent = (description: string) => Type.Number({ description: `Percent, two decimals: ${description}` })

const FunnelStep = Type.Object({
  label: Type.String(),
  visitors: Type.Integer({ description: 'Visitors that came as far as this step' }),
  conversion_rate: Percent('of the visitors who entered'),
  conversion_rate_step: Percent('of the visitors of the step before; 0 for the first'),
  dropoff: Type.Integer({ description: 'Visitors of the step before that did not come this far; 0 for the first' }),
  dropoff_percentage: Percent('of the visitors of the step before; 0 for the first'),
})

const FunnelNumbers = Type.Object({
  all_visitors: Type.Integer({ description: 'Everybody with an event in the range, under the filters' }),
  entering_visitors: Type.Integer(),
  entering_visitors_percentage: Percent('of all visitors'),
  never_entering_visitors: Type.Integer(),
  never_entering_visitors_percentage: Percent('of all visitors'),
  steps: Type.Array(FunnelStep),
})
export type FunnelNumbers = Static<typeof FunnelNumbers>

export const FunnelResult = Type.Object(
  {
    ...FunnelNumbers.properties,
    by_dimension: Type.Optional(Type.Array(Type.Object({ value: Type.String(), ...FunnelNumbers.properties }))),
    query: Type.Object({
      site_id: Type.String(),
      date_range: Type.Tuple([Type.String(), Type.String()]),
      filters: Type.Array(Type.Unknown()),
      steps: Type.Array(Type.String()),
      window_seconds: Type.Integer(),
      dimension: Type.Optional(Type.String()),
    }),
  },
  { $id: 'FunnelResult' },
)
export type FunnelResult = Static<typeof FunnelResult>
