import type { FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request was made by our own pages. Browsers say so themselves in `Sec-Fetch-Site` (w3.org/TR/fetch-metadata),
 * but only to https and localhost; over plain http the `Origin` must be the host that was called, or the public address.
 *
 * @returns `unsaid` where neither header is there: no browser sent it
 */
export function origin(request: FastifyRequest, baseUrl: string): 'ours' | 'foreign' | 'unsaid' {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'ours' : 'foreign'
  const from = request.headers.origin
  if (from === undefined) return 'unsaid'
  if (!URL.canParse(from)) return 'foreign'
  const { host, origin } = new URL(from)
  return origin === new URL(baseUrl).origin || host === request.headers.host ? 'ours' : 'foreign'
}

/**
 * Cross-site request forgery: a cookie travels with requests that other pages make, so what changes something must
 * be known to come from ours. `lenient` is for signing in, where there is no cookie to abuse yet: scripts may do it.
 *
 * @throws AppError `forbidden`
 */
export function requireOurPages(request: FastifyRequest, baseUrl: string, lenient = false): void {
  if (SAFE.has(request.method)) return
  const from = origin(request, baseUrl)
  if (from === 'ours' || (lenient && from === 'unsaid')) return
  throw new AppError('forbidden', 'With the session cookie, changes are accepted only from the dashboard itself. Scripts use an API key.')
}
