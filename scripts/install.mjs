import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { withProgress } from './progress.mjs'

const STAMP = join(ROOT, 'node_modules', '.footfall-installed')

/** Installs the packages unless those of exactly this lockfile are there. */
export async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  const npm = await npmVersion()
  if (npm < 10) {
    const error = new Error(`Footfall needs npm 10 or newer to install its packages; this is npm ${npm}.`)
    error.expected = true
    throw error
  }
  await withProgress('Installing packages (once, about a minute)', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
  })
  writeFileSync(STAMP, wanted)
}

/** Major version of npm; npm tells its scripts in this variable. */
async function npmVersion() {
  const told = /npm\/(\d+)/.exec(process.env.npm_config_user_agent ?? '')
  return told ? Number(told[1]) : 10
}
