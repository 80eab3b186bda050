// A development tool: serves the built dashboard with made-up numbers, to look at it without Footfall's server.
//   node dashboard/dev/server.ts --port 4000 --base /stats/ --delay 800 --fail --empty --first-run --signed-out
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Site } from '@footfall/contract/sites.ts'
import { answer } from './numbers.ts'

const flag = { type: 'boolean', default: false } as const
const { values: asked } = parseArgs({
  options: {
    port: { type: 'string', default: '4000' },
    base: { type: 'string', default: '/' },
    delay: { type: 'string', default: '0' },
    fail: flag,
    empty: flag,
    'first-run': flag,
    'signed-out': flag,
  },
})
const PORT = Number(asked.port)
const BASE = asked.base
const DELAY = Number(asked.delay)
const PUBLIC = new URL('../.output/public/', import.meta.url).pathname
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html' }

let user: { id: number; email: string; role: string } | null =
  asked['first-run'] || asked['signed-out'] ? null : { id: 1, email: 'ada@example.com', role: 'admin' }
let firstRun = asked['first-run']
const made = (id: number, domain: string, timezone = 'Europe/Berlin'): Site => ({
  id,
  domain,
  timezone,
  tracker: {},
  shields: {},
  ingest_rate_limit: null,
  respect_dnt: false,
  drop_data_centers: false,
  keep_months: null,
  allowed_props: null,
  public: false,
  created_at: '2024-01-01T00:00:00Z',
})
const named = (name: string, visitors: number) => ({ name, visitors, events: visitors * 2 })
const sites = asked.empty ? [] : [made(1, 'example.com'), made(2, 'docs.example.com'), made(3, 'shop.example.org', 'America/New_York')]

async function api(path: string, request: IncomingMessage, url: URL): Promise<[number, unknown]> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined
  await new Promise((done) => setTimeout(done, DELAY))
  switch (`${request.method} ${path}`) {
    case 'GET /api/session':
      return [200, { first_run: firstRun, user }]
    case 'POST /api/setup':
    case 'POST /api/session':
      if (body.password.startsWith('wrong')) return [401, { error: 'The email or the password is not right.', code: 'unauthorized' }]
      firstRun = false
      user = { id: 1, email: body.email, role: 'admin' }
      return [200, { first_run: false, user }]
    case 'DELETE /api/session':
      user = null
      return [204, undefined]
    case 'GET /api/v1/sites':
      return [200, { sites, meta: { after: null, before: null, limit: 1000 } }]
    case 'POST /api/v1/sites':
      if (sites.some((site) => site.domain === body.domain))
        return [400, { error: 'taken', code: 'invalid_request', errors: { domain: ['is added already'] } }]
      sites.push(made(sites.length + 1, body.domain, body.timezone))
      return [200, sites.at(-1)]
    case 'POST /api/v2/query':
      if (asked.fail) return [503, { error: 'The statistics are not available right now.', code: 'unavailable' }]
      return [200, answer(body, new Date())]
    case 'POST /api/v2/names':
      return [
        200,
        {
          properties: asked.empty ? [] : [named('plan', 412), named('author', 96)],
          events: [named('pageview', 4120)],
          meta: {},
          query: {},
        },
      ]
    case 'GET /api/v1/regions':
      return [200, { regions: { 'US-CA': 'California', 'DE-BE': 'Berlin', 'DE-BY': 'Bayern', 'GB-ENG': 'England' } }]
    case 'GET /api/v1/sites/goals':
      return [200, { goals: asked.empty ? [] : [{ id: 1, goal_type: 'event', event_name: 'Signup', display_name: 'Signup' }] }]
    case 'GET /api/v1/stats/realtime/visitors':
      return [200, 12 + (Math.floor(Date.now() / 10_000) % 5) + (url.searchParams.get('site_id')?.length ?? 0)]
    default:
      return [404, { error: `Nothing is served at ${path}.`, code: 'not_found' }]
  }
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const name = extname(path) === '' || path.startsWith('/sites/') ? 'index.html' : path
  const bytes = await readFile(join(PUBLIC, name)).catch(() => null)
  if (!bytes) {
    response.writeHead(404).end()
    return
  }
  const settings = JSON.stringify({
    baseUrl: `http://localhost:${PORT}${BASE.replace(/\/$/, '')}`,
    trackerName: 'tracker.js',
    version: 'dev',
  })
  const html = name === 'index.html'
  const content = html ? bytes.toString().replaceAll('/__footfall_base__/', BASE).replaceAll('__FOOTFALL_SETTINGS__', settings) : bytes
  response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(content)
}

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const path = `/${url.pathname.slice(BASE.length)}`
  const done = path.startsWith('/api/')
    ? api(path, request, url).then(([status, body]) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body)),
      )
    : file(path, response)
  done.catch((error: unknown) => response.writeHead(500).end(String(error)))
}).listen(PORT, () => console.log(`Made-up numbers on http://localhost:${PORT}${BASE}`))
