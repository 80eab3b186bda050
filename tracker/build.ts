import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { GENERIC_TRACKER, TRACKER_OPTIONS, TRACKER_PLACES, trackerVariant, type TrackerManifest } from '@footfall/contract/tracker.ts'
import type { TrackerOptions } from '@footfall/contract/sites.ts'
import { build, transform } from 'esbuild'

/** Bytes gzipped: what a site pays that uses nothing but the basics, and what one pays that uses everything. */
const BUDGET = { base: 1200, everything: 2200 }

/** fetch with keepalive, which the queue is built on, is not older than what these versions understand. */
const TARGET = 'es2020'

const source = (name: string) => join(import.meta.dirname, 'src', name)

/** `outboundLinks` is the constant `OUTBOUND_LINKS` of the source. */
const constant = (option: string) => option.replace(/[A-Z]/g, '_$&').toUpperCase()

/**
 * The script with these options compiled in, or the generic one, minified; with places for the domain and the endpoint.
 *
 * Two passes, since esbuild keeps the top level of a bundle as it is: the first joins the modules and drops what the options
 * rule out; the second sees them inside a block and shortens every name. `let` everywhere is what compresses best, and keeps
 * the block's names out of the page. The `try` around it all is why an ancient or broken browser runs the page as if we were not there.
 */
export async function buildTracker(options: TrackerOptions | typeof GENERIC_TRACKER): Promise<string> {
  const generic = options === GENERIC_TRACKER
  const values = generic ? [] : TRACKER_OPTIONS.map((name) => [constant(name), String(options[name] === true)] as const)
  const places = Object.entries(TRACKER_PLACES).map(([name, place]) => [constant(name), JSON.stringify(place)] as const)
  const bundle = await build({
    entryPoints: [source('tracker.ts')],
    inject: generic ? [source('generic.ts')] : [],
    define: generic ? { PLACE_ENDPOINT: JSON.stringify(TRACKER_PLACES.endpoint) } : Object.fromEntries([...values, ...places]),
    bundle: true,
    format: 'esm',
    target: TARGET,
    write: false,
    legalComments: 'none',
  })
  const code = bundle.outputFiles[0]!.text.replace(/^(\s*(?:for \()?)(?:const|var) /gm, '$1let ')
  const minified = await transform(`try{${code}}catch{}`, { minify: true, target: TARGET })
  return minified.code.trim()
}

/** Every set of options: 64 scripts of two kilobytes, built in about a second, so that the server needs no esbuild. */
function optionSets(): TrackerOptions[] {
  return Array.from({ length: 2 ** TRACKER_OPTIONS.length }, (_, bits) =>
    Object.fromEntries(TRACKER_OPTIONS.map((name, index) => [name, (bits & (1 << index)) !== 0])),
  )
}

/**
 * Builds every variant into `directory`, with its manifest.
 * Throws where one is over its budget. Returns the sizes in bytes, by name.
 */
export async function buildAll(directory: string, budget = BUDGET) {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  const manifest: TrackerManifest = {}
  const sizes: Record<string, { min: number; gzip: number; brotli: number }> = {}
  for (const options of [...optionSets(), GENERIC_TRACKER] as const) {
    const name = options === GENERIC_TRACKER ? GENERIC_TRACKER : trackerVariant(options)
    const code = await buildTracker(options)
    const file = `${name}.js`
    await writeFile(join(directory, file), code)
    manifest[name] = { file, hash: createHash('sha256').update(code).digest('hex').slice(0, 12) }
    sizes[name] = { min: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length, brotli: brotliCompressSync(code).length }
  }
  await writeFile(join(directory, 'manifest.json'), JSON.stringify(manifest, null, 2))
  for (const [name, { gzip }] of Object.entries(sizes)) {
    const limit = name === 'base' ? budget.base : budget.everything
    if (gzip > limit) throw new Error(`tracker ${name}: expected at most ${limit} bytes gzipped, got ${gzip}`)
  }
  return sizes
}

if (import.meta.main) {
  const sizes = await buildAll(join(import.meta.dirname, 'dist'))
  const one = TRACKER_OPTIONS.map((name) => name as string)
  const shown = ['base', ...one, TRACKER_OPTIONS.filter((name) => name !== 'manual').join('+'), GENERIC_TRACKER]
  console.table(Object.fromEntries(shown.map((name) => [name, sizes[name]])))
}
