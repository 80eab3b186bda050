import { join } from 'node:path'
import type { Config } from '../config.ts'
import { StartError } from '../errors.ts'
import { isMysqlUrl } from '../lib/mysql-url.ts'
import type { CountLookups, SharedTexts } from '../seams.ts'
import type { Engine } from './engine.ts'

type OpenSettings = Pick<Config, 'eventsUrl' | 'databaseUrl' | 'dataDir'> & Partial<Pick<Config, 'databaseReadUrl'>>

export interface MySqlOptions {
  shared?: SharedTexts | null
  count?: CountLookups
  noteServer?: (server: 'replica' | 'primary') => void
}

const EVENTS_URL_FORMS = 'mysql://user:password@host:3306/database, or http://user:password@host:8123/database of a ClickHouse server'

/**
 * The store of events that the settings name: MySQL where EVENTS_URL (or, without one, DATABASE_URL) is an address of it, a ClickHouse
 * server over HTTP, or ClickHouse in this process. Each driver is loaded only where it is used: they take time and memory.
 *
 * @param options for MySQL: what processes share numbers of texts through, what counts look-ups, and which server answered
 * @throws StartError where it cannot be opened
 */
export async function openEngine(
  { eventsUrl, databaseUrl, databaseReadUrl = null, dataDir }: OpenSettings,
  { noteServer, ...numbers }: MySqlOptions = {},
): Promise<Engine> {
  const url = eventsUrl ?? (databaseUrl !== null && isMysqlUrl(databaseUrl) ? databaseUrl : null)
  if (url !== null && isMysqlUrl(url)) {
    const { connect } = await import('./mysql/client.ts')
    const { createMySqlEngine } = await import('./mysql/engine.ts')
    const { withReplica } = await import('./mysql/replica.ts')
    const client = await connect(url)
    return createMySqlEngine({ client: databaseReadUrl === null ? client : withReplica(client, databaseReadUrl, noteServer), ...numbers })
  }
  if (url !== null && !/^https?:\/\//i.test(url))
    throw new StartError(`EVENTS_URL must be ${EVENTS_URL_FORMS}, not ${url.replace(/:.*/s, ':…')}.`)
  if (databaseReadUrl !== null) throw new StartError('DATABASE_READ_URL is for events in MySQL or MariaDB; here they are in ClickHouse.')
  const { connect } = await import('./clickhouse/client.ts')
  const { createClickHouseEngine } = await import('./clickhouse/engine.ts')
  if (url !== null) return createClickHouseEngine({ client: await connect({ url }) })
  return createClickHouseEngine({ client: await connect({ path: join(dataDir, 'events') }), spool: join(dataDir, 'tmp') })
}
