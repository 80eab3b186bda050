import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle } from './build.ts'

/**
 * Builds `@footfall/tracker`: one ES module with `init` and `track`, and its types, from the sources of the script.
 *
 * The script is written for the top level of a page, where it starts as soon as it is read; that keeps it small. Here all of it stands
 * inside `init`, so that an import does nothing, and needs no window.
 */
export async function buildPackage(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  const script = await bundle({ BASE: 'location.href' }, 'package.ts')
  const code = `${INIT}${script.replace(/^(?=.)/gm, '    ')}${TRACK}`
  await writeFile(join(directory, 'index.js'), code)
  await writeFile(join(directory, 'index.d.ts'), (await readFile(join(import.meta.dirname, 'src/api.ts'), 'utf8')) + TYPES)
}

const INIT = `let early = []

export const init = (options) => {
  if (typeof document === 'undefined' || self.footfall?.l) return
  try {
`

const TRACK = `
  } catch {}
  early.splice(0).forEach((call) => track(...call))
}

export const track = (name, details) => {
  if (typeof document === 'undefined') return
  if (self.footfall) self.footfall(name, details)
  else if (early.length < 100) early.push([name, details])
}
`

const TYPES = `
/** Starts counting the page's views, once: a second call does nothing, nor does one outside of a browser. */
export declare const init: (options: Options) => void

/** Counts an event. One before \`init\` waits for it; outside of a browser nothing happens. */
export declare const track: (name: string, details?: Details) => void
`

if (import.meta.main) await buildPackage(join(import.meta.dirname, 'dist/package'))
