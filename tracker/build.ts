import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import {
  GENERIC_TRACKER,
  TRACKER_CLICKS,
  TRACKER_CORE,
  TRACKER_EXTRAS,
  TRACKER_FILTERS,
  TRACKER_PLACES,
  tailorTracker,
  trackerCore,
  type TrackerCore,
  type TrackerManifest,
} from '@footfall/contract/tracker.ts'
import type { TrackerOptions } from '@footfall/contract/sites.ts'
import { build, transform } from 'esbuild'

/** Bytes gzipped: what a site pays that uses nothing but the basics, and what one pays that uses everything. */
const BUDGET = { base: 1200, everything: 2250 }

/** fetch with keepalive, which the queue is built on, is not older than what these versions understand. */
const TARGET = 'es2020'

const source = (name: string) => join(import.meta.dirname, 'src', name)
const place = (name: keyof typeof TRACKER_PLACES) => JSON.stringify(TRACKER_PLACES[name])

/** `let` everywhere is what compresses best, and keeps the names out of the page once there is a block around them. */
const shorten = (code: string) => code.replace(/^(\s*(?:for \()?)(?:const|var) /gm, '$1let ')

/** Sizes in bytes: as it is, and compressed. */
const measure = (code: string) => ({
  min: Buffer.byteLength(code),
  gzip: gzipSync(code, { level: 9 }).length,
  brotli: brotliCompressSync(code).length,
})

/** The constants of a core, by name of `src/globals.d.ts`, as code. */
const constants = ({ hash, localhost, manual, pageTitles, extras, filter }: TrackerCore) => ({
  HASH: String(hash === true),
  LOCALHOST: String(localhost === true),
  MANUAL: String(manual === true),
  TITLES: String(pageTitles === true),
  EXTRAS: extras ? place('extras') : 'false',
  FILTER: filter ? place('filter') : 'false',
  DOMAIN: place('domain'),
  ENDPOINT: place('endpoint'),
})

/**
 * All modules as one, with the constants in it or with those that a module of `src` exports; what the constants rule out is dropped.
 */
export async function bundle(define: Record<string, string>, injected?: string): Promise<string> {
  const result = await build({
    entryPoints: [source('tracker.ts')],
    inject: injected ? [source(injected)] : [],
    define,
    bundle: true,
    format: 'esm',
    target: TARGET,
    write: false,
    legalComments: 'none',
  })
  return shorten(result.outputFiles[0]!.text)
}

/**
 * A core, or the generic script, minified; with places for what the server knows.
 *
 * Two passes, since esbuild keeps the top level of a bundle as it is: the second sees it inside a block and shortens every name.
 * The `try` around it all is why an ancient or broken browser runs the page as if we were not there.
 */
export async function buildCore(core: TrackerCore | typeof GENERIC_TRACKER): Promise<string> {
  const code =
    core === GENERIC_TRACKER
      ? await bundle({ PLACE_ENDPOINT: place('endpoint') }, 'generic.ts')
      : await bundle({ BASE: 'document.currentScript.src', ...constants(core) })
  const { code: minified } = await transform(`try{${code}}catch{}`, { minify: true, target: TARGET })
  return minified.trim()
}

/** A piece, `webVitals` from `web-vitals.ts`, as an expression that the server can write anywhere. */
async function buildPiece(folder: string, name: string): Promise<string> {
  const file = source(`${folder}/${name.replace(/[A-Z]/g, '-$&').toLowerCase()}.ts`)
  const { code } = await transform(shorten(await readFile(file, 'utf8')), { loader: 'ts', minify: true, target: TARGET })
  const expression = code
    .trim()
    .replace(/^export default/, '')
    .replace(/;$/, '')
    .trim()
  // Only an expression can stand in brackets: neither an import nor a second statement.
  await transform(`(${expression})`)
  return expression
}

/** Every file of the tracker, by name: a core for each set of its options, the pieces, and the generic script. */
export async function buildParts(): Promise<Record<string, string>> {
  const parts: Record<string, string> = { [GENERIC_TRACKER]: await buildCore(GENERIC_TRACKER) }
  for (const core of cores()) parts[trackerCore(core)] = await buildCore(core)
  for (const name of TRACKER_CLICKS) parts[name] = await buildPiece('clicks', name)
  for (const name of TRACKER_EXTRAS) parts[name] = await buildPiece('extras', name)
  for (const name of TRACKER_FILTERS) parts[name] = await buildPiece('filters', name)
  return parts
}

function cores(): TrackerCore[] {
  const names = [...TRACKER_CORE, 'extras', 'filter'] as const
  return Array.from({ length: 2 ** names.length }, (_, bits) =>
    Object.fromEntries(names.map((name, bit) => [name, (bits >> bit) % 2 === 1])),
  )
}

/** Options whose scripts are measured: none, each alone, and the most that one site can use. */
const MEASURED: Record<string, TrackerOptions> = {
  base: {},
  ...Object.fromEntries([...TRACKER_CORE, ...TRACKER_CLICKS, 'webVitals'].map((name) => [name, { [name]: true }])),
  exclude: { exclude: ['/admin/**'] },
  beforeSend: { beforeSend: 'beforeSend' },
  identify: { identify: true },
  everything: {
    ...Object.fromEntries(['hash', 'pageTitles', ...TRACKER_CLICKS, 'webVitals'].map((name) => [name, true])),
    include: ['/**'],
    exclude: ['/admin/**'],
    beforeSend: 'beforeSend',
  },
}

/**
 * Builds everything into a directory, with a manifest.
 *
 * @returns Sizes in bytes by what they are measured of: the scripts of some sites, and the generic one.
 * @throws Error if the base, or any, is over its budget.
 */
export async function buildAll(directory: string, budget = BUDGET): Promise<Record<string, ReturnType<typeof measure>>> {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  const parts = await buildParts()
  const manifest: TrackerManifest = {}
  for (const [name, code] of Object.entries(parts)) {
    const file = `${name}.js`
    await writeFile(join(directory, file), code)
    manifest[name] = { file, hash: createHash('sha256').update(code).digest('hex').slice(0, 12) }
  }
  await writeFile(join(directory, 'manifest.json'), JSON.stringify(manifest, null, 2))

  const site = { domain: 'example.com', endpoint: 'api/event' }
  const sizes = Object.fromEntries(
    Object.entries(MEASURED).map(([name, options]) => [name, measure(tailorTracker((part) => parts[part]!, options, site))]),
  )
  sizes[GENERIC_TRACKER] = measure(parts[GENERIC_TRACKER]!)
  for (const [name, { gzip }] of Object.entries(sizes)) {
    const limit = name === 'base' ? budget.base : budget.everything
    if (gzip > limit) throw new Error(`tracker ${name}: expected at most ${limit} bytes gzipped, got ${gzip}`)
  }
  return sizes
}

if (import.meta.main) console.table(await buildAll(join(import.meta.dirname, 'dist')))
