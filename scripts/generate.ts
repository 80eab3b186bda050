import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VARIABLES } from '../server/src/config.ts'
import { ROOT } from './paths.mjs'

/** Files that are made from the code, so that they cannot disagree with it. */
const FILES: Record<string, () => string> = { '.env.example': environmentExample }

function environmentExample(): string {
  const lines = Object.entries(VARIABLES).map(([name, { meaning, shown }]) => `# ${meaning}.\n#${name}=${shown}\n`)
  return [
    '# Settings of Footfall. Copy to .env and uncomment what you change; every one has a default.',
    '# Each variable can be given as a file too: NAME_FILE=/run/secrets/name.\n',
    ...lines,
  ].join('\n')
}

/** Writes the files, or with --check says which are stale. */
function main(args: string[]): number {
  let stale = 0
  for (const [name, make] of Object.entries(FILES)) {
    const path = join(ROOT, name)
    const wanted = make()
    if (!args.includes('--check')) writeFileSync(path, wanted)
    else if (readOr(path, '') !== wanted) {
      stale++
      console.error(`${name} is stale; run npm run fix.`)
    }
  }
  return stale === 0 ? 0 : 1
}

function readOr(path: string, other: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return other
  }
}

process.exitCode = main(process.argv.slice(2))
