import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { StartError } from '../../errors.ts'
import { select } from './client.ts'

const FOLDER = join(import.meta.dirname, 'migrations')

/**
 * Brings the tables up to date: one statement a file, in order of their numbers, each recorded once it ran.
 * A statement that ran without being recorded (a crash in between) would run again, so each must bear that.
 *
 * @returns names of the migrations that ran now
 * @throws StartError where the store has seen a migration that this program does not know
 */
export async function migrate(client: ClickHouseClient, folder: string = FOLDER): Promise<string[]> {
  await client.command({
    query: 'CREATE TABLE IF NOT EXISTS migrations (name String, at DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY name',
  })
  const done = new Set((await select<{ name: string }>(client, 'SELECT name FROM migrations')).map((row) => row.name))
  const ours = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  const newer = [...done].find((name) => !ours.includes(name))
  if (newer !== undefined) {
    throw new StartError(
      `The event store was last used by a newer version of Footfall (this one does not know its migration ${newer}); start that version, or restore a backup from before the upgrade.`,
    )
  }
  const missing = ours.filter((name) => !done.has(name))
  for (const name of missing) {
    await client.command({ query: await readFile(join(folder, name), 'utf8') })
    await client.command({ query: 'INSERT INTO migrations (name) SELECT {name: String}', query_params: { name } })
  }
  return missing
}
