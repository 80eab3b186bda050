import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One event as it arrived; `answered` is what the sender was told, 0 for nothing. */
export interface Arrival {
  body: Record<string, unknown> & { n: string; id: string }
  contentType: string
  cookie: string | undefined
  answered: number
}

/** How the collector answers: a status with headers, at once or after some milliseconds, or not at all while the sender waits. */
export type Answer = { status: number; headers?: Record<string, string>; after?: number } | 'silence'

/** A collector over real HTTP that a test can make slow, angry or dead; it also serves the scripts. */
export interface Collector {
  readonly port: number
  readonly arrivals: Arrival[]
  /** Files besides the event path, by path. */
  readonly scripts: Map<string, string>
  /** Requests that needed the browser's permission first. */
  preflights: number
  answer: (arrival: Arrival) => Answer
  /** Waits until `count` events fulfil the condition, and answers those in the order in which they happened (each may take a connection of its own); fails after half a minute. */
  until(count: number, condition?: (arrival: Arrival) => boolean): Promise<Arrival[]>
  /** Where scripts and events of this test are. What pages of an earlier one say, however late, is answered and not kept. */
  readonly base: string
  /** Begins anew, at another `base`. */
  forget(): void
  /** Refuses connections from now on. */
  stop(): Promise<void>
  /** Takes them again, at the same port. */
  start(): Promise<void>
}

export const OK = { status: 202 }

export async function createCollector(): Promise<Collector> {
  let server: Server
  let tests = 0
  const collector: Collector = {
    port: 0,
    get base() {
      return `http://stats.test:${collector.port}/${tests}`
    },
    arrivals: [],
    scripts: new Map(),
    preflights: 0,
    answer: () => OK,
    async until(count, condition = () => true) {
      for (let tries = 0; tries < 1500; tries++) {
        const found = collector.arrivals.filter(condition)
        if (found.length >= count) return found.toSorted((a, b) => Number(a.body.t) - Number(b.body.t))
        await sleep(20)
      }
      const seen = collector.arrivals.map(({ body, answered }) => `${body.n} ${String(body.u)} (${answered})`)
      throw new Error(`expected ${count} events, got ${collector.arrivals.filter(condition).length} of these: ${seen.join(', ') || 'none'}`)
    },
    forget() {
      tests += 1
      collector.arrivals.length = 0
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
    async start() {
      server = createServer(async (request, response) => {
        response.setHeader('access-control-allow-origin', '*')
        response.setHeader('access-control-expose-headers', 'retry-after')
        const [, test, path = ''] = /^\/(\d+)(\/.*)/.exec(request.url ?? '') ?? []
        const script = collector.scripts.get(path)
        if (script !== undefined) return response.setHeader('content-type', 'text/javascript').end(script)
        if (request.method === 'OPTIONS') collector.preflights++
        if (request.method !== 'POST' || path !== '/api/event') return response.writeHead(404).end()
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk as Buffer)
        if (test !== String(tests)) return response.writeHead(OK.status).end()
        receive(collector, response, {
          body: JSON.parse(Buffer.concat(chunks).toString()) as Arrival['body'],
          contentType: request.headers['content-type'] ?? '',
          cookie: request.headers.cookie,
          answered: 0,
        })
      })
      server.listen(collector.port, '127.0.0.1')
      await once(server, 'listening')
      Object.assign(collector, { port: (server.address() as AddressInfo).port })
    },
  }
  await collector.start()
  return collector
}

function receive(collector: Collector, response: ServerResponse, arrival: Arrival): void {
  const answer = collector.answer(arrival)
  if (answer !== 'silence') {
    arrival.answered = answer.status
    setTimeout(() => response.writeHead(answer.status, answer.headers).end('ok'), answer.after ?? 0)
  }
  collector.arrivals.push(arrival)
}
