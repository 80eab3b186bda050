import { freshMysqlDatabase, startPrivateMariaDb } from '../servers/mysql.ts'
import type { PrivateServer } from '../servers/process.ts'

/** An empty store for one scene. */
export interface PreparedStore {
  /** Settings of the server, beyond the data directory. */
  environment: Record<string, string>
  /** Where the store is a server of its own, which may be killed. */
  server?: PrivateServer
  stop(): Promise<void>
}

/** A store whose Footfall is put through faults. An engine is one more entry. */
export interface FaultStore {
  name: string
  prepare(): Promise<PreparedStore>
}

export const STORES: FaultStore[] = [
  { name: 'embedded', prepare: () => Promise.resolve({ environment: {}, stop: () => Promise.resolve() }) },
  {
    name: 'mysql',
    async prepare() {
      const server = await startPrivateMariaDb()
      const { url } = await freshMysqlDatabase(server.url)
      return { environment: { DATABASE_URL: url }, server, stop: () => server.stop() }
    },
  },
]
