import { QueryBody, type QueryResult } from '@footfall/contract/query.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { Site } from '@footfall/contract/sites.ts'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { AppError } from '../errors.ts'
import type { App, Log } from '../lib/app.ts'
import type { Metrics } from '../metrics.ts'
import type { Cache } from '../cache/cache.ts'
import type { Clock, Gate, SiteDirectory, WriteMarks } from '../seams.ts'
import type { Engine } from '../storage/engine.ts'
import type { Question } from '../storage/question.ts'
import { answerQuery } from './answer.ts'
import { type Kept, createAnswerCache } from './cache.ts'
import { asksForAll, parseQuery, readSiteId } from './parse.ts'
import { refuse } from './refuse.ts'

export interface QueryParts {
  engine: Pick<Engine, 'run' | 'firstEventAt'>
  sites: SiteDirectory
  gate: Gate
  cache: Cache
  marks: WriteMarks
  clock: Clock
  metrics: Pick<Metrics, 'querySeconds'>
  log: Log
}

const SLOW_SECONDS = 5

/** Runs something that stops when the client goes away; then nobody is left to answer. */
async function whileThere<Answer>(reply: FastifyReply, run: (signal: AbortSignal) => Promise<Answer>): Promise<Answer | FastifyReply> {
  const left = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) left.abort()
  })
  try {
    return await run(left.signal)
  } catch (error) {
    if (left.signal.aborted) return reply.hijack()
    throw error
  }
}

/** The Stats API: `POST /api/v2/query` and the number of current visitors. */
export function queryRoutes(app: App, { engine, sites, gate, cache, marks, clock, metrics, log }: QueryParts): void {
  const answers = createAnswerCache({ cache, marks, log })
  const siteOf = async (domain: string): Promise<Site> => {
    const site = await sites.find(domain)
    if (!site)
      throw new AppError(
        'not_found',
        `There is no site ${JSON.stringify(domain.slice(0, 260))} here; site_id is the domain under which it was added`,
      )
    return site
  }
  const ask = async (question: Question, signal: AbortSignal) => {
    const end = metrics.querySeconds.startTimer()
    const rows = await engine.run(question, signal)
    const seconds = end()
    if (seconds > SLOW_SECONDS) log.warn({ site: question.site, seconds, from: question.from, to: question.to }, 'a question took long')
    return rows
  }
  const answer = async (
    body: unknown,
    internal: boolean,
    signal: AbortSignal,
  ): Promise<{ answer: QueryResult; cache?: Kept<unknown>['cache'] }> => {
    const site = await siteOf(readSiteId(body))
    const [goals, segments, firstAt] = await Promise.all([
      sites.goals(site.id),
      sites.segments(site.id),
      asksForAll(body) ? engine.firstEventAt(site.id) : null,
    ])
    const now = Math.floor(clock() / 1000)
    const query = parseQuery(body, { site, goals, segments, now, firstAt, internal })
    const compute = () => answerQuery(query, (question) => ask(question, signal))
    // Who watches the last minutes asks about another second each time.
    if (query.asked.kind === 'realtime' || query.asked.kind === '30m') return { answer: await compute() }
    const to = Math.max(query.range.to, query.comparison?.range.to ?? 0)
    return answers.keep({ site: site.id, to, question: { ...query } }, signal, compute)
  }

  app.route({
    method: 'POST',
    url: ROUTES.query,
    schema: { tags: ['stats'], summary: 'Numbers of a site', body: QueryBody },
    // parse.ts says in words what is wrong; the schema is for the documentation.
    validatorCompiler: () => () => true,
    handler: async (request, reply) => {
      // The dashboard's own session knows a few things more than the public API: minutes, the last half hour, wildcards.
      const { kind } = await gate.require(request, 'stats')
      return whileThere(reply, async (signal) => {
        const { answer: result, cache: found } = await answer(request.body, kind === 'user', signal)
        if (found) void reply.header('x-footfall-cache', found)
        return result
      })
    },
  })

  app.route({
    method: 'GET',
    url: ROUTES.realtimeVisitors,
    schema: {
      tags: ['stats'],
      summary: 'Visitors of the last five minutes',
      querystring: Type.Object({ site_id: Type.Optional(Type.String()) }),
    },
    handler: async (request, reply) => {
      await gate.require(request, 'stats')
      const { site_id: domain } = request.query
      if (!domain) throw refuse('site_id', 'site_id must be the domain of a site')
      // A filter on events that all of them meet: people who read on send pings only, and those are events, not visits.
      const body = { site_id: domain, metrics: ['visitors'], date_range: 'realtime', filters: [['is_not', 'event:name', ['']]] }
      return whileThere(reply, async (signal) => {
        const { answer: result } = await answer(body, true, signal)
        return reply.type('application/json').send(JSON.stringify(result.results[0]?.metrics[0] ?? 0))
      })
    },
  })
}
