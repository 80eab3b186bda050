import type { Static, TSchema } from 'typebox'
import type { CALL_SCHEMAS, CallSchema } from './call-schemas.ts'
import { CALLS, type CallName } from './calls.ts'
import type { ErrorBody, ErrorCode } from './errors.ts'

/** Why an answer is missing. `code` is the server's, or `offline` where there was no answer at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: ErrorCode | 'offline'
  /** What is wrong with single fields of a form. */
  readonly errors: Record<string, string[]>

  constructor(status: number, code: ErrorCode | 'offline', message: string, errors: Record<string, string[]> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.errors = errors
  }
}

/** Names that stand in an address as `:name`. */
type Named<Route extends string> = Route extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | Named<`/${More}`>
    : Rest
  : never
type ParamsOf<Name extends CallName> = { [Param in Named<(typeof CALLS)[Name][1]>]: string | number }
type Part<Name extends CallName, Key extends keyof CallSchema> =
  (typeof CALL_SCHEMAS)[Name] extends Record<Key, infer Schema extends TSchema> ? { [Each in Key]: Static<Schema> } : object

/** What a call takes: parameters of its address, and `query` and `body` where it has them. */
export type Asked<Name extends CallName> = ParamsOf<Name> & Part<Name, 'query'> & Part<Name, 'body'>
export type BodyOf<Name extends CallName> = Part<Name, 'body'> extends { body: infer Body } ? Body : never
/** Nothing where the server answers 204. */
export type Answered<Name extends CallName> = Static<(typeof CALL_SCHEMAS)[Name]['answer']>

interface Options {
  signal?: AbortSignal | undefined
}
/** One function a call. All reject with `ApiError`, or with `AbortError` where `signal` ended them. */
export type Client = {
  [Name in CallName]: object extends Asked<Name>
    ? (asked?: Asked<Name>, options?: Options) => Promise<Answered<Name>>
    : (asked: Asked<Name>, options?: Options) => Promise<Answered<Name>>
}

export interface ClientParts {
  /** Where the server is, with a slash at the end: an address, or its path on the same host. */
  base: string
  fetch: typeof fetch
  /** Headers of every request: `authorization: Bearer KEY`. Without it, the session cookie of the same origin speaks. */
  headers?: () => Record<string, string>
  /** Told of every error before the call rejects with it. */
  onError?: (error: ApiError, call: CallName) => void
}

/**
 * A client of the whole API. Its types are those of the schemas by which the server validates (call-schemas.ts): derived, not generated, so
 * there is no file that could be stale. At run time it holds addresses only, none of the schemas.
 */
export function createClient(parts: ClientParts): Client {
  const calls = Object.keys(CALLS).map((name) => [name, (asked?: Wire, options?: Options) => send(parts, name as CallName, asked, options)])
  return Object.fromEntries(calls) as Client
}

type Wire = { query?: Record<string, unknown>; body?: unknown } & Record<string, unknown>

async function send(parts: ClientParts, name: CallName, asked: Wire = {}, { signal }: Options = {}): Promise<unknown> {
  const { query, body, ...params } = asked
  const [method, route] = CALLS[name]
  const failed = (error: ApiError) => {
    parts.onError?.(error, name)
    return error
  }
  const response = await parts
    .fetch(parts.base + address(route, params, query).slice(1), {
      method,
      credentials: 'same-origin',
      ...(signal && { signal }),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...parts.headers?.() },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AbortError') throw error
      throw failed(new ApiError(0, 'offline', 'The server cannot be reached.'))
    })
  if (!response.ok) throw failed(await readError(response))
  return response.status === 204 ? null : response.json()
}

/** A route with its parameters filled in. Values of `query` that are undefined are left out. */
export function address(route: string, params: Record<string, unknown>, query: Record<string, unknown> = {}): string {
  const path = route.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return search === '' ? path : `${path}?${search}`
}

async function readError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as Partial<ErrorBody> | null
  const message = body?.error ?? `The server answered ${response.status}.`
  return new ApiError(response.status, body?.code ?? 'internal', message, body?.errors)
}
