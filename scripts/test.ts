import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from './chromium.ts'
import { firefox } from './firefox.ts'
import { startMysql9 } from './mysql9.ts'
import { NODE, ROOT } from './paths.mjs'
import { startServers } from './servers.ts'
import { outcome } from './test-outcome.ts'
import { RUNS, type Run } from './test-runs.ts'

/**
 * `npm test`: everything, on every engine, in real browsers; then what is about SQL once more on MySQL 9. Arguments replace the list of files
 * (and leave MySQL 9 out), options go to Node's test runner: `npm test -- server/src/write/writer.test.ts --test-name-pattern=replay`.
 */
export async function main(args: string[]): Promise<number> {
  const options = args.filter((arg) => arg.startsWith('--'))
  const files = args.filter((arg) => !arg.startsWith('--'))
  const runs: readonly Run[] = files.length > 0 ? [{ files, concurrency: 1 }] : RUNS
  const browsers = { CHROMIUM_PATH: await chromium(), FIREFOX_PATH: await firefox() }
  const servers = await startServers()
  const directory = await mkdtemp(join(tmpdir(), 'footfall-outcome-'))
  // Two hundred processes load much the same files: compiled once, they take 0.5 s of processor time less for a server. Children inherit it.
  const NODE_COMPILE_CACHE = process.env['NODE_COMPILE_CACHE'] ?? join(ROOT, 'node_modules/.cache/footfall')
  const env = { ...process.env, NODE_COMPILE_CACHE, ...servers.environment, ...browsers }
  // Made meanwhile: where there is no folder for it yet, that takes two minutes.
  const mysql9 = runs.some((run) => run.mysql9) ? startMysql9().catch((error: unknown) => ({ why: String(error) })) : null
  let untested = ''
  let code = 0
  try {
    // One that fails does not keep the others from saying what they know.
    for (const [number, run] of runs.entries()) {
      const place = run.mysql9 ? await mysql9 : null
      if (place && 'why' in place) {
        untested = `Not tested on MySQL 9: ${place.why}.\n`
        continue
      }
      const report = join(directory, String(number))
      code = (await runTests(run, options, report, { ...env, ...(place && { TEST_MYSQL_URL: place.url }) })) || code
    }
    process.stderr.write(`${await outcome(directory)}\n${untested}`)
    return code
  } finally {
    const server = await mysql9
    if (server && !('why' in server)) await server.stop()
    await servers.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** @param report file for what failed and how long files took */
async function runTests(run: Run, options: string[], report: string, env: NodeJS.ProcessEnv): Promise<number> {
  const runner = [
    '--test',
    `--test-concurrency=${run.concurrency}`,
    '--test-timeout=300000',
    // A file whose preparation failed may leave a server behind that would keep it from ending, for ever.
    '--test-force-exit',
    // Each reporter with its destination, in this order.
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${join(import.meta.dirname, 'test-outcome.ts')}`,
    `--test-reporter-destination=${report}`,
  ]
  const tests = spawn(NODE, [...runner, ...(run.options ?? []), ...options, ...run.files], { cwd: ROOT, stdio: 'inherit', env })
  // Ctrl-C reaches the tests by itself; we wait for them, so that the servers are stopped too.
  const pass = (signal: NodeJS.Signals) => tests.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  const [code] = (await once(tests, 'exit')) as [number | null]
  process.off('SIGINT', pass).off('SIGTERM', pass)
  return code ?? 1
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
