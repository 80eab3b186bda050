import mysql, {
  type ConnectionOptions,
  type Pool,
  type PoolConnection,
  type PoolOptions,
  type ResultSetHeader,
  type RowDataPacket,
} from 'mysql2/promise'
import { StartError } from '../../errors.ts'
import { mysqlAddress } from '../../lib/mysql-url.ts'
import { tooOld } from '../../lib/mysql-version.ts'
import type { Replica } from './replica.ts'

/** A MySQL or MariaDB server, as far as they differ for us. */
export interface MySqlClient {
  pool: Pool
  /** Connections of the writer (turn.ts), apart from those of questions: it must not wait for them. */
  turns: Pool
  /** Answers questions where it can; null where there is none. */
  replica: Replica | null
  server: 'mysql' | 'mariadb'
  /** Largest statement, bytes. */
  statementBytes: number
  /** Ends all pools; until then a timer of theirs keeps the process alive. */
  close(): Promise<void>
}

/**
 * For every session, so that nothing depends on how the server was set up. Subqueries are read once and kept: the
 * optimizers may otherwise run one for every row of a table without an index for it.
 */
const SESSION = [
  "sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
  // Two long addresses are told apart to their last byte when rows are sorted; the default compares 1,024.
  'max_sort_length = 8192',
  // A journey as a list of numbers (query/journeys.ts); the default cuts it after 1,024 characters.
  'group_concat_max_len = 65536',
  'tmp_table_size = 67108864',
  'max_heap_table_size = 67108864',
]
const SESSION_OF = {
  mysql: ["optimizer_switch = 'semijoin=off,materialization=on,subquery_materialization_cost_based=off'"],
  // The second keeps long lists of ids a sorted array; the server would make temporary tables of them.
  mariadb: ["optimizer_switch = 'semijoin=off,materialization=on,in_to_exists=off'", 'in_predicate_conversion_threshold = 0'],
} as const

/**
 * Of the writer. Without the gaps between rows locked, imports and erasures do not wait for it; and a process that hangs in its turn, or
 * whose machine is gone, keeps the others waiting for so many seconds, not for the server's eight hours.
 */
const TURN_SESSION = ['SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', 'SET SESSION wait_timeout = 30']
/** Closed here before the server would, milliseconds. The driver closes none while there may be as many idle ones as there may be at all. */
const TURN_IDLE = 10_000

/** 64-bit numbers as text, since a JavaScript number would lose digits. */
const DRIVER = { charset: 'utf8mb4_bin', supportBigNumbers: true, bigNumberStrings: true, connectTimeout: 10_000 } as const

/**
 * Connects to `mysql://user:password@host:3306/database` (or `mariadb://…`).
 *
 * @param connections at most so many at a time; who needs one more waits
 * @throws StartError where the server does not answer or is too old, or the address is not one
 */
export async function connect(url: string, { connections = 10 }: { connections?: number } = {}): Promise<MySqlClient> {
  const address = { ...mysqlAddress('EVENTS_URL', url), ...DRIVER }
  const facts = await askServer(address)
  const pool = openPool({ ...address, connectionLimit: connections, maxIdle: connections }, facts.server)
  const turns = openPool({ ...address, connectionLimit: 2, maxIdle: 1, idleTimeout: TURN_IDLE }, facts.server, TURN_SESSION)
  const close = async () => void (await Promise.all([pool.end(), turns.end()]))
  return { pool, turns, replica: null, close, ...facts }
}

/**
 * A pool whose connections have our settings, queued before whatever a connection was made for. Where one fails, the connection is of no use.
 *
 * @param more statements beside the settings
 */
export function openPool(options: PoolOptions, server: MySqlClient['server'], more: string[] = []): Pool {
  const pool = mysql.createPool({ ...DRIVER, ...options, waitForConnections: true })
  const statements = [`SET SESSION ${[...SESSION, ...SESSION_OF[server]].join(', ')}`, ...more]
  pool.pool.on('connection', (connection) => {
    for (const sql of statements) connection.query(sql, (error) => void (error && connection.destroy()))
  })
  return pool
}

async function askServer(address: ConnectionOptions): Promise<Pick<MySqlClient, 'server' | 'statementBytes'>> {
  const where = `${address.host}:${address.port}`
  const connection = await mysql.createConnection(address).catch((cause: unknown) => {
    throw new StartError(`The event store at ${where} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  })
  try {
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version, @@max_allowed_packet AS bytes')
    const version = String(row!['version'])
    const complaint = tooOld(version)
    if (complaint) throw new StartError(complaint)
    const server = /mariadb/i.test(version) ? 'mariadb' : 'mysql'
    return { server, statementBytes: Number(row!['bytes']) }
  } finally {
    await connection.end()
  }
}

/** Runs a SELECT. 64-bit integers and decimals come as decimal text, other integers as numbers, BLOBs as buffers. */
export async function select<Row>(on: Pool | PoolConnection, sql: string, values: unknown[] = []): Promise<Row[]> {
  const [rows] = await on.query<RowDataPacket[]>(sql, values)
  return rows as Row[]
}

/** Runs any other statement. */
export async function command(on: Pool | PoolConnection, sql: string, values: unknown[] = []): Promise<ResultSetHeader> {
  const [result] = await on.query<ResultSetHeader>(sql, values)
  return result
}

/** Number of the server's error; undefined where the failure came from somewhere else (a lost connection). */
export function errorCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('sqlState' in error)) return undefined
  return Number(error.errno)
}
