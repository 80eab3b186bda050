import { Regions, RegionsAsked } from '@footfall/contract/regions.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { App } from '../lib/app.ts'

/** Names by code, of each country. */
type Names = Map<string, [code: string, name: string][]>

/** 5,000 names and 350 kB of source, which most processes are never asked for. */
async function loadNames(): Promise<Names> {
  const { iso31662 } = await import('iso-3166')
  const each = iso31662.map(({ code, name }): [string, string] => [code, name])
  return Map.groupBy(each, ([code]) => code.slice(0, 2))
}

/** `GET /api/v1/regions`: names of regions, which are stored by their codes. No secret of any site, so without a key. */
export function regionsRoute(app: App): void {
  let names: Promise<Names> | undefined
  app.route({
    method: 'GET',
    url: ROUTES.regions,
    schema: {
      tags: ['stats'],
      summary: 'Names of regions by code',
      security: [],
      querystring: RegionsAsked,
      response: { 200: Regions },
    },
    handler: async ({ query }, reply): Promise<Regions> => {
      const known = await (names ??= loadNames())
      const countries = new Set(query.countries.split(','))
      // They change with a release of this program, and seldom.
      void reply.header('cache-control', 'public, max-age=86400')
      return { regions: Object.fromEntries([...countries].flatMap((country) => known.get(country) ?? [])) }
    },
  })
}
