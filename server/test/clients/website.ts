import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { build } from 'esbuild'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../../../tracker/test/browser.ts'
import type { World } from '../world.ts'

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** Somebody's website with a tracker from the registry on it, a browser, and Footfall on a port of its own. */
export interface Website {
  start(world: World): Promise<void>
  /** Address of Footfall as pages know it. */
  stats(): string
  /** Opens a page of `host` whose script is this code, bundled with what it imports. */
  open(host: string, path: string, page: Partial<Content>, context?: BrowserContextOptions): Promise<Page>
}

export interface Content {
  /** JavaScript with imports; `STATS` and `DOMAIN` in it are the address of Footfall and the host of the page. */
  script: string
  body: string
}

/**
 * Made before the suite's world, so that its browser is gone before the server waits for the last connection; started
 * after it: `before(() => web.start(world))`.
 */
export function website(): Website {
  let browser: Browser | undefined
  let stats: string
  const pages = new Map<string, string>()
  const server = createServer((request, response) => {
    // Files are nothing but names here: a tab that opens one must not load the page, and its tracker, again.
    if (request.url?.includes('.')) return response.writeHead(204).end()
    response.setHeader('content-type', 'text/html')
    return response.end(pages.get(request.headers.host?.split(':')[0] ?? '') ?? '<!doctype html><title>Elsewhere</title>')
  })

  after(async () => {
    await browser?.close()
    server.closeAllConnections()
    server.close()
  })

  return {
    async start(world) {
      const address = await world.running().app.listen({ port: 0, host: '127.0.0.1' })
      stats = `http://stats.test:${new URL(address).port}`
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      browser = await launchChromium({ hosts: ['*.test'] })
    },
    stats: () => stats,
    async open(host, path, { script = '', body = '' }, context = {}) {
      const code = await bundle(script.replaceAll('STATS', JSON.stringify(stats)).replaceAll('DOMAIN', JSON.stringify(host)))
      pages.set(host, `<!doctype html><title>${host}</title><body>${body}<script type="module">${code}</script></body>`)
      const page = await (await browser!.newContext({ userAgent: CHROME, ...context })).newPage()
      await page.goto(`http://${host}:${(server.address() as AddressInfo).port}${path}`)
      return page
    },
  }
}

async function bundle(contents: string): Promise<string> {
  const stdin = { contents, resolveDir: import.meta.dirname, loader: 'js' as const }
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', platform: 'browser', logLevel: 'error' })
  return outputFiles[0]!.text.replaceAll('</script', '<\\/script')
}
