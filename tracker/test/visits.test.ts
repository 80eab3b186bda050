import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathOf, useSite } from './site.ts'
import { scroll, untilTrue } from './waits.ts'

const site = useSite()
const isView = ({ body }: { body: { n: string } }) => body.n === 'pageview'
const isPing = ({ body }: { body: { n: string } }) => body.n === 'engagement'

test('a visit is one page view, sent once, without a cookie or a preflight', async () => {
  const page = await site.visit('/pricing?utm_source=x', { tag: 'data-domain="site.test"' })
  const [view] = await site.collector.until(1)
  const { id, t, s, u, ...rest } = view!.body
  assert.match(id, /^footfall:\d{13}0\.\d+$/)
  assert.ok(Math.abs(Number(t) - Date.now()) < 60_000)
  assert.ok(Number(s) >= Number(t))
  assert.match(String(u), /^http:\/\/site\.test:\d+\/pricing\?utm_source=x/)
  assert.deepEqual(rest, { n: 'pageview', d: 'site.test', r: '', w: 1000 })
  assert.equal(view!.contentType, 'text/plain;charset=UTF-8')
  assert.equal(view!.cookie, undefined)
  assert.equal(site.collector.preflights, 0)
  await untilTrue(page, 'localStorage.length === 0')
  await page.waitForTimeout(200)
  assert.equal(site.collector.arrivals.length, 1)
  assert.deepEqual(await page.context().cookies(), [])
})

test('a page that changes its address is a page each: forward, replaced, and back', async () => {
  const page = await site.visit('/a')
  await site.collector.until(1, isView)
  for (const step of [
    'history.pushState({}, "", "/b")',
    'history.replaceState({}, "", "/c")',
    'history.pushState({}, "", "/c?sort=price#top")',
    'history.go(-2)',
  ]) {
    await page.evaluate(step)
    // In moments of their own, so that times tell the order; the third step is none.
    await page.evaluate('new Promise((done) => setTimeout(done, 5))')
  }
  const views = await site.collector.until(4, isView)
  assert.deepEqual(
    views.map(({ body }) => pathOf(body)),
    ['/a', '/b', '/c', '/a'],
  )
})

test('with hash the fragment is part of the page', async () => {
  const page = await site.visit('/app#/one', { tag: 'data-hash' })
  await page.evaluate('location.hash = "#/two"')
  await site.collector.until(2, isView)
  await page.goBack()
  const views = await site.collector.until(3, isView)
  assert.deepEqual(
    views.map(({ body }) => [pathOf(body), body.h]),
    [
      ['/app#/one', 1],
      ['/app#/two', 1],
      ['/app#/one', 1],
    ],
  )
})

test('without it, it is not', async () => {
  const page = await site.visit('/app#/one', { options: {} })
  await page.evaluate('location.hash = "#/two"')
  await page.evaluate('footfall("Last")')
  await site.collector.until(1, ({ body }) => body.n === 'Last')
  assert.equal(site.collector.arrivals.filter(isView).length, 1)
})

test('calls made before the script has loaded are counted after the page view', async () => {
  await site.visit('/', { head: '<script src="/stub.js"></script>' })
  // Both leave within a millisecond, each by a connection of its own: either may arrive first.
  const events = (await site.collector.until(2)).toSorted((a, b) => (a.body.n < b.body.n ? -1 : 1))
  assert.deepEqual(
    events.map(({ body }) => [body.n, body.p]),
    [
      ['Early', { at: 'head' }],
      ['pageview', undefined],
    ],
  )
  assert.ok(Number(events[0]!.body.t) >= Number(events[1]!.body.t))
})

test('a custom event carries properties and revenue, and tells what became of it', async () => {
  const page = await site.visit('/')
  const outcome = await page.evaluate(`new Promise((resolve) => footfall('Purchase', {
    props: { plan: 'yearly', seats: 3 }, revenue: { amount: '9.90', currency: 'EUR' }, interactive: false,
    callback: (outcome) => resolve(outcome.status),
  }))`)
  assert.equal(outcome, 202)
  const [event] = await site.collector.until(1, ({ body }) => body.n === 'Purchase')
  const { p, $, i } = event!.body
  assert.deepEqual({ p, $, i }, { p: { plan: 'yearly', seats: 3 }, $: { amount: '9.90', currency: 'EUR' }, i: false })
})

test('manual: nothing by itself; a page view with its own address and properties', async () => {
  const page = await site.visit('/secret/123', { options: { manual: true } })
  await page.evaluate('history.pushState({}, "", "/secret/456")')
  await page.evaluate('footfall("pageview", { url: "http://site.test/secret", props: { kind: "order" } })')
  await site.collector.until(1)
  await scroll(page, 1600)
  await page.goto('about:blank')
  const events = await site.collector.until(2)
  assert.deepEqual(
    events.map(({ body }) => [body.n, body.u, body.p]),
    [
      ['pageview', 'http://site.test/secret', { kind: 'order' }],
      ['engagement', 'http://site.test/secret', { kind: 'order' }],
    ],
  )
})

test('page titles: those of the page that an event is about, though a router sets them late', async () => {
  const page = await site.visit('/a', { options: { pageTitles: true, outboundLinks: true } })
  await site.collector.until(1)
  await scroll(page, 1600)
  await page.evaluate('history.pushState({}, "", "/b"), setTimeout(() => (document.title = "Page b"), 20)')
  await site.collector.until(3)
  await page.evaluate('history.back(), setTimeout(() => (document.title = "Page a"), 20)')
  await site.collector.until(5)
  await untilTrue(page, 'document.title === "Page a"')
  await page.evaluate('footfall("Signup"), footfall("Named", { title: "Mine" })')
  const events = await site.collector.until(7)
  assert.deepEqual(events.map(({ body }) => [body.n, new URL(String(body.u)).pathname, body.dt]).toSorted(), [
    ['Named', '/a', 'Mine'],
    ['Signup', '/a', 'Page a'],
    ['engagement', '/a', '/a'],
    ['engagement', '/b', 'Page b'],
    ['pageview', '/a', '/a'],
    ['pageview', '/a', 'Page a'],
    ['pageview', '/b', 'Page b'],
  ])
})

test('leaving a page tells how far it was scrolled and how long it was looked at', async () => {
  const begin = Date.now()
  const page = await site.visit('/long', { clock: true })
  await site.collector.until(1, isView)
  await scroll(page, 1200)
  await page.evaluate('scrollTo(0, 0)')
  await page.clock.fastForward(5000)
  await page.evaluate('history.pushState({}, "", "/next")')
  const [first] = await site.collector.until(1, isPing)
  // 1200 px above and a window of 800 px, of 4000.
  assert.deepEqual([pathOf(first!.body), first!.body.sd], ['/long', 50])
  // The page's clock goes on by itself too.
  const most = 5000 + Date.now() - begin
  assert.ok(Number(first!.body.e) >= 5000 && Number(first!.body.e) <= most, `engaged ${String(first!.body.e)} ms, at most ${most}`)

  await page.goto('about:blank')
  const pings = await site.collector.until(2, isPing)
  assert.deepEqual([pathOf(pings[1]!.body), pings[1]!.body.sd], ['/next', 20])
})

test('time in the background does not count', async () => {
  const page = await site.visit('/', { clock: true })
  const hide = (hidden: boolean) =>
    page.evaluate(
      `Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`,
    )
  // Standing, lest a slow machine's own seconds count.
  await page.clock.pauseAt(Date.now() + 10_000)
  await page.clock.fastForward(4000)
  await hide(true)
  await page.clock.fastForward(60_000)
  await hide(false)
  await page.clock.fastForward(1000)
  await hide(true)
  const [ping] = await site.collector.until(1, isPing)
  assert.ok(Number(ping!.body.e) >= 14_000 && Number(ping!.body.e) < 60_000, `engaged ${String(ping!.body.e)} ms`)
  await page.waitForTimeout(200)
  assert.equal(site.collector.arrivals.filter(isPing).length, 1, 'one second more says nothing')
})

test('a page opened in the background is counted once somebody sees it', async () => {
  const page = await site.visit('/', { first: 'Object.defineProperty(document, "hidden", { value: true, configurable: true })' })
  await page.waitForTimeout(300)
  assert.equal(site.collector.arrivals.length, 0)
  await page.evaluate('Object.defineProperty(document, "hidden", { value: false }); document.dispatchEvent(new Event("visibilitychange"))')
  await site.collector.until(1, isView)
})

test('a page that comes back from the back/forward cache is seen again', async () => {
  const page = await site.visit('/')
  await site.collector.until(1, isView)
  await page.evaluate('dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))')
  await site.collector.until(2, isView)
})

test('clicks on links that lead away, on files, and sent forms, where the site asked for them', async () => {
  const all = { outboundLinks: true, fileDownloads: true, formSubmissions: true }
  const page = await site.visit('/', { options: all })
  await page.evaluate('document.addEventListener("click", (event) => event.target.id && event.preventDefault())')
  for (const id of ['#out', '#file', '#in']) await page.click(id)
  await page.click('button')
  const events = await site.collector.until(3, ({ body }) => body.n !== 'pageview' && body.n !== 'engagement')
  const file = (await page.evaluate('location.origin')) + '/files/a.PDF'
  assert.deepEqual(
    events.slice(0, 3).map(({ body }) => [body.n, body.p]),
    [
      ['Outbound Link: Click', { url: 'http://other.test/x?y=1' }],
      ['File Download', { url: file }],
      ['Form: Submission', undefined],
    ],
  )
})
