import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import type { ErrorBody } from '@footfall/contract/errors.ts'
import type { ImportResult } from '@footfall/contract/import.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { CommandError, type Command, type Context } from './command.ts'
import { URL_OPTION, runningServer, withTemporaryKey } from './server.ts'

export const importNative: Command = {
  summary: 'Imports newline-delimited JSON (- reads stdin) through the running server; prints the result as JSON',
  takes: ['FILE'],
  options: { site: { value: 'DOMAIN', meaning: 'Site the events belong to', required: true }, ...URL_OPTION },
  async run(context, given) {
    const [file = ''] = given.positionals
    const site = given.text('site')!
    const source = await open(context, file)
    const server = await runningServer(context, given)
    const url = server + ROUTES.import.replace(':site', encodeURIComponent(site))
    const answer = await withTemporaryKey(context, 'import on the command line', ['import'], (key) => send(context, url, key, source))
    const result = JSON.parse(answer) as ImportResult
    context.print(JSON.stringify(result))
    if (result.rejected_total > 0) throw new CommandError(`${result.rejected_total} lines were rejected; the others are imported.`)
  },
}

interface Source {
  stream: Readable
  /** Null where nobody knows, as from a pipe. */
  bytes: number | null
}

async function open({ input }: Context, file: string): Promise<Source> {
  if (file === '-') return { stream: input, bytes: null }
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${file} cannot be read (${error.code}).`)
  })
  if (found.isDirectory()) throw new CommandError(`${file} is a folder; expected a file of newline-delimited JSON.`)
  return { stream: createReadStream(file), bytes: found.isFile() ? found.size : null }
}

/** Streams the source. Not `fetch`, which gives up when an answer takes five minutes: an import may take longer. */
async function send({ note, signal }: Context, url: string, key: string, { stream, bytes }: Source): Promise<string> {
  const { request } = url.startsWith('https:') ? https : http
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' }
  const call = request(url, { method: 'POST', headers, signal })
  const answered = new Promise<IncomingMessage>((resolve, reject) => call.once('response', resolve).once('error', reject))
  let sent = 0
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length
      done(null, chunk)
    },
  })
  const progress = setInterval(() => note(`sent ${megabytes(sent)}${bytes === null ? '' : ` of ${megabytes(bytes)}`}`), 1000)
  try {
    // A refusal comes before the whole file is sent, and closes the connection under it: the answer says why, not the broken pipe.
    const sending = pipeline(stream, counter, call).catch((error: Error) => error)
    const response = await answered
    const body = await text(response)
    if (response.statusCode !== 200) throw new CommandError(refusal(response.statusCode ?? 0, body))
    const broken = await sending
    if (broken) throw broken
    return body
  } finally {
    clearInterval(progress)
    stream.destroy()
  }
}

function refusal(status: number, body: string): string {
  try {
    return `The server refused the import: ${(JSON.parse(body) as ErrorBody).error}`
  } catch {
    return `The server answered ${status}: ${body.slice(0, 200)}`
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
