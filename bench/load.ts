import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a run of requests showed. Milliseconds where not said otherwise. */
export interface Load {
  requests: number
  perSecond: number
  p50: number
  p99: number
  /** Answers by status. */
  statuses: Record<string, number>
}

/**
 * Sends one request after the other on each of so many connections for some seconds. Raw sockets and a parser of ten lines:
 * a full HTTP client would cost more than the server it measures.
 *
 * @param request The n-th request as bytes of HTTP/1.1.
 * @param perSecond All connections together send no more than this; default: as much as is answered.
 */
export async function load(options: {
  port: number
  connections: number
  seconds: number
  request: (n: number) => string
  perSecond?: number
}): Promise<Load> {
  const times: number[] = []
  const statuses: Record<string, number> = {}
  let sent = 0
  const end = performance.now() + options.seconds * 1000
  const begin = performance.now()

  const talk = async () => {
    const socket = connect(options.port, '127.0.0.1')
    socket.setNoDelay(true)
    const next = answers(socket)
    while (performance.now() < end) {
      const n = sent++
      const early = options.perSecond === undefined ? 0 : begin + (n * 1000) / options.perSecond - performance.now()
      if (early > 0) await sleep(early)
      const started = performance.now()
      socket.write(options.request(n))
      const status = await next()
      times.push(performance.now() - started)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: options.connections }, talk))

  const taken = (performance.now() - begin) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(2))
  return { requests: times.length, perSecond: Math.round(times.length / taken), p50: at(0.5), p99: at(0.99), statuses }
}

/** Statuses of the answers on a socket, one at a time; every answer must carry a content-length. */
function answers(socket: Socket): () => Promise<string> {
  let text = ''
  let waiting: PromiseWithResolvers<string> | undefined
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    const head = text.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
    if (text.length < head + 4 + length) return
    const status = text.slice(9, 12)
    text = text.slice(head + 4 + length)
    waiting?.resolve(status)
  })
  socket.on('error', (error) => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error('the server closed the connection')))
  return () => {
    waiting = Promise.withResolvers()
    return waiting.promise
  }
}
