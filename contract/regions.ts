import { Type, type Static } from 'typebox'

/** More than there are countries, so that a client may ask for all it has seen at once. */
const MOST_COUNTRIES = 300

/** `GET /api/v1/regions?countries=DE,FR`: names of the regions of countries, by the codes that `visit:region` has. */
export const RegionsAsked = Type.Object(
  {
    countries: Type.String({
      pattern: `^[A-Z]{2}(,[A-Z]{2}){0,${MOST_COUNTRIES - 1}}$`,
      description: 'ISO 3166-1 codes, joined by commas. Countries that there are not have no regions',
    }),
  },
  { additionalProperties: false },
)

export const Regions = Type.Object(
  {
    regions: Type.Record(Type.String(), Type.String(), {
      description: 'ISO 3166-2 code and name, in the language (or one of the languages) of the region, in Latin letters',
    }),
  },
  { $id: 'Regions' },
)
export type Regions = Static<typeof Regions>
