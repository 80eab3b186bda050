import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
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
  const installer = program('mariadb-install-db')
  if (server.endsWith('mysqld') || !installer) return startWith([server], installMysql, ['--mysqlx=OFF', ...options])
  return startWith([server], (_server, dataDir) => installMariaDb(installer, dataDir), options)
}

/**
 * The mysqld of another Debian in a folder, with the libraries of that Debian, through its loader: so it runs beside whatever this machine has,
 * without a chroot, and its data are where those of the others are.
 *
 * @param root folder of a Debian with the package mysql-server-core
 */
export function startPrivateMysqlIn(root: string, ...options: string[]): Promise<PrivateServer> {
  const { loader, libraries } = LIBRARIES[process.arch === 'arm64' ? 'arm64' : 'x64']
  const server = [join(root, loader), '--library-path', join(root, libraries), join(root, 'usr/sbin/mysqld')] as const
  // Debian's own folder for files that SQL may read does not exist outside of that Debian; none is needed.
  return startWith(server, installMysql, [`--basedir=${join(root, 'usr')}`, '--secure-file-priv=NULL', '--mysqlx=OFF', ...options])
}

const LIBRARIES = {
  x64: { loader: 'usr/lib64/ld-linux-x86-64.so.2', libraries: 'usr/lib/x86_64-linux-gnu' },
  arm64: { loader: 'usr/lib/ld-linux-aarch64.so.1', libraries: 'usr/lib/aarch64-linux-gnu' },
} as const

/** A server program and the arguments that come before all others. */
type Program = readonly [string, ...string[]]

function startWith(
  server: Program,
  install: (server: Program, dataDir: string, options: string[]) => Promise<unknown>,
  options: string[],
): Promise<PrivateServer> {
  return startPrivate({
    name: 'mysql',
    url: (port) => `mysql://root@127.0.0.1:${port}`,
    prepare: async (directory) => {
      await mkdir(join(directory, 'data'))
      await install(server, join(directory, 'data'), options)
    },
    command: (directory, port) => [
      ...server,
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
      ...options,
    ],
    ready: async (url) => (await mysql.createConnection(url)).end(),
  })
}

/** MySQL makes a root of `localhost` only, which is nobody where names are not resolved. */
const ROOT = "CREATE USER root@'127.0.0.1' IDENTIFIED BY '';\nGRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;\n"

async function installMysql([path, ...before]: Program, dataDir: string, options: string[]): Promise<void> {
  const file = join(dirname(dataDir), 'root.sql')
  await writeFile(file, ROOT)
  await run(path, [
    ...before,
    '--no-defaults',
    '--initialize-insecure',
    `--init-file=${file}`,
    ...asRoot(),
    `--datadir=${dataDir}`,
    ...options,
  ])
}

function installMariaDb(installer: string, dataDir: string): Promise<unknown> {
  const quick = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve']
  // It starts a server, which would throw away the temporary tables of another one that is being installed.
  return run(installer, ['--no-defaults', ...asRoot(), ...quick, `--datadir=${dataDir}`], {
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
