import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { runMigrations } from '../migrations.ts'
import { select } from './client.ts'

const FOLDER = join(import.meta.dirname, 'migrations')

/**
 * Brings the tables up to date (rules: `runMigrations`).
 *
 * @returns names of the migrations that ran now
 * @throws StartError where the store has seen a migration that this program does not know
 */
export async function migrate(client: ClickHouseClient, folder: string = FOLDER): Promise<string[]> {
  await client.command({
    query: 'CREATE TABLE IF NOT EXISTS migrations (name String, at DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY name',
  })
  return runMigrations(folder, {
    done: async () => (await select<{ name: string }>(client, 'SELECT name FROM migrations')).map((row) => row.name),
    run: (query) => client.command({ query }),
    record: (name) => client.command({ query: 'INSERT INTO migrations (name) SELECT {name: String}', query_params: { name } }),
  })
}
