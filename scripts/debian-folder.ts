import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { installPackages, mayInstall } from './packages.ts'
import { withProgress } from './progress.mjs'

/** Outside of the checkout, so that it is made once for all of them. */
const FOLDERS = '/var/cache/footfall-test'
const MIRROR = 'http://deb.debian.org/debian'

/**
 * A folder with another release of Debian and one package of it, for programs that this machine's own release does not have. Made where it is
 * missing, in about two minutes and 500 MB, which needs root on Debian or Ubuntu; kept for the next time.
 *
 * @param file that the package brings, relative to the folder: tells whether the folder is whole
 * @returns its path, or a sentence that says why there is none
 */
export async function debianFolder(wanted: { suite: string; package: string; file: string }): Promise<{ path: string } | { why: string }> {
  const path = join(FOLDERS, `${wanted.suite}-${wanted.package}`)
  if (existsSync(join(path, wanted.file))) return { path }
  const what = `a folder with ${wanted.package} of Debian ${wanted.suite}`
  if (!mayInstall()) return { why: `${what} can only be made as root on Debian or Ubuntu` }
  // Made under another name: an interrupted one is not taken for a whole one.
  const part = `${path}.part`
  try {
    if (!existsSync('/usr/sbin/debootstrap')) await installPackages('debootstrap', ['debootstrap'])
    await rm(part, { recursive: true, force: true })
    await mkdir(dirname(part), { recursive: true })
    await withProgress(`Making ${what}`, 'debootstrap', ['--variant=minbase', `--include=${wanted.package}`, wanted.suite, part, MIRROR])
    await rm(path, { recursive: true, force: true })
    await rename(part, path)
    return { path }
  } catch (error) {
    return { why: `${what} could not be made: ${(error as Error).message.trim().split('\n').at(-1)}` }
  }
}
