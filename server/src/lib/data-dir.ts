import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StartError } from '../errors.ts'

/**
 * Makes sure that the directory of all local data exists and can be written, before anything is opened in it.
 *
 * @throws StartError one sentence for the operator
 */
export function prepareDataDir(directory: string): void {
  try {
    makeDirectory(resolve(directory))
    accessSync(directory, constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(`DATA_DIR is ${directory}, which cannot be written (${code}); choose another or change its owner.`)
  }
}

/**
 * Parent by parent, since Node's own `recursive` never ends where a folder is there and yet takes no child of any name, as /proc does: it
 * takes the ENOENT of the child for a missing parent, and the EEXIST of the parent for success.
 */
function makeDirectory(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return
  if (dirname(directory) !== directory) makeDirectory(dirname(directory))
  mkdirSync(directory, { mode: 0o700 })
}
