import { MYSQL_NEEDED, startMariaDb } from '../server/test/servers/mysql.ts'
import { program, type TestServer } from '../server/test/servers/process.ts'
import { REDIS_NEEDED, startRedis } from '../server/test/servers/redis.ts'
import { installPackages, mayInstall } from './packages.ts'

/** Servers that the tests talk to. One of each serves all test files; each makes a database of its own in it. */
const SERVERS = [
  {
    variable: 'TEST_MYSQL_URL',
    programs: ['mariadbd', 'mysqld'],
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    needed: MYSQL_NEEDED,
    start: startMariaDb,
  },
  {
    variable: 'TEST_REDIS_URL',
    programs: ['redis-server', 'valkey-server'],
    packages: ['redis-server'],
    needed: REDIS_NEEDED,
    start: startRedis,
  },
]

/**
 * Makes the servers ready: those of `TEST_…_URL`, else private ones from the programs on this machine, which are installed
 * before where that may be done.
 *
 * @param variables which of them; all where it is left out
 * @returns the variables that tell the tests where they are, and what ends them
 * @throws An error that says in one sentence what to install.
 */
export async function startServers(variables?: string[]): Promise<{ environment: Record<string, string>; stop(): Promise<void> }> {
  const wanted = SERVERS.filter(({ variable }) => variables?.includes(variable) ?? true)
  const missing = wanted.filter(({ variable, programs }) => !process.env[variable] && !program(...programs))
  if (missing.length > 0 && !mayInstall()) {
    const needed = missing.map((server) => server.needed).join(' and ')
    throw Object.assign(new Error(`Tests and checks need ${needed}.`), { expected: true })
  }
  if (missing.length > 0) {
    await installPackages(
      'MariaDB and Redis for the tests',
      missing.flatMap((server) => server.packages),
    )
  }
  const started: TestServer[] = []
  const stop = async () => void (await Promise.all(started.map((server) => server.stop())))
  const environment: Record<string, string> = {}
  try {
    for (const { variable, start } of wanted) {
      const server = await start()
      started.push(server)
      environment[variable] = server.url
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { environment, stop }
}
