import type { QueryResult } from '@footfall/contract/query.ts'
import type { Site } from '@footfall/contract/sites.ts'
import type { FastifyReply } from 'fastify'
import type { Cache } from '../cache/cache.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../lib/app.ts'
import { dateOf } from '../lib/zone.ts'
import type { Metrics } from '../metrics.ts'
import type { Clock, Reader, SiteDirectory, WriteMarks } from '../seams.ts'
import type { Engine } from '../storage/engine.ts'
import type { ReportKind, Reports } from '../storage/reports.ts'
import { answerQuery } from './answer.ts'
import { reached } from './away.ts'
import { type Kept, createAnswerCache } from './cache.ts'
import type { Entrance } from './limit.ts'
import { type ParseContext, asksForAll, parseQuery, readSiteId } from './parse.ts'

export interface AnswerParts {
  engine: Pick<Engine, 'run' | 'report' | 'firstEventAt'>
  sites: SiteDirectory
  cache: Cache
  marks: WriteMarks
  clock: Clock
  metrics: Pick<Metrics, 'querySeconds'>
  log: Log
}

/** An answer, and whether it was kept from before; unsaid where answers of its kind are not kept. */
export interface Answer<Result> {
  answer: Result
  cache?: Kept<unknown>['cache']
}

/** What the routes of statistics have in common. `signal` stops the work where the client has left. */
export interface Answers {
  /** The site with this domain. @throws AppError not_found, also where it is not for this reader */
  site(domain: string, reader: Reader): Promise<Site>
  /** Today in the zone of a site. */
  today(site: Site): Temporal.PlainDate
  /**
   * What a body is read with. The dashboard, also a shared one, knows a few things more than the public API: minutes, the last half
   * hour, wildcards. Of guests it holds what they may see of the site.
   */
  context(site: Site, body: unknown, reader: Reader): Promise<ParseContext>
  /** Answers a body of `POST /api/v2/query`. `internal`: as the dashboard asks, whoever does. @throws AppError */
  query(body: unknown, reader: Reader, signal: AbortSignal, internal?: boolean): Promise<Answer<QueryResult>>
  /** Puts a question of another kind to the engine. */
  report<Kind extends ReportKind>(kind: Kind, question: Reports[Kind]['question'], signal: AbortSignal): Promise<Reports[Kind]['answer']>
  /** The same, unless its answer was kept from before and is still true. */
  keptReport<Kind extends ReportKind>(
    kind: Kind,
    question: Reports[Kind]['question'],
    signal: AbortSignal,
  ): Promise<Kept<Reports[Kind]['answer']>>
}

/** What every route of statistics gets. */
export interface RouteParts {
  answers: Answers
  enter: Entrance
}

const SLOW_SECONDS = 5

export function createAnswers({ engine, sites, cache, marks, clock, metrics, log }: AnswerParts): Answers {
  const kept = createAnswerCache({ cache, marks, log })

  async function timed<Result>(question: { site: number; from: number; to: number }, run: () => Promise<Result>): Promise<Result> {
    const end = metrics.querySeconds.startTimer()
    const answer = await reached(run)
    const seconds = end()
    if (seconds > SLOW_SECONDS) log.warn({ site: question.site, seconds, from: question.from, to: question.to }, 'a question took long')
    return answer
  }

  const self: Answers = {
    async site(domain, reader) {
      const site = await sites.find(domain)
      if (site && (reader.kind !== 'guest' || reader.site === site.id)) return site
      const shown = JSON.stringify(domain.slice(0, 260))
      throw new AppError('not_found', `There is no site ${shown} here; site_id is the domain under which it was added`)
    },
    today: (site) => dateOf(Math.floor(clock() / 1000), site.timezone),
    async context(site, body, reader) {
      const [goals, segments, firstAt] = await Promise.all([
        sites.goals(site.id),
        sites.segments(site.id),
        asksForAll(body) ? reached(() => engine.firstEventAt(site.id)) : null,
      ])
      return {
        site,
        goals,
        segments,
        now: Math.floor(clock() / 1000),
        firstAt,
        internal: reader.kind !== 'key',
        within: reader.kind === 'guest' ? reader.filters : [],
      }
    },
    async query(body, reader, signal, internal) {
      const site = await self.site(readSiteId(body), reader)
      const context = await self.context(site, body, reader)
      const query = parseQuery(body, { ...context, internal: internal ?? context.internal })
      const compute = () => answerQuery(query, (question, note) => timed(question, () => engine.run(question, signal, note)))
      // Who watches the last minutes asks about another second each time.
      if (query.asked.kind === 'realtime' || query.asked.kind === '30m') return { answer: await compute() }
      const to = Math.max(query.range.to, query.comparison?.range.to ?? 0)
      return kept.keep({ site: site.id, to, question: { ...query } }, signal, compute)
    },
    report: (kind, question, signal) => timed(question, () => engine.report(kind, question, signal)),
    keptReport: (kind, question, signal) =>
      kept.keep({ site: question.site, to: question.to, question: { kind, ...question } }, signal, () =>
        self.report(kind, question, signal),
      ),
  }
  return self
}

/** Runs something that stops when the client goes away; then nobody is left to answer. */
export async function whileThere<Result>(
  reply: FastifyReply,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | FastifyReply> {
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

/** Says in a header whether the answer was kept from before. */
export function showCache<Result>(reply: FastifyReply, { answer, cache }: Answer<Result>): Result {
  if (cache) void reply.header('x-footfall-cache', cache)
  return answer
}
