import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from '../scripts/paths.mjs'

/** Benchmarks are the scripts of this folder that export `main`; each prints one JSON object. */
const NOT_BENCHES = new Set(['main.ts', 'load.ts', 'bare.ts', 'history.ts', 'dashboard-sql.ts', 'screen.ts', 'reports.ts', 'server.ts'])

/** `npm run bench -- NAME`: runs one; without a name lists them. */
export async function main(args: string[]): Promise<number> {
  const folder = join(ROOT, 'bench')
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !NOT_BENCHES.has(file))
    .map((file) => file.slice(0, -3))
  const [name = ''] = args
  if (!names.includes(name)) {
    process.stdout.write(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}\n`)
    return name === '' ? 0 : 1
  }
  const bench = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { main: (args: string[]) => Promise<void> }
  await bench.main(args.slice(1))
  return 0
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
