import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { App } from '../lib/app.ts'
import { AppError } from '../errors.ts'

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
  parts: { directory: string; basePath: string; settings: DashboardSettings },
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
    app.get(url, { schema: { hide: true } }, (request, reply) => {
      void reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache', etag, 'referrer-policy': 'same-origin' })
      if (request.headers['if-none-match'] === etag) return reply.status(304).send()
      return reply.type('text/html; charset=utf-8').send(page)
    })
  }
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
    "frame-ancestors 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}
