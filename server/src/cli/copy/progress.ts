import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hash } from 'node:crypto'
import { join } from 'node:path'

/** How far a copy has come; it stands on disk, so that the next process goes on from there. */
export interface Progress {
  /** Unix seconds: the period that is copied, fixed when the copy began. */
  from: number
  to: number
  /** Everything before this is copied. */
  next: number
  /** Length of the window that begins there, seconds. */
  length?: number
  events: number
}

/** The progress of one copy, named by what is copied where: `copy-HASH.json` in DATA_DIR. */
export function progressFile(dataDir: string, copy: readonly string[]) {
  const path = join(dataDir, `copy-${hash('sha256', JSON.stringify(copy), 'hex').slice(0, 16)}.json`)
  return {
    read: (): Progress | null => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Progress) : null),
    /** A kill leaves the old one or the new one, never a part. */
    write(progress: Progress): void {
      mkdirSync(dataDir, { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify(progress), { flush: true })
      renameSync(`${path}.new`, path)
    },
    remove: () => rmSync(path, { force: true }),
  }
}
