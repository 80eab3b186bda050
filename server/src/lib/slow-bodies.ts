import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { App } from './app.ts'

/**
 * Closes connections whose request body takes too long: a sender of one byte a minute is never idle, so that the timeout of
 * sockets does not meet him, and Node's own limit for whole requests knows no exceptions. One look a second at what is under way
 * costs a request one entry in a Map, where a timer for each would cost two system structures.
 * @param milliseconds from the end of the headers
 * @param except addresses as they were registered, whose bodies may take any time
 */
export function closeSlowBodies(app: App, { milliseconds, except }: { milliseconds: number; except: readonly string[] }): void {
  const arriving = new Map<Socket, { request: IncomingMessage; since: number }>()

  app.addHook('onRequest', (request, _reply, done) => {
    const { socket, headers } = request.raw
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    if (hasBody && socket instanceof Socket && !except.includes(request.routeOptions.url ?? '')) {
      arriving.set(socket, { request: request.raw, since: performance.now() })
    }
    done()
  })

  function look(): void {
    const now = performance.now()
    for (const [socket, { request, since }] of arriving) {
      const over = request.complete || socket.destroyed
      if (!over && now - since < milliseconds) continue
      if (!over) socket.destroy()
      arriving.delete(socket)
    }
  }

  let timer: NodeJS.Timeout | undefined
  app.addHook('onListen', (done) => {
    timer = setInterval(look, Math.min(1_000, milliseconds / 4))
    timer.unref()
    done()
  })
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer)
    done()
  })
}
