import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartError } from '../errors.ts'

/**
 * Makes this process the only server of a data directory. The lock is one of the operating system, held through SQLite since Node
 * itself offers none: it ends with the process, however that ends, and no stale file can keep the next one from starting.
 *
 * @throws StartError where another server holds it
 */
export function lockDataDir(directory: string): { release: () => void } {
  const file = new DatabaseSync(join(directory, 'lock'))
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    throw new StartError(`DATA_DIR is ${directory}, which another running Footfall uses; stop that one or choose another directory.`, {
      cause: error,
    })
  }
  return { release: () => file.close() }
}
