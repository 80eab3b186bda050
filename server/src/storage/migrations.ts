import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../errors.ts'

/** How one engine remembers and runs its migrations. */
export interface MigrationStore {
  /** Names of those that this store has seen, of whatever version. */
  done(): Promise<string[]>
  /** Runs one statement. */
  run(sql: string): Promise<unknown>
  /** Remembers that it ran. */
  record(name: string): Promise<unknown>
}

/**
 * Runs the numbered .sql files of a folder that a store has not seen: one statement a file, in order of their numbers, each recorded
 * once it ran. A statement that ran without being recorded (a crash in between) runs again, so each must bear that.
 *
 * @returns names of the migrations that ran now
 * @throws StartError where the store has seen a migration that this program does not know
 */
export async function runMigrations(folder: string, store: MigrationStore): Promise<string[]> {
  const done = new Set(await store.done())
  const ours = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  const newer = [...done].find((name) => !ours.includes(name))
  if (newer !== undefined) {
    throw new StartError(
      `The event store was last used by a newer version of Footfall (this one does not know its migration ${newer}); start that version, or restore a backup from before the upgrade.`,
    )
  }
  const missing = ours.filter((name) => !done.has(name))
  for (const name of missing) {
    await store.run(await readFile(join(folder, name), 'utf8'))
    await store.record(name)
  }
  return missing
}
