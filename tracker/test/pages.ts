import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A website over real HTTP, whose pages have what is in the map under their `?head=` in their head. */
export interface Pages {
  /** `:` and its port. */
  port: string
  heads: Map<string, string>
  stop(): void
}

const BODY = '<a id="out" href="http://other.test/x?y=1">out</a> <a id="file" href="/files/a.PDF?v=1">file</a> <a id="in" href="/in">in</a>'
const SCRIPTS: Record<string, string> = {
  '/missing-page.js': 'footfall("404")',
  '/stub.js':
    'window.footfall=window.footfall||function(){(footfall.q=footfall.q||[]).push(arguments)}; footfall("Early", {props: {at: "head"}})',
}

/**
 * Starts it, with a strict content policy: scripts and connections only where a site with the tracker must allow them, nothing inline.
 * @param stats origin of the collector
 */
export async function startPages(stats: string): Promise<Pages> {
  const heads = new Map<string, string>()
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site.test')
    const script = SCRIPTS[pathname]
    if (script) return response.setHeader('content-type', 'text/javascript').end(script)
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'self' ${stats}; connect-src ${stats}; style-src-attr 'unsafe-inline'; img-src data:${searchParams.has('sandbox') ? '; sandbox allow-scripts' : ''}`,
    )
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>${pathname}</title><link rel="icon" href="data:,">${heads.get(searchParams.get('head') ?? '')}
      <body style="margin:0"><div style="height:4000px">${BODY}<form action="/sent"><button>Send</button></form></div>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: `:${(server.address() as AddressInfo).port}`, heads, stop: () => server.close() }
}
