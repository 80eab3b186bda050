import { startPrivateMysqlIn } from '../server/test/servers/mysql.ts'
import type { TestServer } from '../server/test/servers/process.ts'
import { debianFolder } from './debian-folder.ts'

/** What differs between MySQL and MariaDB is SQL, so what asks for most SQL runs on both: the engine's own tests, random questions (also from sums of days), and all cases. */
export const MYSQL9_FILES: readonly string[] = [
  'server/src/storage/mysql/**/*.test.ts',
  ...['shared-numbers', 'parity', 'rollup-days'].map((name) => `server/test/${name}.test.ts`),
]

/** Suites carry the name of their store: those of the other one ran already. */
export const MYSQL9_CASES = { files: ['server/test/cases/*.test.ts'], options: ['--test-name-pattern=\\(mysql\\)'] }

/**
 * A real MySQL 9: that of `TEST_MYSQL9_URL`, else a private one from Debian unstable, which has it as a package.
 *
 * @returns the server, or a sentence that says why there is none
 */
export async function startMysql9(): Promise<TestServer | { why: string }> {
  const given = process.env['TEST_MYSQL9_URL']
  if (given) return { url: given, stop: () => Promise.resolve() }
  const folder = await debianFolder({ suite: 'sid', package: 'mysql-server-core', file: 'usr/sbin/mysqld' })
  if ('why' in folder) return { why: `${folder.why}; TEST_MYSQL9_URL can name a server instead` }
  return startPrivateMysqlIn(folder.path)
}
