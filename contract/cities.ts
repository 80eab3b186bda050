import { Type, type Static } from 'typebox'

const MOST_CITIES = 300

/** `GET /api/v1/cities?ids=2950159,2988507`: names of cities by the numbers that `visit:city` has. */
export const CitiesAsked = Type.Object(
  {
    ids: Type.String({
      pattern: `^[1-9][0-9]{0,8}(,[1-9][0-9]{0,8}){0,${MOST_CITIES - 1}}$`,
      description: 'Numbers at geonames.org, joined by commas',
    }),
  },
  { additionalProperties: false },
)

export const Cities = Type.Object(
  {
    cities: Type.Record(Type.String(), Type.String(), {
      description:
        'Number and name, in English where the file of places knows that; without those that no visit came from since names are kept',
    }),
  },
  { $id: 'Cities' },
)
export type Cities = Static<typeof Cities>
