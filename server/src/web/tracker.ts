import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { ROUTES } from '@footfall/contract/routes.ts'
import { ScriptSize } from '@footfall/contract/script.ts'
import { type Site, TrackerOptions } from '@footfall/contract/sites.ts'
import {
  fillTracker,
  GENERIC_TRACKER,
  tailorTracker,
  VITALS_QUERY,
  vitalsModule,
  type TrackerManifest,
} from '@footfall/contract/tracker.ts'
import type { FastifyReply } from 'fastify'
import { Type, type Static } from 'typebox'
import { AppError, StartError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import { memo } from '../lib/memo.ts'
import type { Gate, SiteDirectory } from '../seams.ts'

export interface TrackerParts {
  sites: SiteDirectory
  gate: Pick<Gate, 'require'>
  /** File name of the script; it is served at the root of the base path. */
  trackerName: string
  /** Where the collector listens, with a slash at its beginning. */
  eventPath: string
  /** What tracker/build.ts wrote. */
  distDir: string
}

/** Scripts of this many sites are kept filled and compressed, in some ten kilobytes each. */
const SITES_KEPT = 500
const FOR_EVER = 'public, max-age=31536000, immutable'
const A_DAY = 'public, max-age=86400, stale-while-revalidate=604800'
const A_MINUTE = 'public, max-age=60'

const Asked = Type.Object({
  siteId: Type.Optional(Type.String({ maxLength: 253 })),
  v: Type.Optional(Type.String({ maxLength: 64 })),
  [VITALS_QUERY]: Type.Optional(Type.String({ maxLength: 64 })),
})

/** One script as it leaves: its version, its `integrity` for the tag that loads it, and its bytes by content coding. */
interface Script {
  version: string
  integrity: string
  bytes: Record<'identity' | 'gzip' | 'br', Buffer>
}

/**
 * `GET /TRACKER_NAME`: the generic script, which reads `data-*` of its tag; with `?siteId=DOMAIN` the one of that site, with its
 * domain and options compiled in. `siteId` is the domain, as `site_id` is in the APIs: numbers would let anyone list the sites by counting.
 * `?webVitals` is the part of the generic script that few want, as a module.
 * A versioned address (`tracker.VERSION.js` or `?v=VERSION`) may be kept for ever, as long as the version is the present one.
 *
 * @throws StartError where the scripts are not built.
 */
export function trackerRoutes(app: App, { sites, gate, trackerName, eventPath, distDir }: TrackerParts): void {
  const part = readParts(distDir)
  // Relative to the script's own address: right behind every proxy, whatever BASE_URL says.
  const endpoint = eventPath.slice(1)
  const generic = compress(fillTracker(part(GENERIC_TRACKER), { endpoint: JSON.stringify(endpoint) }))
  const tailored = memo(SITES_KEPT, (key) => {
    const { tracker, domain } = JSON.parse(key) as Pick<Site, 'tracker' | 'domain'>
    return compress(tailorTracker(part, tracker, { domain, endpoint }))
  })
  const unknown = compress('console.warn("Footfall: no site with the siteId of this script. Nothing is counted.")')

  const vitals = compress(vitalsModule(part))

  const find = async ({ siteId, [VITALS_QUERY]: module }: Static<typeof Asked>): Promise<Script> => {
    if (siteId === undefined) return module === undefined ? generic : vitals
    const site = await sites.find(siteId)
    // Not a 404: browsers do not run a script that comes with one, and nobody would be told why nothing is counted.
    // By its id, the script names the id: who counts up the ids of an installation does not learn its domains.
    return site
      ? tailored(JSON.stringify({ tracker: site.tracker, domain: /^\d+$/.test(siteId) ? String(site.id) : site.domain }))
      : unknown
  }

  // What options cost is told before they are saved. Weighed as it is served, since the pieces share text: no table of prices adds up.
  app.post(
    ROUTES.script,
    { schema: { params: Type.Object({ site: Type.String() }), body: TrackerOptions, response: { 200: ScriptSize }, tags: ['sites'] } },
    async (request) => {
      await gate.require(request, 'sites')
      const site = await sites.find(request.params.site)
      if (!site) throw new AppError('not_found', `There is no site ${JSON.stringify(request.params.site)}.`)
      const { identity, gzip, br } = tailored(JSON.stringify({ tracker: request.body, domain: site.domain })).bytes
      return { bytes: identity.length, gzip_bytes: gzip.length, brotli_bytes: br.length }
    },
  )

  const stem = trackerName.replace(/\.js$/, '')
  const schema = { hide: true, querystring: Asked }
  app.get(`/${trackerName}`, { schema }, async (request, reply) => {
    const found = await find(request.query)
    return send(reply, found, found === unknown ? A_MINUTE : found.version === request.query.v ? FOR_EVER : A_DAY)
  })
  app.get(`/${stem}.:version([0-9a-f]{16}).js`, { schema }, async (request, reply) => {
    const found = await find(request.query)
    const { version } = request.params as { version: string }
    // An old version in somebody's page gets the present script, for a day.
    return send(reply, found, found === unknown ? A_MINUTE : found.version === version ? FOR_EVER : A_DAY)
  })
}

/** Text of a built file, by its name in the manifest. */
function readParts(directory: string): (name: string) => string {
  const file = join(directory, 'manifest.json')
  if (!existsSync(file)) throw new StartError(`The tracker is not built: ${file} is missing. Run npm run build.`)
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as TrackerManifest
  const parts = new Map(Object.entries(manifest).map(([name, { file }]) => [name, readFileSync(join(directory, file), 'utf8')]))
  return (name) => {
    const part = parts.get(name)
    if (part === undefined) throw new Error(`the built tracker has no part ${name}`)
    return part
  }
}

function compress(code: string): Script {
  const identity = Buffer.from(code)
  return {
    version: createHash('sha256').update(identity).digest('hex').slice(0, 16),
    integrity: `sha384-${createHash('sha384').update(identity).digest('base64')}`,
    bytes: {
      identity,
      gzip: gzipSync(identity, { level: 9 }),
      br: brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } }),
    },
  }
}

function send(reply: FastifyReply, { version, integrity, bytes }: Script, cacheControl: string): FastifyReply {
  const accepted = reply.request.headers['accept-encoding'] ?? ''
  const coding = (['br', 'gzip'] as const).find((name) => accepts(accepted, name)) ?? 'identity'
  // A strong tag names bytes: each coding has its own.
  const etag = `"${version}-${coding}"`
  void reply.headers({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': cacheControl,
    etag,
    vary: 'accept-encoding',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-footfall-integrity': integrity,
    'x-footfall-version': version,
    'x-content-type-options': 'nosniff',
  })
  const known = (reply.request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(etag) || known.includes('*')) return reply.status(304).send()
  if (coding !== 'identity') void reply.header('content-encoding', coding)
  return reply.send(bytes[coding])
}

/** Whether `Accept-Encoding` names the coding, and not with `q=0`. */
function accepts(header: string, coding: string): boolean {
  return header.split(',').some((entry) => {
    const [name = '', ...parameters] = entry.toLowerCase().split(';')
    return name.trim() === coding && !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter))
  })
}
