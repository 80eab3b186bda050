import { join } from 'node:path'
import type { Config } from '../config.ts'
import { isMysqlUrl } from '../lib/mysql-url.ts'
import type { CountLookups, SharedTexts } from '../seams.ts'
import type { Engine } from './engine.ts'

/**
 * The store of events that the settings name: MySQL where EVENTS_URL (or, without one, DATABASE_URL) is an address of it, a ClickHouse
 * server over HTTP, or ClickHouse in this process. Each driver is loaded only where it is used: they take time and memory.
 *
 * @param numbers for engines that have numbers in place of texts: what processes share them through, and what counts look-ups
 * @throws StartError where it cannot be opened
 */
export async function openEngine(
  { eventsUrl, databaseUrl, dataDir }: Pick<Config, 'eventsUrl' | 'databaseUrl' | 'dataDir'>,
  numbers: { shared?: SharedTexts | null; count?: CountLookups } = {},
): Promise<Engine> {
  const url = eventsUrl ?? (databaseUrl !== null && isMysqlUrl(databaseUrl) ? databaseUrl : null)
  if (url !== null && isMysqlUrl(url)) {
    const { connect } = await import('./mysql/client.ts')
    const { createMySqlEngine } = await import('./mysql/engine.ts')
    return createMySqlEngine({ client: await connect(url), ...numbers })
  }
  const { connect } = await import('./clickhouse/client.ts')
  const { createClickHouseEngine } = await import('./clickhouse/engine.ts')
  if (url !== null) return createClickHouseEngine({ client: await connect({ url }) })
  return createClickHouseEngine({ client: await connect({ path: join(dataDir, 'events') }), spool: join(dataDir, 'tmp') })
}
