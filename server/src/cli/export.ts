import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ErrorBody } from '@footfall/contract/errors.ts'
import { EXPORT_FORMATS } from '@footfall/contract/export.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { CommandError, type Command, type Context } from './command.ts'
import { URL_OPTION, runningServer, withTemporaryKey } from './server.ts'

export const exportEvents: Command = {
  summary: 'Writes every event of a site to stdout, through the running server, in the form that import takes',
  takes: [],
  options: {
    site: { value: 'DOMAIN', meaning: 'Site whose events are exported', required: true },
    format: { value: 'FORMAT', meaning: `One of ${EXPORT_FORMATS.join(', ')} (default ndjson)` },
    'date-range': { value: 'RANGE', meaning: '28d, month …, or two dates with a comma: 2026-01-01,2026-01-31 (default all)' },
    ...URL_OPTION,
  },
  async run(context, given) {
    const server = await runningServer(context, given)
    const url = new URL(server + ROUTES.export.replace(':site', encodeURIComponent(given.text('site')!)))
    for (const [name, value] of [
      ['format', given.text('format')],
      ['date_range', given.text('date-range')],
    ] as const)
      if (value !== undefined) url.searchParams.set(name, value)
    await withTemporaryKey(context, 'export on the command line', ['stats'], (key) => receive(context, url, key))
  },
}

async function receive({ output, signal }: Context, url: URL, key: string): Promise<void> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` }, signal })
  if (!response.ok || !response.body) throw new CommandError(await refusal(response))
  try {
    await pipeline(Readable.fromWeb(response.body), output, { signal, end: false })
  } catch (error) {
    signal.throwIfAborted()
    const { message, cause } = error as Error & { cause?: Error }
    throw new CommandError(`The export broke off (${cause?.message ?? message}); what was written so far is not all.`)
  }
}

async function refusal(response: Response): Promise<string> {
  const text = await response.text()
  try {
    return `The server refused the export: ${(JSON.parse(text) as ErrorBody).error}`
  } catch {
    return `The server answered ${response.status}: ${text.slice(0, 200)}`
  }
}
