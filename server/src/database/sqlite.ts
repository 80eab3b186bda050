import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'

/** How long one process waits for another one's write, milliseconds. Our writes take one or two. */
const BUSY_MILLISECONDS = 5000
/** The program has some sixty different statements; beyond that, old ones give way. */
const STATEMENTS_KEPT = 200

/** Kysely's dialect over Node's own SQLite. The file is opened with the first query, and made if it is missing. */
export function sqliteDialect(path: string): Dialect {
  return new NodeSqliteDialect({ database: async () => openFile(path) })
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0]
  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config)
    this.#config = config
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#config)
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

/**
 * A plain `begin` takes the write lock with its first write, and fails at once, without waiting, where another process
 * wrote since the first read (sqlite.org/rescode.html#busy_snapshot). The server and the command line share the file.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** Kysely plays safe here, but SQLite's DDL is transactional: a migration happens whole or not at all, and one process at a time. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function openFile(path: string): SqliteDatabase {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = new DatabaseSync(path, { timeout: BUSY_MILLISECONDS, enableForeignKeyConstraints: true })
  file.exec('pragma journal_mode = wal')
  // What is deleted is overwritten: by default a destroyed salt would stay readable in a page that the file keeps for later.
  file.exec('pragma secure_delete = on')
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => file.close(),
    prepare(sql) {
      const statement = kept.get(sql) ?? prepare(file, sql)
      kept.delete(sql)
      kept.set(sql, statement)
      if (kept.size > STATEMENTS_KEPT) kept.delete(kept.keys().next().value!)
      return statement
    },
  }
}

function prepare(file: DatabaseSync, sql: string): SqliteStatement {
  const statement = file.prepare(sql)
  // Rows come without a prototype; copied, they are as MySQL's driver gives them, and equal to object literals.
  const all = (parameters: readonly unknown[]) => statement.all(...(parameters as SQLInputValue[])).map((row) => ({ ...row }))
  return {
    reader: statement.columns().length > 0,
    all,
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    // Whole at once: a kept statement may not be stepped by two at the same time.
    iterate: (parameters) => all(parameters).values(),
  }
}
