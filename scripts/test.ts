import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chromium } from './chromium.ts'
import { firefox } from './firefox.ts'
import { MYSQL9_RUNS, startMysql9 } from './mysql9.ts'
import { NODE, ROOT } from './paths.mjs'
import { startServers } from './servers.ts'

const FILES = ['contract', 'server', 'tracker', 'simulator', 'dashboard/app', 'scripts', 'e2e'].map((folder) => `${folder}/**/*.test.ts`)

/**
 * `npm test`: everything, on every engine, in real browsers; then what is about SQL once more on MySQL 9. Arguments replace the list of files
 * (and leave MySQL 9 out), options go to Node's test runner: `npm test -- server/src/write/writer.test.ts --test-name-pattern=replay`.
 */
export async function main(args: string[]): Promise<number> {
  const options = args.filter((arg) => arg.startsWith('--'))
  const files = args.filter((arg) => !arg.startsWith('--'))
  const browsers = { CHROMIUM_PATH: await chromium(), FIREFOX_PATH: await firefox() }
  const servers = await startServers()
  const env = { ...process.env, ...servers.environment, ...browsers }
  // Made meanwhile: where there is no folder for it yet, that takes two minutes.
  const mysql9 = files.length > 0 ? null : startMysql9().catch((error: unknown) => ({ why: String(error) }))
  try {
    const code = await runTests(files.length > 0 ? files : FILES, options, env)
    return mysql9 ? code || (await testMysql9(await mysql9, options, env)) : code
  } finally {
    const server = await mysql9
    if (server && !('why' in server)) await server.stop()
    await servers.stop()
  }
}

async function testMysql9(server: Awaited<ReturnType<typeof startMysql9>>, options: string[], env: NodeJS.ProcessEnv): Promise<number> {
  if ('why' in server) {
    process.stderr.write(`Not tested on MySQL 9: ${server.why}.\n`)
    return 0
  }
  for (const run of MYSQL9_RUNS) {
    const code = await runTests(run.files, [...run.options, ...options], { ...env, TEST_MYSQL_URL: server.url })
    if (code !== 0) return code
  }
  return 0
}

async function runTests(files: string[], options: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const runner = ['--test', '--test-reporter=spec', '--test-timeout=300000', ...options, ...files]
  const tests = spawn(NODE, runner, { cwd: ROOT, stdio: 'inherit', env })
  // Ctrl-C reaches the tests by itself; we wait for them, so that the servers are stopped too.
  const pass = (signal: NodeJS.Signals) => tests.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  const [code] = (await once(tests, 'exit')) as [number | null]
  process.off('SIGINT', pass).off('SIGTERM', pass)
  return code ?? 1
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
