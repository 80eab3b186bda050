import { existsSync } from 'node:fs'
import { withProgress } from './progress.mjs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * Path of a Chromium for the browser tests: `CHROMIUM_PATH`, an installed one, or, as root on Debian and Ubuntu, the
 * package of the distribution, installed now.
 *
 * @throws An error that says in one sentence what to install.
 */
export async function chromium(): Promise<string> {
  const given = process.env['CHROMIUM_PATH']
  if (given) return given
  const found = PLACES.find((path) => existsSync(path))
  if (found) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw Object.assign(new Error('The tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.'), {
      expected: true,
    })
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await withProgress('Updating the package list', 'apt-get', ['update'], { env })
  await withProgress('Installing Chromium for the browser tests', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    env,
  })
  return PLACES[0]!
}
