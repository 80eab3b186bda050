import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyRequest } from 'fastify'
import type { App } from '../lib/app.ts'
import { AppError } from '../errors.ts'
import type { ShareDirectory } from '../seams.ts'

/** Markers that the dashboard's build leaves in index.html (dashboard/README.md). */
const BASE_MARKER = '/__footfall_base__/'
const SETTINGS_MARKER = '__FOOTFALL_SETTINGS__'

/** What the dashboard must know of this installation before it asks the API. */
export interface DashboardSettings {
  baseUrl: string
  trackerName: string
  version: string
}

/**
 * The dashboard: its files as built, and `index.html` for every other address that a browser navigates to.
 *
 * @param parts.directory The built files; without them (a source checkout that only collects) pages answer 404 in words.
 */
export async function dashboardRoutes(
  app: App,
  parts: { directory: string; basePath: string; settings: DashboardSettings; shares: ShareDirectory },
): Promise<void> {
  const index = join(parts.directory, 'index.html')
  if (!existsSync(index)) {
    app.get('/', { schema: { hide: true } }, () => {
      throw new AppError('not_found', 'The dashboard is not built; run npm run build.')
    })
    return
  }
  const page = fill(readFileSync(index, 'utf8'), parts)
  const policy = contentPolicy(page)
  const etag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 22)}"`

  await app.register(fastifyStatic, {
    root: parts.directory,
    index: false,
    wildcard: false,
    preCompressed: true,
    globIgnore: ['**/*.html', '**/*.br', '**/*.gz', '.built'],
    schemaHide: true,
    setHeaders: (reply, path) => {
      // Nuxt names these files by their content.
      void reply.header('cache-control', path.includes('/_nuxt/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    },
  })
  const pages = ['/', '/login', '/setup', '/sites', '/sites/*', '/settings', '/settings/*', '/share/*']
  for (const url of pages) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      const ancestors = url === '/share/*' ? await framesOf(request, parts.shares) : "'self'"
      // Helmet's older header knows no list; browsers that know the policy ignore it, but for some that obey both.
      if (ancestors !== "'self'") void reply.removeHeader('x-frame-options')
      void reply.headers({
        'content-security-policy': `${policy}; frame-ancestors ${ancestors}`,
        'cache-control': 'no-cache',
        etag,
        'referrer-policy': 'same-origin',
      })
      if (request.headers['if-none-match'] === etag) return reply.status(304).send()
      return reply.type('text/html; charset=utf-8').send(page)
    })
  }
}

/**
 * Who may frame a page: with `?embed=true` the pages that the shared link allows, else only our own. The framed page has no rights
 * of its own: the session cookie is `SameSite=Lax`, which browsers do not send from the frames of other sites.
 */
async function framesOf(request: FastifyRequest, shares: ShareDirectory): Promise<string> {
  // As it came: the domain of a site may hold a path, and then an encoded slash.
  const name = decodeURIComponent(request.url.split(/[?/]/)[2] ?? '')
  if ((request.query as { embed?: unknown }).embed !== 'true' || name.length > 300) return "'self'"
  const share = await shares.share(name)
  if (!share) return "'self'"
  return share.embedOrigins === null ? '*' : ["'self'", ...share.embedOrigins].join(' ')
}

function fill(html: string, { basePath, settings }: { basePath: string; settings: DashboardSettings }): string {
  // JSON inside a script element: `<` must not end it.
  const json = JSON.stringify({ ...settings, basePath }).replaceAll('<', String.raw`\u003c`)
  return html.replaceAll(BASE_MARKER, `${basePath}/`).replaceAll(SETTINGS_MARKER, () => json)
}

/** Only our own files, and the inline scripts of the page itself, by their hashes. */
function contentPolicy(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)(?![^>]*application\/json)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) => {
    return `'sha256-${createHash('sha256').update(code).digest('base64')}'`
  })
  return [
    "default-src 'self'",
    `script-src 'self' ${inline.join(' ')}`,
    // Charts and popovers position themselves with style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}
