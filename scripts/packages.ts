import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { withProgress } from './progress.mjs'

const POLICY = '/usr/sbin/policy-rc.d'

/** Whether this machine lets us install packages: root on Debian or Ubuntu. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Installs packages of the distribution, showing progress. Their services are not started: the tests start private ones. */
export async function installPackages(what: string, packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const ours = !existsSync(POLICY)
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await withProgress('Updating the package list', 'apt-get', ['update'], { env })
    await withProgress(`Installing ${what}`, 'apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env })
  } finally {
    if (ours) rmSync(POLICY, { force: true })
  }
}
