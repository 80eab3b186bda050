import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own, in memory, that can be filled to the last byte. */
export interface SmallDisk {
  path: string
  /** Takes all the space that is left. */
  fill(): Promise<void>
  /** Gives it back. */
  free(): Promise<void>
  unmount(): void
}

/** @throws where this process may not mount, in words for whoever runs the tests */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'footfall-disk-'))
  const mounted = asRoot('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', path)
  if (mounted !== null) {
    rmdirSync(path)
    throw new Error(
      `The tests of a full disk mount a small tmpfs, which this user may not (${mounted}); run them as root, or let sudo work without a password.`,
    )
  }
  const ballast = join(path, 'ballast')
  return {
    path,
    async fill() {
      const file = await open(ballast, 'a')
      try {
        for (let size = 1 << 20; size >= 1;) {
          const written = await file.write(Buffer.alloc(size)).then(
            ({ bytesWritten }) => bytesWritten,
            () => 0,
          )
          if (written < size) size >>= 1
        }
      } finally {
        await file.close()
      }
    },
    free: () => rm(ballast, { force: true }),
    unmount() {
      const left = asRoot('umount', '--lazy', path)
      if (left !== null) throw new Error(`${path} cannot be unmounted: ${left}`)
      rmdirSync(path)
    },
  }
}

/** Runs it, with sudo where needed and possible; answers null, or why not. */
function asRoot(...command: string[]): string | null {
  const [program, args] = process.getuid?.() === 0 ? [command[0]!, command.slice(1)] : ['sudo', ['-n', ...command]]
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? null : (error?.message ?? stderr.trim())
}
