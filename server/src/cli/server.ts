import { ROUTES } from '@footfall/contract/routes.ts'
import { createKey, deleteKey } from '../accounts/keys.ts'
import type { KeyScope } from '@footfall/contract/accounts.ts'
import type { Config } from '../config.ts'
import { CommandError, type Context, type Given } from './command.ts'

export const URL_OPTION = { url: { value: 'URL', meaning: 'Address of the running server (default: on this machine, at PORT)' } }

const ANSWER_MILLISECONDS = 5000
const DAY_SECONDS = 24 * 3600

/** Address of the server of this configuration, from this machine: BASE_URL may lead through a proxy somewhere else. */
export function localUrl({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const everywhere = host === '::' || host === '0.0.0.0'
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/**
 * Address of a server that answers.
 *
 * @throws CommandError where none does
 */
export async function runningServer({ config, signal }: Context, given: Given): Promise<string> {
  const url = (given.text('url') ?? localUrl(config)).replace(/\/+$/, '')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new CommandError(`--url must be an http address, not ${JSON.stringify(url)}.`)
  const why = await unreachable(url, signal)
  if (why === null) return url
  throw new CommandError(`No Footfall server answers at ${url} (${why}). Start it with npm start, or name another with --url.`)
}

/** Null where the server at this address is alive, else what happened instead. */
export async function unreachable(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(url + ROUTES.live, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MILLISECONDS)]) })
    await response.body?.cancel()
    return response.ok ? null : `status ${response.status}`
  } catch (error) {
    signal.throwIfAborted()
    const { cause, message } = error as Error & { cause?: { code?: string } }
    return cause?.code ?? message
  }
}

/** Runs with a key that is deleted afterwards; should the process be killed, it ends by itself within a day. */
export async function withTemporaryKey<Result>(
  context: Context,
  name: string,
  scopes: KeyScope[],
  work: (key: string) => Promise<Result>,
): Promise<Result> {
  const made = await context.withDatabase((database) => createKey({ database }, { name, scopes, user: null, lifetimeSeconds: DAY_SECONDS }))
  try {
    return await work(made.key)
  } finally {
    await context.withDatabase((database) => deleteKey(database, made.id))
  }
}
