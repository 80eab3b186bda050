// Bytes of JavaScript that the first screen of a site's page loads, gzipped: `node dashboard/dev/bytes.ts`.
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
const ASSETS = new URL('../.output/public/_nuxt/', import.meta.url)
const html = readFileSync(new URL('../index.html', ASSETS), 'utf8')
const first = new Set([...html.matchAll(/(?:modulepreload"[^>]*|src=")[^>]*_nuxt\/([\w-]+\.js)/g)].map(([, name]) => name))
let entry = 0
for (const name of readdirSync(ASSETS).filter((each) => each.endsWith('.js'))) {
  const size = gzipSync(readFileSync(new URL(name, ASSETS))).length
  if (first.has(name)) entry += size
  console.log(String(size).padStart(8), name, first.has(name) ? 'preloaded' : '')
}
console.log(String(entry).padStart(8), 'preloaded by every page')
