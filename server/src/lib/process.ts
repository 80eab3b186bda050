import { StartError } from '../errors.ts'
import type { App } from './app.ts'

interface Stoppable {
  stop(): Promise<void>
}

/** What a listener can run into, in words. */
const LISTEN_ERRORS: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port) => `Port ${port} is in use by another program; set PORT to a free one.`,
  EACCES: (port) => `Port ${port} may not be opened by this user; set PORT to one above 1023.`,
  EADDRNOTAVAIL: (_port, host) => `HOST is ${host}, which is no address of this machine.`,
}

/**
 * Opens the port. On a machine without IPv6 the default `::` falls back to every IPv4 address.
 *
 * @throws StartError in words for the operator; everything that was started is stopped then
 */
export async function listen(running: Stoppable & { app: App }, { port, host }: { port: number; host: string }): Promise<void> {
  try {
    await running.app.listen({ port, host })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EAFNOSUPPORT' && host === '::') return listen(running, { port, host: '0.0.0.0' })
    await running.stop()
    throw new StartError(LISTEN_ERRORS[code]?.(port, host) ?? `Cannot listen on port ${port}: ${(error as Error).message}.`)
  }
}

/**
 * Runs a program until SIGINT or SIGTERM, then stops it and ends with exit code 0. A second signal ends at once: nothing
 * acknowledged is lost by that. A StartError is one sentence on stderr and exit code 1.
 */
export async function runUntilStopped(begin: () => Promise<Stoppable>): Promise<void> {
  const signalled = Promise.withResolvers<void>()
  let signals = 0
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (++signals > 1) process.exit(1)
      signalled.resolve()
    })
  }
  try {
    const running = await begin()
    await signalled.promise
    process.stdout.write('Stopping: storing what was accepted …\n')
    await running.stop()
    process.stdout.write('Stopped.\n')
    process.exit(0)
  } catch (error) {
    process.stderr.write(error instanceof StartError ? `${error.message}\n` : `${(error as Error).stack}\n`)
    process.exit(1)
  }
}
