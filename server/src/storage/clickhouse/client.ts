import { ClickHouseLogLevel, createClient, type ClickHouseClient, type ClickHouseClientConfigOptions } from '@clickhouse/client'
import { StartError } from '../../errors.ts'

/** Where ClickHouse is: in this process over a directory, or a server over HTTP (`http(s)://user:password@host:8123/database`). */
export type ClickHouseTarget = { path: string } | { url: string }

type Connection = NonNullable<ClickHouseClientConfigOptions['connection']>

/**
 * For every statement. Without the first, 64-bit ids arrive as JSON numbers and lose their last digits. With the second, what
 * was deleted is out of sight at once, although the parts are rewritten later (engine.ts, `forget`).
 */
const SETTINGS = { output_format_json_quote_64bit_integers: 1, apply_mutations_on_fly: 1 } as const

/**
 * For statements that only read, on a server: it stops those whose client closed the connection. TRAP: without `readonly` it does so for GET
 * alone, and this client only sends POST. 2 lets a statement still set settings of its own.
 */
const READING = { readonly: '2', cancel_http_readonly_queries_on_client_close: 1 } as const

/** A client of a server whose questions end with those who asked: `query`, and `exec`, by which results are streamed. `command` writes. */
function connectServer(url: string): ClickHouseClient {
  // Who calls logs what fails; by itself the client writes twenty lines a failure to the console.
  const log = { level: ClickHouseLogLevel.OFF }
  const client = createClient({ url, log, clickhouse_settings: SETTINGS, use_multipart_params_auto: true })
  const [query, exec] = [client.query.bind(client), client.exec.bind(client)]
  client.query = (params) => query({ ...params, clickhouse_settings: { ...READING, ...params.clickhouse_settings } })
  client.exec = (params: Parameters<typeof exec>[0]) =>
    exec({ ...params, clickhouse_settings: { ...READING, ...params.clickhouse_settings } })
  return client
}

/**
 * Makes a client for either target; both speak the same SQL afterwards.
 *
 * TRAP: chdb carries out `clickhouse_settings` of a request as `SET` in its one session, where they stay for every later
 * request. Settings of a single statement belong into its SQL (`… SETTINGS a = 1`).
 *
 * @throws StartError where the directory cannot be opened or chdb is not installed
 */
export async function connect(target: ClickHouseTarget): Promise<ClickHouseClient> {
  if ('url' in target) return connectServer(target.url)
  const { createChdbConnection } = await import('chdb/connection').catch((cause: unknown) => {
    throw new StartError(
      'The embedded event store needs the package chdb, which is not installed here; set EVENTS_URL to use a database server.',
      { cause },
    )
  })
  try {
    // The same interface, but chdb has its types from @clickhouse/client-common and the client carries a copy of them.
    const connection = createChdbConnection({ path: target.path }) as unknown as Connection
    return createClient({ connection, clickhouse_settings: SETTINGS })
  } catch (cause) {
    throw new StartError(
      `The event store in ${target.path} cannot be opened: another process has it open (embedded mode is one process), or it is not ours to read.`,
      { cause },
    )
  }
}

/** Runs a SELECT with bound `{name: Type}` parameters. Rows as objects; 64-bit integers come as decimal text. */
export async function select<Row>(
  client: ClickHouseClient,
  query: string,
  parameters: Record<string, unknown> = {},
  signal?: AbortSignal,
): Promise<Row[]> {
  const result = await client.query({ query, query_params: parameters, format: 'JSONEachRow', ...(signal ? { abort_signal: signal } : {}) })
  return result.json<Row>()
}

/**
 * Number of ClickHouse's error; undefined where the failure came from somewhere else (a lost connection).
 * By shape, since chdb and the client throw two classes of the same name.
 */
export function errorCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('type' in error)) return undefined
  return /^\d+$/.test(String(error.code)) ? Number(error.code) : undefined
}
