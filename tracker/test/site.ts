import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, afterEach, before } from 'node:test'
import { fillTracker, GENERIC_TRACKER, tailorTracker, VITALS_QUERY, vitalsModule } from '@footfall/contract/tracker.ts'
import type { TrackerOptions } from '@footfall/contract/sites.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { buildParts } from '../build.ts'
import { launchChromium, newVisitor } from './browser.ts'
import { createCollector, OK, type Collector } from './collector.ts'
import { startPages, type Pages } from './pages.ts'

/** A website with the tracker on every page, its collector, and a browser; made before and closed after the tests of a file. */
export interface Site {
  collector: Collector
  /** Opens a page as a new visitor, or as one who has been here. `tag` are the attributes of the script. */
  visit(path: string, options?: Visit): Promise<Page>
  visitor(): Promise<BrowserContext>
}

export interface Visit {
  visitor?: BrowserContext
  /** Attributes of the generic script. */
  tag?: string
  /** Serve the script with these options compiled in, instead. */
  options?: TrackerOptions
  /** More of the page's head, before the script. */
  head?: string
  /** `plain.test` is no secure context: it has no locks. */
  host?: 'site.test' | 'plain.test' | 'localhost' | 'www.site.test'
  /** Load this script of the collector instead. */
  script?: string
  /** Let the tag name the hash of the script. */
  integrity?: 'right' | 'wrong'
  /** In an origin of its own, without storage or locks, as in a sandboxed frame. */
  sandbox?: boolean
  /** Runs in the page before anything of it. */
  first?: string
  /** Stops and moves on the page's clock and timers: `page.clock`. */
  clock?: boolean
}

export function useSite(): Site {
  let browser: Browser
  let collector: Collector
  let parts: Record<string, string>
  let visitors: BrowserContext[] = []
  /** What went wrong inside pages: nothing may. */
  let mishaps: string[] = []
  let pages: Pages

  before(async () => {
    collector = await createCollector()
    pages = await startPages(`http://stats.test:${collector.port}`)
    browser = await launchChromium({ hosts: ['*.test'], secure: [`http://site.test${pages.port}`] })
    parts = await buildParts()
    const generic = fillTracker(parts[GENERIC_TRACKER]!, { endpoint: '"api/event"' })
    collector.scripts.set('/tracker.js', generic)
    collector.scripts.set(
      `/tracker.js?${VITALS_QUERY}`,
      vitalsModule((part) => parts[part]!),
    )
    // The same without its module.
    collector.scripts.set('/other.js', generic)
  })
  after(async () => {
    await browser.close()
    await collector.stop()
    pages.stop()
  })
  afterEach(async () => {
    for (const visitor of visitors) await visitor.close()
    visitors = []
    collector.forget()
    collector.answer = () => OK
    const seen = mishaps
    mishaps = []
    assert.deepEqual(seen, [], 'the tracker disturbed the page')
  })

  const site: Site = {
    get collector() {
      return collector
    },
    async visitor() {
      const visitor = await newVisitor(browser)
      visitors.push(visitor)
      return visitor
    },
    async visit(path, { visitor, tag = '', options, head = '', host = 'site.test', first, clock, sandbox, integrity, script } = {}) {
      const page = await (visitor ?? (await site.visitor())).newPage()
      page.on('pageerror', (error) => mishaps.push(String(error)))
      page.on('console', (message) => {
        // A refused or failed request is a line that browsers write whatever the script does.
        if (message.type() === 'error' && !/Failed to load resource|blocked by CORS policy|'integrity' attribute/.test(message.text()))
          mishaps.push(message.text())
      })
      if (clock) await page.clock.install()
      if (first) await page.addInitScript(first)
      const name = script ?? (options ? `/${encodeURIComponent(JSON.stringify(options))}.js` : '/tracker.js')
      if (options)
        collector.scripts.set(
          name,
          tailorTracker((part) => parts[part]!, options, { domain: 'site.test', endpoint: 'api/event' }),
        )
      const hash = createHash('sha384').update(collector.scripts.get(name)!)
      const hashed = integrity ? `crossorigin integrity="sha384-${integrity === 'wrong' ? 'A'.repeat(64) : hash.digest('base64')}"` : ''
      const key = String(pages.heads.size)
      pages.heads.set(key, `${head}<script defer src="${collector.base}${name}" ${tag} ${hashed}></script>`)
      const [before, fragment] = path.split('#')
      const query = `${before!.includes('?') ? '&' : '?'}head=${key}${sandbox ? '&sandbox' : ''}`
      await page.goto(`http://${host}${pages.port}${before}${query}${fragment === undefined ? '' : `#${fragment}`}`)
      return page
    },
  }
  return site
}

/** Path of an event's page, without what the tests themselves put into the query. */
export function pathOf(event: Record<string, unknown>): string {
  const { pathname, hash } = new URL(String(event.u))
  return pathname + hash
}
