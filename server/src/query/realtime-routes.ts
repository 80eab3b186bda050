import { Readable } from 'node:stream'
import { Realtime, RealtimeAsked, RealtimeVisitors } from '@footfall/contract/realtime.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../lib/app.ts'
import type { Gate } from '../seams.ts'
import { type RouteParts, whileThere } from './answers.ts'
import { CURRENT_VISITORS, realtime } from './realtime.ts'
import { type Watched, createStreams } from './realtime-stream.ts'
import { refuse } from './refuse.ts'

/** `watched` says in words what is missing; the schema is for the documentation. */
const inWords = () => () => true

/** What happens on a site right now: a number, one answer, or a stream of answers. */
export function realtimeRoutes(app: App, { answers, enter, gate }: RouteParts & { gate: Pick<Gate, 'reader'> }): void {
  const streams = createStreams((watched, signal) => realtime(answers, watched, signal))
  // Before the server waits for its connections to end: a stream never ends by itself.
  app.addHook('preClose', async () => streams.close())

  async function watched(request: FastifyRequest, reply: FastifyReply): Promise<Watched> {
    const reader = await enter(request, reply)
    const { site_id: domain } = request.query as Record<string, unknown>
    if (typeof domain !== 'string' || domain === '') throw refuse('site_id', 'site_id must be the domain of a site')
    return { site: await answers.site(domain, reader), reader }
  }

  app.route({
    method: 'GET',
    url: ROUTES.realtimeVisitors,
    schema: {
      tags: ['stats'],
      summary: 'Visitors of the last five minutes',
      querystring: RealtimeAsked,
      response: { 200: RealtimeVisitors },
    },
    validatorCompiler: inWords,
    handler: async (request, reply) => {
      const { site, reader } = await watched(request, reply)
      return whileThere(reply, async (signal) => {
        const { answer } = await answers.query({ site_id: site.domain, ...CURRENT_VISITORS }, reader, signal, true)
        return Number(answer.results[0]?.metrics[0] ?? 0)
      })
    },
  })

  app.route({
    method: 'GET',
    url: ROUTES.realtime,
    schema: { tags: ['stats'], summary: 'What happens on a site right now', querystring: RealtimeAsked, response: { 200: Realtime } },
    validatorCompiler: inWords,
    handler: async (request, reply) => {
      const asked = await watched(request, reply)
      return whileThere(reply, (signal) => realtime(answers, asked, signal))
    },
  })

  app.route({
    method: 'GET',
    url: ROUTES.realtimeStream,
    schema: {
      tags: ['stats'],
      summary: 'The same as server-sent events named `realtime`, whenever something changed',
      description: 'A comment every 15 seconds is a sign of life. The stream ends after an hour; EventSource comes back by itself.',
      querystring: RealtimeAsked,
    },
    validatorCompiler: inWords,
    handler: async (request, reply) => {
      const asked = await watched(request, reply)
      const left = new AbortController()
      reply.raw.once('close', () => left.abort())
      // A guest's link may end while he watches.
      const still = () =>
        gate.reader(request).then(
          () => true,
          () => false,
        )
      const messages = streams.open({ ...asked, ...(asked.reader.kind === 'guest' && { still }) }, left.signal)
      // The connection ends with the stream: kept alive, it would hold up a stopping server for more than a minute.
      return reply
        .headers({
          connection: 'close',
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        })
        .send(Readable.from(messages))
    },
  })
}
