import { createKey } from '../../accounts/keys.ts'
import { CHROME, site, startCollector, type Cleanup } from '../testing.ts'

/** The collector with a site, and a way to send to any of its addresses. */
export async function startForeign(t: Cleanup, options: Partial<Parameters<typeof startCollector>[1]> = {}) {
  const collector = await startCollector(t, { sites: [site(1, 's.example'), site(2, 't.example')], ...options })
  const { app, events, database } = collector

  /** Sends a request, answers the response and what the journal got by it. Without a body it is a GET. */
  async function call(url: string, body?: unknown, headers: Record<string, string> = {}, method = body === undefined ? 'GET' : 'POST') {
    const before = events.length
    const response = await app.inject({
      method: method as 'GET',
      url,
      remoteAddress: '127.0.0.1',
      headers: { 'user-agent': CHROME, 'x-forwarded-for': '81.2.69.160', 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    })
    return { response, status: response.statusCode, stored: events.slice(before) }
  }

  /** The header of a key with this scope. */
  async function bearer(scope: 'events' | 'stats' = 'events') {
    const { key } = await createKey({ database }, { name: 'test', scopes: [scope], user: null })
    return { authorization: `Bearer ${key}` }
  }

  return { ...collector, call, bearer }
}
