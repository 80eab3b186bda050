import { existsSync } from 'node:fs'
import { installPackages, mayInstall } from './packages.ts'

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
  if (!mayInstall()) {
    throw Object.assign(new Error('The tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.'), {
      expected: true,
    })
  }
  await installPackages('Chromium for the browser tests', ['chromium'])
  return PLACES[0]!
}
