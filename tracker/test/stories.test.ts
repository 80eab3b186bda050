import assert from 'node:assert/strict'
import { after, afterEach, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fillTracker, GENERIC_TRACKER, tailorTracker, VITALS_QUERY, vitalsModule } from '@footfall/contract/tracker.ts'
import type { Browser, BrowserContext, Page } from 'puppeteer-core'
import { buildParts } from '../build.ts'
import { createCollector, OK, type Arrival, type Collector } from './collector.ts'
import { BROWSERS, launchEngine, openTab } from './engines.ts'
import { startPages, type Pages } from './pages.ts'
import { pathOf } from './site.ts'
import { measuring, painted, untilTrue, untilWaiting } from './waits.ts'

const isView = ({ body }: Arrival) => body.n === 'pageview'
const accepted = ({ answered }: Arrival) => answered === 202
const told = (arrivals: Arrival[]) => arrivals.map(({ body }) => `${body.n} ${pathOf(body)}`)
/** Lets the page believe that this much time has passed, as far as its clock tells, and that the network is back. */
const later = (page: Page, seconds: number) =>
  page.evaluate(`{ const { now } = Date; Date.now = () => now() + ${seconds * 1000}; dispatchEvent(new Event('online')) }`)
const settled = () => sleep(250)

for (const name of BROWSERS) {
  suite(name, () => {
    let browser: Browser
    let collector: Collector
    let pages: Pages
    let visitor: BrowserContext
    const mishaps: string[] = []

    before(async () => {
      collector = await createCollector()
      pages = await startPages(`http://stats.test:${collector.port}`)
      const parts = await buildParts()
      const all = { outboundLinks: true, fileDownloads: true, formSubmissions: true, taggedElements: true, webVitals: true }
      const options = { base: {}, all }
      for (const [script, chosen] of Object.entries(options)) {
        collector.scripts.set(
          `/${script}.js`,
          tailorTracker((part) => parts[part]!, chosen, { domain: 'site.test', endpoint: 'api/event' }),
        )
      }
      const generic = fillTracker(parts[GENERIC_TRACKER]!, { endpoint: '"api/event"' })
      collector.scripts.set('/generic.js', generic).set(
        `/generic.js?${VITALS_QUERY}`,
        vitalsModule((part) => parts[part]!),
      )
      browser = await launchEngine(name, ['site.test', 'stats.test', 'other.test'])
      visitor = await browser.createBrowserContext()
    })
    after(async () => {
      await browser.close()
      await collector.stop()
      pages.stop()
    })
    afterEach(async () => {
      await visitor.close()
      visitor = await browser.createBrowserContext()
      collector.forget()
      collector.answer = () => OK
      assert.deepEqual(mishaps.splice(0), [], 'the tracker disturbed the page')
    })

    const go = (page: Page, path: string, script: 'base' | 'all' | 'generic' = 'base') => {
      const attributes = script === 'generic' ? 'data-hash data-tagged-elements data-web-vitals' : ''
      pages.heads.set(script, `<script defer src="${collector.base}/${script}.js" ${attributes}></script>`)
      return page.goto(`http://site.test${pages.port}${path}?head=${script}`)
    }
    const open = async (path: string, script?: Parameters<typeof go>[2]) => {
      const page = await openTab(visitor, mishaps)
      await go(page, path, script)
      return page
    }

    test('a visit is one page view, sent once, and leaves nothing behind', async () => {
      const page = await open('/pricing')
      const [view] = await collector.until(1)
      const { id, t, s, u, ...rest } = view!.body
      assert.match(id, /^footfall:\d{13}0\.\d+$/)
      assert.ok(Number(s) >= Number(t))
      assert.equal(pathOf({ u }), '/pricing')
      assert.deepEqual(rest, { n: 'pageview', d: 'site.test', r: '', w: view!.body.w })
      assert.ok(Number(view!.body.w) > 300)
      assert.match(view!.contentType, /^text\/plain/)
      await untilTrue(page, 'localStorage.length === 0')
      await settled()
      assert.equal(collector.arrivals.length, 1)
      assert.equal(collector.preflights, 0)
      assert.equal(await page.evaluate('localStorage.length + document.cookie'), '0')
    })

    test('a page that changes its address is a page each, back and forward too', async () => {
      const page = await open('/a')
      await collector.until(1, isView)
      for (const step of ['history.pushState({}, "", "/b")', 'history.pushState({}, "", "/c")', 'history.go(-2)', 'history.go(1)']) {
        const { length } = collector.arrivals.filter(isView)
        await page.evaluate(step)
        await collector.until(length + 1, isView)
      }
      assert.deepEqual(told(collector.arrivals.filter(isView)), ['pageview /a', 'pageview /b', 'pageview /c', 'pageview /a', 'pageview /b'])
    })

    test('offline, then online: what happened meanwhile arrives, once', async () => {
      const page = await open('/a')
      await collector.until(1)
      await untilWaiting(page, 0)
      await page.setOfflineMode(true)
      // Not within one millisecond: that is how finely age is told.
      await page.evaluate('footfall("One"); new Promise((resolve) => setTimeout(resolve, 5))')
      await page.evaluate('history.pushState({}, "", "/b")')
      await settled()
      await page.setOfflineMode(false)
      await later(page, 11)
      await collector.until(2, ({ body }) => body.n === 'One' || pathOf(body) === '/b')
      await settled()
      assert.deepEqual(told(collector.arrivals.filter(({ body }) => body.n !== 'engagement')), ['pageview /a', 'One /a', 'pageview /b'])
      await untilWaiting(page, 0)
    })

    test('a server that is down and comes back gets it all, oldest first', async () => {
      const page = await open('/a')
      await collector.until(1)
      await untilWaiting(page, 0)
      await collector.stop()
      // Not within one millisecond: that is how finely age is told.
      for (const event of ['One', 'Two']) await page.evaluate(`footfall('${event}'); new Promise((resolve) => setTimeout(resolve, 5))`)
      await settled()
      await collector.start()
      await later(page, 11)
      assert.deepEqual(told(await collector.until(3)), ['pageview /a', 'One /a', 'Two /a'])
      await untilWaiting(page, 0)
    })

    test('a retry has the id of the first try', async () => {
      collector.answer = () => ({ status: 503 })
      const page = await open('/a')
      await collector.until(1)
      await settled()
      collector.answer = () => OK
      await later(page, 11)
      const [first, second] = await collector.until(2)
      await settled()
      assert.deepEqual([first!.answered, second!.answered], [503, 202])
      assert.deepEqual([second!.body.id, second!.body.t], [first!.body.id, first!.body.t])
      assert.ok(Number(second!.body.s) - Number(first!.body.s) >= 11_000)
      await untilWaiting(page, 0)
      assert.equal(collector.arrivals.length, 2)
    })

    test('a tab that is closed in mid-flight leaves its event to the next page, with the same id', async () => {
      collector.answer = () => 'silence'
      const page = await open('/a')
      await collector.until(1)
      await page.close()
      collector.answer = () => OK
      const next = await open('/b')
      await collector.until(1, accepted)
      await later(next, 30)
      const views = await collector.until(2, (arrival) => accepted(arrival) && isView(arrival))
      assert.equal(views.find(({ body }) => pathOf(body) === '/a')!.body.id, collector.arrivals[0]!.body.id)
      await untilWaiting(next, 0)
    })

    test('a request outlives the tab that made it', async () => {
      const page = await open('/a')
      await collector.until(1)
      await page.evaluate('addEventListener("pagehide", () => footfall("Left"))')
      await page.close()
      await collector.until(1, ({ body }) => body.n === 'Left')
    })

    test('clicks that lead away are counted: a link, a file, a tagged element', async () => {
      for (const [what, event] of Object.entries({ '#out': 'Outbound Link: Click', '#file': 'File Download', '#in': 'Inside' })) {
        const page = await open('/a', 'all')
        await page.evaluate('document.querySelector("#in").dataset.event = "Inside"')
        // Nobody answers at other.test: what counts is that the page is left at once.
        await page.click(what).catch(() => {})
        await collector.until(1, ({ body }) => body.n === event)
        await page.close()
      }
    })

    test('the generic script: a changed fragment, money on a tagged element, web vitals as a module', async () => {
      const page = await open('/a', 'generic')
      await collector.until(1, isView)
      await measuring(page)
      await painted(page)
      await page.evaluate('location.hash = "#/b"')
      await collector.until(2, isView)
      await page.evaluate(
        'Object.assign(document.querySelector("button").dataset, { event: "Buy", eventRevenue: "9.90", eventCurrency: "EUR" })',
      )
      await page.evaluate('addEventListener("submit", (event) => event.preventDefault())')
      await page.click('button')
      const [bought] = await collector.until(1, ({ body }) => body.n === 'Buy')
      assert.deepEqual([pathOf(bought!.body), bought!.body.p, bought!.body.$], ['/a#/b', {}, { currency: 'EUR', amount: '9.90' }])
      await go(page, '/c', 'generic')
      const [vitals] = await collector.until(1, ({ body }) => body.n === 'web-vitals')
      assert.deepEqual([vitals!.body.i, 'LCP' in (vitals!.body.p as object)], [false, true])
    })

    test('web vitals, as far as this browser knows them', async () => {
      const page = await open('/a', 'all')
      await painted(page)
      await page.click('form')
      await go(page, '/b', 'all')
      // The last words of the test before may come late: its page was another one.
      const [vitals] = await collector.until(1, ({ body }) => body.n === 'web-vitals' && pathOf(body) === '/a')
      const { CLS, INP, ...times } = vitals!.body.p as Record<string, number>
      assert.equal(CLS, name === 'chromium' ? 0 : undefined)
      assert.ok(INP === undefined || INP < 60_000)
      assert.deepEqual(Object.keys(times).toSorted(), ['FCP', 'LCP', 'TTFB'])
      for (const time of Object.values(times)) assert.ok(Number.isInteger(time) && time >= 0 && time < 60_000, JSON.stringify(times))
    })
  })
}
