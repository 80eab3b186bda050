import { ROUTES } from '@footfall/contract/routes.ts'
import { Type } from 'typebox'
import type { App } from '../lib/app.ts'

/** A part that can be down: its name for the operator, and a call that rejects when it does not answer. */
export interface Checked {
  name: string
  check: () => Promise<unknown>
  /** Work goes on without it: it is named, but the process stays ready. */
  optional?: boolean
}

const TIMEOUT = 2_000

/**
 * `/health/live`: the process runs. `/health/ready`: every part answers within two seconds; else 503. What is down is named, also
 * where it is optional: a balancer that took every process out because of a cache would lose events to save nothing.
 */
export function healthRoutes(app: App, parts: { checked: Checked[]; stopping: () => boolean }): void {
  const Ready = Type.Object({ ok: Type.Boolean(), down: Type.Array(Type.Object({ name: Type.String(), error: Type.String() })) })

  app.get(
    ROUTES.live,
    { schema: { tags: ['health'], summary: 'The process runs', response: { 200: Type.Object({ ok: Type.Boolean() }) } } },
    () => ({ ok: true }),
  )
  app.get(
    ROUTES.ready,
    { schema: { tags: ['health'], summary: 'Every part answers', response: { 200: Ready, 503: Ready } } },
    async (_request, reply) => {
      const results = await Promise.all(parts.checked.map(verdict))
      const down = results.filter((result) => result !== null)
      if (parts.stopping()) down.push({ name: 'server', error: 'is shutting down' })
      const ok = down.every(({ name }) => parts.checked.some((part) => part.name === name && part.optional))
      return reply.status(ok ? 200 : 503).send({ ok, down })
    },
  )
}

async function verdict({ name, check }: Checked): Promise<{ name: string; error: string } | null> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${TIMEOUT / 1000} s`)), TIMEOUT)
  try {
    await Promise.race([check(), late.promise])
    return null
  } catch (error) {
    // Only the code: a driver's message may hold the address with its password.
    const { code, message } = error as NodeJS.ErrnoException
    return { name, error: code ?? (message.startsWith('no answer') ? message : 'does not answer') }
  } finally {
    clearTimeout(timer)
  }
}
