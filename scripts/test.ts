import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chromium } from './chromium.ts'
import { firefox } from './firefox.ts'
import { NODE, ROOT } from './paths.mjs'
import { startServers } from './servers.ts'

const FILES = ['contract', 'server', 'tracker', 'simulator', 'dashboard/app', 'scripts', 'e2e'].map((folder) => `${folder}/**/*.test.ts`)

/**
 * `npm test`: everything, on every engine, in real browsers. Arguments replace the list of files,
 * options go to Node's test runner: `npm test -- server/src/write/writer.test.ts --test-name-pattern=replay`.
 */
export async function main(args: string[]): Promise<number> {
  const options = args.filter((arg) => arg.startsWith('--'))
  const files = args.filter((arg) => !arg.startsWith('--'))
  const browsers = { CHROMIUM_PATH: await chromium(), FIREFOX_PATH: await firefox() }
  const servers = await startServers()
  const env = { ...process.env, ...servers.environment, ...browsers }
  const runner = ['--test', '--test-reporter=spec', '--test-timeout=300000', ...options, ...(files.length > 0 ? files : FILES)]
  const tests = spawn(NODE, runner, { cwd: ROOT, stdio: 'inherit', env })
  // Ctrl-C reaches the tests by itself; we wait for them, so that the servers are stopped too.
  const pass = (signal: NodeJS.Signals) => tests.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  const [code] = (await once(tests, 'exit')) as [number | null]
  process.off('SIGINT', pass).off('SIGTERM', pass)
  await servers.stop()
  return code ?? 1
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
