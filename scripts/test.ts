import { spawnSync } from 'node:child_process'
import { chromium } from './chromium.ts'
import { NODE, ROOT } from './paths.mjs'

const FILES = ['contract', 'server', 'tracker', 'simulator', 'dashboard/app', 'scripts', 'e2e'].map((folder) => `${folder}/**/*.test.ts`)

/**
 * `npm test`: everything, on every engine, with a real browser. Arguments replace the list of files,
 * options go to Node's test runner: `npm test -- server/src/write/writer.test.ts --test-name-pattern=replay`.
 */
export async function main(args: string[]): Promise<number> {
  const options = args.filter((arg) => arg.startsWith('--'))
  const files = args.filter((arg) => !arg.startsWith('--'))
  const env = { ...process.env, CHROMIUM_PATH: await chromium() }
  const runner = ['--test', '--test-reporter=spec', '--test-timeout=300000', ...options, ...(files.length > 0 ? files : FILES)]
  const { status } = spawnSync(NODE, runner, { cwd: ROOT, stdio: 'inherit', env })
  return status ?? 1
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
