import { ROUTES } from '@footfall/contract/routes.ts'
import type { QueryResult } from '@footfall/contract/query.ts'
import type { Metric } from '@footfall/contract/names.ts'
import { V1Aggregate, V1Query, V1Rows } from '@footfall/contract/v1.ts'
import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { App } from '../lib/app.ts'
import { type RouteParts, showCache, whileThere } from './answers.ts'
import { factsOf } from './metrics.ts'
import { refuse } from './refuse.ts'
import { type V1Params, aggregateBody, breakdownBody, showAggregate, showBreakdown, showTimeseries, timeseriesBody } from './v1.ts'

/** One endpoint: the question of today that it stands for, and its answer in the old form. */
interface Endpoint {
  url: string
  summary: string
  answer: TSchema
  body: (params: V1Params, today: Temporal.PlainDate) => Record<string, unknown>
  show: (result: QueryResult, params: V1Params) => unknown
}

const missing = ({ query }: QueryResult) => query.metrics.map((metric) => factsOf(metric as Metric).missing)

const ENDPOINTS: Endpoint[] = [
  { url: ROUTES.aggregate, summary: 'Numbers of a period (v1)', answer: V1Aggregate, body: aggregateBody, show: showAggregate },
  {
    url: ROUTES.timeseries,
    summary: 'Numbers over time (v1)',
    answer: V1Rows,
    body: timeseriesBody,
    show: (result, params) => showTimeseries(result, params, missing(result)),
  },
  { url: ROUTES.breakdown, summary: 'Numbers by a property (v1)', answer: V1Rows, body: breakdownBody, show: showBreakdown },
]

/** Plausible's Stats API v1, for the data sources, widgets and scripts that speak it: the questions of v2 in other words. */
export function v1Routes(app: App, { answers, enter }: RouteParts): void {
  for (const { url, summary, answer, body, show } of ENDPOINTS) {
    app.route({
      method: 'GET',
      url,
      schema: { tags: ['stats'], summary, querystring: V1Query, response: { 200: answer } },
      handler: async (request: FastifyRequest<{ Querystring: V1Query }>, reply) => {
        const reader = await enter(request, reply)
        const params = request.query
        if (!params.site_id) throw refuse('site_id', 'site_id must be the domain of a site')
        const site = await answers.site(params.site_id, reader)
        const asked = body({ ...params, site_id: params.site_id }, answers.today(site))
        return whileThere(reply, async (signal) => {
          // As the dashboard asks, for the sake of wildcards.
          const result = showCache(reply, await answers.query(asked, reader, signal, true))
          return { results: show(result, { ...params, site_id: site.domain }) }
        })
      },
    })
  }
}
