import { timingSafeEqual, createHash } from 'node:crypto'
import { ROUTES } from '@footfall/contract/routes.ts'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Metrics } from '../metrics.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * `/metrics` in Prometheus' text format. With a token: for those who send it. Without: for this machine only,
 * since drop reasons and rates of all sites are nobody else's business.
 */
export function metricsRoutes(app: App, parts: { metrics: Metrics; token: string | null; refresh: () => void }): void {
  const expected = parts.token === null ? null : digest(`Bearer ${parts.token}`)
  app.get(ROUTES.metrics, { schema: { tags: ['health'], summary: 'Prometheus metrics' } }, async (request, reply) => {
    const allowed = expected
      ? timingSafeEqual(digest(request.headers.authorization ?? ''), expected)
      : isLoopback(request.socket.remoteAddress) && request.headers['x-forwarded-for'] === undefined
    if (!allowed)
      throw new AppError(
        'forbidden',
        expected
          ? 'Metrics need the token of METRICS_TOKEN.'
          : 'Metrics are for this machine only; set METRICS_TOKEN to read them from elsewhere.',
      )
    parts.refresh()
    return reply.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics())
  })
}

function isLoopback(address = ''): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}
