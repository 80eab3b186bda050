import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { OK, type Arrival } from './collector.ts'
import { pathOf, useSite } from './site.ts'
import { untilTrue, untilWaiting } from './waits.ts'

const site = useSite()
const DOWN = { status: 503 }
const accepted = ({ answered }: Arrival) => answered === 202
const idsOf = (arrivals: Arrival[]) => arrivals.map(({ body }) => body.id)

/** Lets the next try come: none is further away than a minute after two failures. */
const aMinute = (page: Page) => page.clock.fastForward(60_000)

/** Time for what should not come: nothing that must have happened is waited for by it. */
const settled = (page: Page) => page.waitForTimeout(200)

test('an event that the server could not take is sent again, with the same id, until it can', async () => {
  site.collector.answer = () => DOWN
  const page = await site.visit('/a', { clock: true })
  await site.collector.until(1)
  await untilWaiting(page, 1)
  await aMinute(page)
  await site.collector.until(2)
  await settled(page)
  site.collector.answer = () => OK
  await aMinute(page)
  const [first, second, third] = await site.collector.until(3)
  await settled(page)
  assert.deepEqual([first!.answered, second!.answered, third!.answered], [503, 503, 202])
  assert.equal(new Set(idsOf([first!, second!, third!])).size, 1)
  assert.equal(third!.body.t, first!.body.t, 'when it happened')
  assert.ok(Number(third!.body.s) - Number(first!.body.s) > 60_000, 'when it was sent')
  await untilWaiting(page, 0)
  await aMinute(page)
  await settled(page)
  assert.equal(site.collector.arrivals.length, 3)
})

test('back-off: each failure doubles the wait', async () => {
  site.collector.answer = () => DOWN
  const page = await site.visit('/a', { clock: true })
  await site.collector.until(1)
  await settled(page)
  for (let seconds = 0; seconds < 600; seconds += 5) await page.clock.fastForward(5000)
  await site.collector.until(4)
  await settled(page)
  // Waits of 10–20, 20–40, 40–80, 80–160, 160–320 and 320–640 seconds.
  const tries = site.collector.arrivals.length
  assert.ok(tries >= 4 && tries <= 7, `${tries} tries in ten minutes`)
  const waits = site.collector.arrivals.slice(1).map(({ body }, index) => Number(body.s) - Number(site.collector.arrivals[index]!.body.s))
  waits.forEach((wait, index) => assert.ok(wait >= 10_000 * 2 ** index, `wait ${index} was ${wait} ms`))
})

test('a server that is gone and comes back gets everything that happened meanwhile, oldest first', async () => {
  const page = await site.visit('/a', { clock: true })
  await site.collector.until(1)
  await untilWaiting(page, 0)
  await site.collector.stop()
  for (const step of ['footfall("One")', 'footfall("Two")', 'history.pushState({}, "", "/b")']) {
    await page.evaluate(step)
    // Not within one millisecond: that is how finely age is told.
    await page.clock.fastForward(5)
  }
  await settled(page)
  await site.collector.start()
  await aMinute(page)
  const events = await site.collector.until(5)
  // The ping of the page that was left has the time of the page view after it: their order is open.
  assert.deepEqual(
    events.map(({ body }) => body.n).filter((name) => name !== 'engagement'),
    ['pageview', 'One', 'Two', 'pageview'],
  )
  await untilWaiting(page, 0)
})

test('429: no tab and no later page sends anything before Retry-After is over', async () => {
  site.collector.answer = () => ({ status: 429, headers: { 'retry-after': '120' } })
  const visitor = await site.visitor()
  const page = await site.visit('/a', { visitor, clock: true })
  await site.collector.until(1)
  await untilTrue(page, 'localStorage.footfall')
  site.collector.answer = () => OK
  await page.evaluate('footfall("Refused")')
  const other = await site.visit('/b', { visitor, clock: true })
  for (let seconds = 0; seconds < 110; seconds += 10) await page.clock.fastForward(10_000)
  await page.evaluate('dispatchEvent(new Event("online"))')
  await settled(other)
  assert.equal(site.collector.arrivals.length, 1)
  for (let seconds = 0; seconds < 600; seconds += 10) await page.clock.fastForward(10_000)
  const events = await site.collector.until(3, accepted)
  assert.deepEqual(
    events.map(({ body }) => [body.n, pathOf(body)]),
    [
      ['pageview', '/a'],
      ['Refused', '/a'],
      ['pageview', '/b'],
    ],
  )
})

test('an answer that another try cannot change is final', async () => {
  site.collector.answer = () => ({ status: 400 })
  const page = await site.visit('/a', { clock: true })
  await site.collector.until(1)
  await untilWaiting(page, 0)
  await aMinute(page)
  await settled(page)
  assert.equal(site.collector.arrivals.length, 1)
})

test('offline, then online: sent as soon as there is a network', async () => {
  const page = await site.visit('/a', { clock: true })
  await site.collector.until(1)
  await page.context().setOffline(true)
  assert.equal(
    await page.evaluate('new Promise((resolve) => footfall("Offline", { callback: ({ error }) => resolve(String(error)) }))'),
    'TypeError: Failed to fetch',
  )
  // Longer than an event counts as being in flight, shorter than the first wait can be.
  await page.clock.fastForward(9900)
  await page.waitForTimeout(150)
  await page.context().setOffline(false)
  const [event] = await site.collector.until(1, ({ body }) => body.n === 'Offline')
  assert.equal(event!.answered, 202)
})

test('a tab that is closed in mid-flight leaves its event to the next page', async () => {
  site.collector.answer = () => 'silence'
  const visitor = await site.visitor()
  const page = await site.visit('/a', { visitor })
  await site.collector.until(1)
  await page.close()
  site.collector.answer = () => OK
  const next = await site.visit('/b', { visitor, clock: true })
  await site.collector.until(1, accepted)
  await aMinute(next)
  const views = await site.collector.until(2, (arrival) => accepted(arrival) && arrival.body.n === 'pageview')
  const again = views.find(({ body }) => pathOf(body) === '/a')!
  assert.equal(again.body.id, site.collector.arrivals[0]!.body.id)
  await untilWaiting(next, 0)
})

test('a page that is left at once has already sent its events', async () => {
  const page = await site.visit('/a')
  await page.evaluate('document.querySelector("#in").addEventListener("click", () => footfall("Bought"))')
  await page.click('#in')
  await site.collector.until(1, ({ body }) => body.n === 'Bought')
})

for (const [name, options] of Object.entries({
  refuses: { first: 'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError") } })' },
  'does not have': { first: 'Object.defineProperty(window, "localStorage", { value: null })' },
  'has no room in': { first: 'localStorage.full = "x".repeat(5 * 1024 * 1024 - 4)' },
  'sandboxes away': { sandbox: true },
})) {
  test(`where the browser ${name} localStorage, the queue lives in memory`, async () => {
    site.collector.answer = () => DOWN
    const page = await site.visit('/a', { ...options, clock: true })
    await site.collector.until(1)
    await settled(page)
    site.collector.answer = () => OK
    await aMinute(page)
    const [first, again] = await site.collector.until(2)
    assert.equal(again!.answered, 202)
    assert.equal(again!.body.id, first!.body.id)
  })
}

for (const host of ['site.test', 'plain.test'] as const) {
  test(`two tabs share the queue and send nothing twice at once (${host === 'site.test' ? 'with' : 'without'} locks)`, async () => {
    site.collector.answer = () => DOWN
    const visitor = await site.visitor()
    // The clock is one for both tabs. Without locks chance keeps them apart: here it lets the first wake well before the second.
    const chance = (from: number) =>
      host === 'plain.test' ? `{ const { random } = Math; Math.random = () => ${from} + random() / 100 }` : ''
    const visit = (path: string, from: number) => site.visit(path, { visitor, host, clock: true, first: chance(from) })
    const tabs = [await visit('/a', 0), await visit('/b', 0.9)]
    for (const tab of tabs) {
      assert.equal(await tab.evaluate('Boolean(navigator.locks)'), host === 'site.test')
      for (const name of ['1', '2', '3']) await tab.evaluate(`footfall(${JSON.stringify(name)})`)
    }
    await site.collector.until(8)
    await settled(tabs[1]!)
    site.collector.answer = () => ({ status: 202, after: 300 })
    await tabs[0]!.clock.fastForward(host === 'site.test' ? 30_000 : 10_500)
    await site.collector.until(9)
    for (const tab of tabs) await tab.evaluate('dispatchEvent(new Event("online"))')
    await site.collector.until(8, accepted)
    await tabs[0]!.waitForTimeout(600)
    const sent = idsOf(site.collector.arrivals.filter(accepted))
    assert.deepEqual(sent, [...new Set(sent)])
    assert.equal(sent.length, 8)
    await untilWaiting(tabs[0]!, 0)
  })
}

test('of a long absence the newest hundred events are kept', async () => {
  const first = `for (let n = 0; n < 150; n++) {
    const t = Date.now() - (n < 20 ? 49 * 36e5 : 36e5) + n
    const id = 'footfall:' + t + '0.5'
    localStorage[id] = JSON.stringify({ n: 'old ' + n, u: location.href, id, t, s: t })
  }`
  const page = await site.visit('/a', { first })
  await site.collector.until(100)
  await untilWaiting(page, 0)
  const names = site.collector.arrivals.map(({ body }) => body.n)
  // The page view is one of the hundred, unless it was answered before the queue was looked at.
  assert.ok(names.length === 100 || names.length === 101, `${names.length} events`)
  assert.ok(names.includes('pageview') && names.includes('old 149') && names.includes('old 51'))
  assert.ok(!names.includes('old 49'))
})
