import { readFileSync } from 'node:fs'
import { DEMO_SITE, ROUTES } from '@footfall/contract/routes.ts'
import { Domain } from '@footfall/contract/sites.ts'
import { Type } from 'typebox'
import type { App } from '../lib/app.ts'

const FILES = {
  'demo.js': 'text/javascript; charset=utf-8',
  'demo.css': 'text/css; charset=utf-8',
  'counting-at-doors.pdf': 'application/pdf',
} as const

/** Pages that the script shows without loading; a reload of one must find the document again. */
const PAGES = ['', '/shop', '/join']

const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

const Chosen = Type.Object({ site: Type.Optional(Domain) })

export interface DemoParts {
  /** Path of BASE_URL, without a slash at its end; blank for none. */
  basePath: string
  trackerName: string
  eventPath: string
}

/**
 * `GET /demo`: a small website with the tracker on it, which lists what was sent and what the server said.
 * It counts for `?site=DOMAIN`, or for the site that the demo command makes.
 */
export function demoRoutes(app: App, parts: DemoParts): void {
  const template = read('demo.html').toString('utf8')
  for (const page of PAGES) {
    app.get(`${ROUTES.demo}${page}`, { schema: { hide: true, querystring: Chosen } }, (request, reply) => {
      const site = request.query.site ?? DEMO_SITE
      const html = fill(template, {
        base: parts.basePath,
        tracker: parts.trackerName,
        event: parts.eventPath,
        site,
        siteInUrl: encodeURIComponent(site),
      })
      void reply.headers({ 'content-security-policy': POLICY, 'cache-control': 'no-cache' })
      return reply.type('text/html; charset=utf-8').send(html)
    })
  }
  for (const [name, type] of Object.entries(FILES)) {
    const content = read(name)
    app.get(`${ROUTES.demo}/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').type(type).send(content),
    )
  }
}

function read(name: string): Buffer {
  return readFileSync(new URL(`demo/${name}`, import.meta.url))
}

/** Puts values in place of `{{name}}`, safe inside text and quoted attributes: a domain may hold quotes. */
function fill(template: string, values: Record<string, string>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => escape(values[name]!))
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
