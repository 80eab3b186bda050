import { accessSync, constants, mkdirSync } from 'node:fs'
import { StartError } from '../errors.ts'

/**
 * Makes sure that the directory of all local data exists and can be written, before anything is opened in it.
 *
 * @throws StartError one sentence for the operator
 */
export function prepareDataDir(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    accessSync(directory, constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(`DATA_DIR is ${directory}, which cannot be written (${code}); choose another or change its owner.`)
  }
}
