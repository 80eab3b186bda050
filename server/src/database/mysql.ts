import { CompiledQuery, MysqlDialect, MysqlQueryCompiler, type Dialect, type DatabaseConnection } from 'kysely'
import { createPool } from 'mysql2'
import type { MysqlAddress } from '../lib/mysql-url.ts'

/** Metadata is asked about once a second and changed by people: a handful of connections serves one process. */
const CONNECTIONS = 5
/** Requests that wait for a connection; beyond it they fail at once instead of filling the memory. */
const QUEUE = 1000

/**
 * What every connection is told, so that the server's own settings cannot change what a statement means.
 * Strict: a text that is too long is refused, as by no SQLite, rather than cut. No NO_BACKSLASH_ESCAPES: the driver quotes
 * bound values with backslashes. Read committed: its locks leave the gaps between rows alone, where two processes
 * that make rows at once would otherwise end in a deadlock.
 */
const SESSION = [
  "set session sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 10",
  'set session transaction isolation level read committed',
]

/** Kysely's dialect over a small pool of connections to MySQL or MariaDB. Connects with the first query, and again whenever it must. */
export function mysqlDialect(address: MysqlAddress): Dialect {
  return new BinaryDialect({
    pool: async () =>
      createPool({
        ...address,
        charset: 'UTF8MB4_BIN',
        connectionLimit: CONNECTIONS,
        queueLimit: QUEUE,
        connectTimeout: 5000,
        // A value is a value: an object is never spread into a list of assignments.
        stringifyObjects: true,
        decimalNumbers: true,
      }),
    onCreateConnection: prepare,
  })
}

async function prepare(connection: DatabaseConnection): Promise<void> {
  for (const statement of SESSION) await connection.executeQuery(CompiledQuery.raw(statement))
}

class BinaryDialect extends MysqlDialect {
  override createQueryCompiler(): MysqlQueryCompiler {
    return new BinaryCompiler()
  }
}

/**
 * Tables compare byte by byte, as SQLite does, whatever the database's own collation: `Signup` and `signup` are two goals.
 * Said here once for the tables of every migration, and for Kysely's own.
 */
class BinaryCompiler extends MysqlQueryCompiler {
  protected override visitCreateTable(node: Parameters<MysqlQueryCompiler['visitCreateTable']>[0]): void {
    super.visitCreateTable(node)
    this.append(' engine = InnoDB character set utf8mb4 collate utf8mb4_bin')
  }
}
