import { Cities, CitiesAsked } from '@footfall/contract/cities.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { App } from '../lib/app.ts'
import type { CityNames } from '../seams.ts'
import type { RouteParts } from './answers.ts'

/**
 * `GET /api/v1/cities`: names of cities, which are stored by their numbers. For whoever reads statistics: which names there are says where
 * the visitors of this installation are.
 */
export function citiesRoute(app: App, { enter, cities }: Pick<RouteParts, 'enter'> & { cities: CityNames }): void {
  app.route({
    method: 'GET',
    url: ROUTES.cities,
    schema: { tags: ['stats'], summary: 'Names of cities by number', querystring: CitiesAsked, response: { 200: Cities } },
    handler: async (request, reply): Promise<Cities> => {
      await enter(request, reply)
      return { cities: await cities.names(request.query.ids.split(',').map(Number)) }
    },
  })
}
