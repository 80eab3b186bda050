import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Session } from 'chdb'

/**
 * ClickHouse's HTTP interface over chdb, as much of it as Footfall uses: `node clickhouse-program.ts DIRECTORY PORT DATABASE USER PASSWORD`.
 * Engine, SQL, types, errors and deduplication are ClickHouse's own; statements run one at a time, and cannot be stopped.
 */

/** What its address may hold beside settings and `param_NAME`. */
const NO_SETTINGS = new Set(['query', 'query_id', 'database', 'session_id', 'enable_http_compression', 'default_format'])
/** chdb has one session: `readonly` would stay on for all that follows. Both are looked at here instead. */
const OURS = new Set(['readonly', 'cancel_http_readonly_queries_on_client_close', 'wait_end_of_query'])
const AUTHENTICATION_FAILED = 516
const UNKNOWN_DATABASE = 81

interface Asked {
  sql: string
  database: string
  params: [string, string][]
  settings: [string, string][]
}

const quoted = (text: string) => `'${text.replaceAll(/[\\']/g, '\\$&')}'`

/** The statement of a request: in the address, before the body, or, with large parameters, as parts of a form. */
async function read(request: IncomingMessage): Promise<Asked> {
  const given = new URL(request.url ?? '/', 'http://clickhouse').searchParams
  const type = request.headers['content-type'] ?? ''
  const body = new Response(Readable.toWeb(request) as ReadableStream<Uint8Array>, { headers: { 'content-type': type } })
  const form = type.startsWith('multipart/form-data') ? await body.formData() : null
  const parts = [...given, ...(form ?? [])].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  const find = (name: string) => parts.find(([key]) => key === name)?.[1] ?? ''
  const sql = [find('query'), form ? '' : await body.text()].filter((text) => text !== '').join('\n')
  const params = parts.flatMap(([name, value]): [string, string][] => (name.startsWith('param_') ? [[name, value]] : []))
  const settings = [...given].filter(([name]) => !NO_SETTINGS.has(name) && !name.startsWith('param_'))
  return { sql, database: find('database') || 'default', params, settings }
}

function serve(session: Session, { user, password, database }: { user: string; password: string; database: string }) {
  let last: Promise<unknown> = Promise.resolve()
  /** One at a time, and not at all for those who have left meanwhile. */
  const inTurn = (response: ServerResponse, run: () => Promise<void>) => {
    const turn = last.then(() => (response.destroyed ? undefined : run()))
    last = turn.catch(() => undefined)
    return turn
  }

  const fail = (response: ServerResponse, status: number, text: string) => {
    const code = /^Code: (\d+)/.exec(text)?.[1] ?? '1001'
    response.writeHead(status, { 'content-type': 'text/plain', 'x-clickhouse-exception-code': code }).end(text)
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/ping') return void response.end('Ok.\n')
    if (request.headers.authorization !== `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`)
      return fail(response, 403, `Code: ${AUTHENTICATION_FAILED}. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)`)
    const asked = await read(request)
    if (asked.database !== database)
      return fail(response, 404, `Code: ${UNKNOWN_DATABASE}. DB::Exception: Database ${asked.database} does not exist. (UNKNOWN_DATABASE)`)
    await inTurn(response, async () => {
      for (const [name, value] of asked.params) await session.queryAsync(`SET ${name} = ${quoted(value)}`)
      for (const [name, value] of asked.settings) if (!OURS.has(name)) await session.queryAsync(`SET ${name} = ${quoted(value)}`)
      const readonly = asked.settings.find(([name]) => name === 'readonly')?.[1] ?? '0'
      if (readonly !== '0' && !/^\s*(SELECT|WITH|SHOW|DESCRIBE|EXISTS)\b/i.test(asked.sql))
        return fail(response, 500, 'Code: 164. DB::Exception: Cannot execute query in readonly mode. (READONLY)')
      const result = await session.queryAsync(asked.sql)
      const summary = { read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead), written_rows: '0', written_bytes: '0' }
      const bytes = Readable.from([Buffer.from(result.bytes())])
      const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'])) && /enable_http_compression=1/.test(request.url ?? '')
      response.writeHead(200, { 'x-clickhouse-summary': JSON.stringify(summary), ...(zipped && { 'content-encoding': 'gzip' }) })
      await (zipped ? pipeline(bytes, createGzip(), response) : pipeline(bytes, response))
    })
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) fail(response, 500, error instanceof Error ? error.message : String(error))
      else response.destroy()
    })
  })
}

const [directory = '', port = '', database = '', user = '', password = ''] = process.argv.slice(2)
const session = new Session(join(directory, 'data'))
await session.queryAsync(`CREATE DATABASE IF NOT EXISTS ${database}`)
await session.queryAsync(`USE ${database}`)
const server = serve(session, { user, password, database }).listen(Number(port), '127.0.0.1')
process.once('SIGTERM', () => {
  server.close(() => {
    session.cleanup()
    process.exit(0)
  })
  server.closeAllConnections()
})
