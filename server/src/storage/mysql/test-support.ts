import { freshMysqlDatabase, startMariaDb } from '../../../test/servers/mysql.ts'
import { type MySqlClient, connect } from './client.ts'
import { createMySqlEngine } from './engine.ts'

/** The real engine over a database of its own, with its client to look into the tables. */
export async function realMySqlEngine() {
  const server = await startMariaDb()
  const database = await freshMysqlDatabase(server.url)
  const client: MySqlClient = await connect(database.url)
  const engine = createMySqlEngine({ client })
  await engine.migrate()
  return {
    engine,
    client,
    url: database.url,
    async close() {
      await engine.close()
      await database.stop()
      await server.stop()
    },
  }
}
