import { Type, type Static } from 'typebox'
import { DateRange, Filters } from './query.ts'

/** Bounds of a question about journeys. More than five steps are as many paths as visits. */
export const JOURNEY_STEPS = { most: 5, usual: 3 } as const
export const JOURNEY_ROWS = { most: 100, usual: 20 } as const

/**
 * `POST /api/v2/journeys`: the pages that visits went through one after another. A journey is the views of pages of one visit within the
 * range, in order of time; the same page twice in a row is one step.
 */
export const JourneysBody = Type.Object(
  {
    site_id: Type.String({ description: 'Domain of the site' }),
    date_range: DateRange,
    filters: Type.Optional(Filters),
    page: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: 'Path from whose first view in a visit journeys are told; without it from the first page (direction next) or the last',
      }),
    ),
    direction: Type.Optional(Type.Enum(['next', 'previous'], { default: 'next', description: 'What came after, or what led there' })),
    steps: Type.Optional(Type.Integer({ minimum: 1, maximum: JOURNEY_STEPS.most, default: JOURNEY_STEPS.usual })),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: JOURNEY_ROWS.most,
        default: JOURNEY_ROWS.usual,
        description: 'Most paths, and most pages and links of each step',
      }),
    ),
  },
  { additionalProperties: false, $id: 'JourneysBody' },
)
export type JourneysBody = Static<typeof JourneysBody>

const Percent = Type.Number({ description: 'Percent of all journeys, two decimals' })

export const JourneysResult = Type.Object(
  {
    paths: Type.Array(
      Type.Object({
        pages: Type.Array(Type.String(), { description: 'From the start on, away from it; at most one more than steps' }),
        visits: Type.Integer(),
        percentage: Percent,
        ended: Type.Boolean({ description: 'The visit has no page beyond these in this direction' }),
      }),
      { description: 'The most frequent whole journeys' },
    ),
    nodes: Type.Array(
      Type.Object({
        id: Type.Integer({ description: 'Number of the node, from 0' }),
        step: Type.Integer({ description: 'Steps away from the start; 0 is the start' }),
        page: Type.String(),
        visits: Type.Integer(),
        percentage: Percent,
        ended: Type.Integer({ description: 'Visits that have no page beyond this one; 0 at the last step, where nobody looked further' }),
      }),
      { description: 'For a Sankey diagram: the most frequent pages of each step' },
    ),
    links: Type.Array(
      Type.Object({ source: Type.Integer({ description: 'Id of a node' }), target: Type.Integer(), visits: Type.Integer() }),
      { description: 'The most frequent steps between those nodes' },
    ),
    meta: Type.Object({ visits: Type.Integer({ description: 'Journeys in all: visits with a view of the page, or of any page' }) }),
    query: Type.Object({
      site_id: Type.String(),
      date_range: Type.Tuple([Type.String(), Type.String()]),
      filters: Type.Array(Type.Unknown()),
      page: Type.Optional(Type.String()),
      direction: Type.Enum(['next', 'previous']),
      steps: Type.Integer(),
      limit: Type.Integer(),
    }),
  },
  { $id: 'JourneysResult' },
)
export type JourneysResult = Static<typeof JourneysResult>
