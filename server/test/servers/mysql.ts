import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import { program, startPrivate, type PrivateServer, type TestServer } from './process.ts'

const run = promisify(execFile)

/** What to install where there is none. */
export const MYSQL_NEEDED =
  'MariaDB 10.6 or newer (Debian: apt-get install mariadb-server-core; elsewhere set TEST_MYSQL_URL=mysql://user:password@host:3306)'

/**
 * A MariaDB or MySQL for tests: that of `TEST_MYSQL_URL`, else a private one.
 *
 * @throws where neither can be had, with what to install
 */
export function startMariaDb(): Promise<TestServer> {
  const given = process.env['TEST_MYSQL_URL']
  return given ? Promise.resolve({ url: given, stop: () => Promise.resolve() }) : startPrivateMariaDb()
}

/**
 * One that a test may kill; with further arguments of mariadbd. Nothing is synced to disk: the machine's death would lose rows,
 * the server's would not.
 */
export function startPrivateMariaDb(...options: string[]): Promise<PrivateServer> {
  const server = program('mariadbd', 'mysqld')
  if (!server) throw new Error(`The tests need ${MYSQL_NEEDED}.`)
  return startPrivate({
    name: 'mysql',
    url: (port) => `mysql://root@127.0.0.1:${port}`,
    prepare: (directory) => initialize(server, join(directory, 'data')),
    command: (directory, port) => [
      server,
      '--no-defaults',
      ...asRoot(),
      `--datadir=${join(directory, 'data')}`,
      `--socket=${join(directory, 'socket')}`,
      `--pid-file=${join(directory, 'pid')}`,
      // A server that starts throws away the temporary tables it finds, of others too.
      `--tmpdir=${directory}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--innodb-flush-log-at-trx-commit=2',
      '--innodb-buffer-pool-size=128M',
      '--max-connections=300',
      ...(server.endsWith('mysqld') ? ['--mysqlx=OFF'] : []),
      ...options,
    ],
    ready: async (url) => (await mysql.createConnection(url)).end(),
  })
}

async function initialize(server: string, dataDir: string): Promise<void> {
  const installer = program('mariadb-install-db')
  await mkdir(dataDir)
  if (server.endsWith('mysqld') || !installer) {
    await run(server, ['--no-defaults', '--initialize-insecure', ...asRoot(), `--datadir=${dataDir}`])
    return
  }
  const quick = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve']
  // It starts a server, which would throw away the temporary tables of another one that is being installed.
  await run(installer, ['--no-defaults', ...asRoot(), ...quick, `--datadir=${dataDir}`], {
    env: { ...process.env, TMPDIR: dirname(dataDir) },
  })
}

/** The programs refuse to run as root unless told. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : []
}

/** A database of one's own on a server; `stop` drops it. */
export async function freshMysqlDatabase(server: string): Promise<TestServer> {
  const name = `footfall_${randomBytes(6).toString('hex')}`
  const statement = async (sql: string) => {
    const connection = await mysql.createConnection(server)
    await connection.query(sql)
    await connection.end()
  }
  await statement(`create database ${name} character set utf8mb4 collate utf8mb4_bin`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, stop: () => statement(`drop database if exists ${name}`) }
}
