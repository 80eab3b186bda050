import { ReportQuery } from '@footfall/contract/export.ts'
import { QueryBody, QueryResult } from '@footfall/contract/query.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { Type } from 'typebox'
import type { App } from '../lib/app.ts'
import type { Engine } from '../storage/engine.ts'
import type { CityNames, FunnelDirectory, SiteDirectory, TraitReport } from '../seams.ts'
import { type AnswerParts, type RouteParts, createAnswers, showCache, whileThere } from './answers.ts'
import { MEDIA_TYPES, formatOf, reportText } from './export/report.ts'
import { citiesRoute } from './cities-route.ts'
import { exportRoute } from './export/route.ts'
import { funnelRoute } from './funnel-route.ts'
import { journeysRoute } from './journeys-route.ts'
import { type EntranceParts, createEntrance } from './limit.ts'
import { namesRoute } from './names-route.ts'
import { realtimeRoutes } from './realtime-routes.ts'
import { regionsRoute } from './regions-route.ts'
import { retentionRoute } from './retention-route.ts'
import { v1Routes } from './v1-routes.ts'
import { visitRoutes } from './visit-routes.ts'

export interface QueryParts extends AnswerParts, Omit<EntranceParts, 'cache'> {
  engine: AnswerParts['engine'] & Pick<Engine, 'export' | 'parquet'>
  sites: SiteDirectory & FunnelDirectory
  traits: TraitReport
  cities: CityNames
}

/** Everything that is asked about a site. */
export function queryRoutes(app: App, parts: QueryParts): void {
  const route: RouteParts = { answers: createAnswers(parts), enter: createEntrance(parts) }
  statsRoutes(app, route)
  funnelRoute(app, { ...route, sites: parts.sites })
  visitRoutes(app, { ...route, traits: parts.traits })
  retentionRoute(app, route)
  journeysRoute(app, route)
  namesRoute(app, route)
  regionsRoute(app)
  citiesRoute(app, { ...route, cities: parts.cities })
  realtimeRoutes(app, { ...route, gate: parts.gate })
  exportRoute(app, { ...route, engine: parts.engine })
  v1Routes(app, route)
}

/** The forms of an answer, for the documentation. */
const ANSWERS = {
  [MEDIA_TYPES.json]: { schema: QueryResult },
  [MEDIA_TYPES.csv]: { schema: Type.String({ description: 'A table with a line of names' }) },
  [MEDIA_TYPES.ndjson]: { schema: Type.String({ description: 'An object a row' }) },
}

/** The Stats API: `POST /api/v2/query`. */
function statsRoutes(app: App, { answers, enter }: RouteParts): void {
  app.route({
    method: 'POST',
    url: ROUTES.query,
    schema: {
      tags: ['stats'],
      summary: 'Numbers of a site',
      body: QueryBody,
      querystring: ReportQuery,
      response: { 200: { content: ANSWERS } },
    },
    // parse.ts says in words what is wrong; the schema is for the documentation.
    validatorCompiler: () => () => true,
    // An answer of ours need not be checked again, and a long one would be for 10 ms.
    serializerCompiler: () => JSON.stringify,
    handler: async (request, reply) => {
      const reader = await enter(request, reply)
      const format = formatOf(request)
      return whileThere(reply, async (signal) => {
        const result = showCache(reply, await answers.query(request.body, reader, signal))
        return format === 'json' ? result : reply.type(MEDIA_TYPES[format]).send(reportText(result, format))
      })
    },
  })
}
