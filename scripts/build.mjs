import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BIN, NODE, ROOT } from './paths.mjs'
import { withProgress } from './progress.mjs'

/** What is built, from which files, by which command. The server itself runs from its sources. */
const PARTS = {
  tracker: {
    what: 'Building the tracker',
    sources: ['tracker/src', 'tracker/build.ts', 'tracker/package.json', 'contract'],
    output: 'tracker/dist',
    command: [NODE, ['tracker/build.ts']],
  },
  dashboard: {
    what: 'Building the dashboard (about half a minute)',
    sources: ['dashboard/app', 'dashboard/public', 'dashboard/nuxt.config.ts', 'dashboard/package.json', 'contract'],
    output: 'dashboard/.output/public',
    command: [NODE, [join(ROOT, 'node_modules/nuxt/bin/nuxt.mjs'), 'generate', 'dashboard']],
  },
}

/** Builds one part unless its output was made from exactly these sources. */
export async function build(name) {
  const { what, sources, output, command } = PARTS[name]
  const stamp = join(ROOT, output, '.built')
  const wanted = fingerprint(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const env = { ...process.env, PATH: `${BIN}:${process.env.PATH}`, NUXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
  await withProgress(what, command[0], command[1], { cwd: ROOT, env })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

/** Hash of names and contents: unlike times, it survives clones and copies. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const source of sources) for (const file of files(join(ROOT, source))) hash.update(file).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

function files(path) {
  if (!existsSync(path)) return []
  const relative = path.slice(ROOT.length + 1)
  let entries
  try {
    entries = readdirSync(path, { withFileTypes: true })
  } catch {
    return [relative]
  }
  return entries
    .filter((entry) => !/^(node_modules|test|\..*)$|\.test\.ts$/.test(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : [join(relative, entry.name)]))
}
