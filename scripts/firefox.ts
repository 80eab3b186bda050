import { existsSync } from 'node:fs'
import { installPackages, mayInstall } from './packages.ts'

const DEBIAN = '/usr/bin/firefox-esr'
const PLACES = [DEBIAN, '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']

/**
 * Path of a Firefox for the tracker's tests: `FIREFOX_PATH`, an installed one, or, as root on Debian, the package of
 * the distribution, installed now. (Ubuntu has it only as a snap, which does not run where tests do.)
 *
 * @throws An error that says in one sentence what to install.
 */
export async function firefox(): Promise<string> {
  const given = process.env['FIREFOX_PATH']
  if (given) return given
  const found = PLACES.find((path) => existsSync(path))
  if (found) return found
  if (mayInstall()) await installPackages('Firefox for the browser tests', ['firefox-esr']).catch(() => {})
  if (existsSync(DEBIAN)) return DEBIAN
  throw Object.assign(new Error('The tests need Firefox: install it (Debian: apt-get install firefox-esr) or set FIREFOX_PATH to one.'), {
    expected: true,
  })
}
