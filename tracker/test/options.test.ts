import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TrackerOptions } from '@footfall/contract/sites.ts'
import { pathOf, useSite } from './site.ts'
import { measuring, painted, scroll, untilTrue } from './waits.ts'

const site = useSite()
const custom = ({ body }: { body: { n: string } }) => !/^(pageview|engagement)$/.test(body.n)
const said = async (count: number) => (await site.collector.until(count, custom)).map(({ body }) => [body.n, body.p])
const STAY = 'document.addEventListener("click", (event) => event.preventDefault())'

/** A page with this body; the tests' own pages have a fixed one. */
async function pageWith(html: string, options: TrackerOptions) {
  const page = await site.visit('/', { options })
  await page.evaluate(`document.body.innerHTML = ${JSON.stringify(html)}; ${STAY}`)
  return page
}

for (const [dialect, html] of Object.entries({
  ours: '<button data-event="Buy now" data-event-plan="pro" data-event-name="x"><b id="in">Buy</b></button>',
  'Umami’s': '<button data-umami-event="Buy now" data-umami-event-plan="pro" data-umami-event-name="x"><b id="in">Buy</b></button>',
  'Plausible’s':
    '<div class="a plausible-event-name=Buy+now b plausible-event-plan--pro plausible-event-name2=x"><p><b id="in">Buy</b></p></div>',
})) {
  test(`a click into an element tagged in ${dialect} dialect is an event with its properties`, async () => {
    const page = await pageWith(html, { taggedElements: true })
    await page.click('#in')
    assert.deepEqual(await said(1), [['Buy now', { plan: 'pro', [dialect === 'Plausible’s' ? 'name2' : 'name']: 'x' }]])
  })
}

for (const [dialect, html] of Object.entries({
  ours: '<b id="in" data-event="Buy" data-event-revenue="9.90" data-event-currency="EUR" data-event-plan="pro">Buy</b>',
  'Umami’s':
    '<b id="in" data-umami-event="Buy" data-umami-event-revenue="9.90" data-umami-event-currency="EUR" data-umami-event-plan="pro">Buy</b>',
  'Plausible’s':
    '<b id="in" class="plausible-revenue-amount=9.90 plausible-event-name=Buy plausible-revenue-currency--EUR plausible-event-plan=pro">Buy</b>',
})) {
  test(`an element tagged in ${dialect} dialect can earn money`, async () => {
    const page = await pageWith(html, { taggedElements: true })
    await page.click('#in')
    const [event] = await site.collector.until(1, custom)
    assert.deepEqual([event!.body.p, event!.body.$], [{ plan: 'pro' }, { amount: '9.90', currency: 'EUR' }])
  })
}

test('an amount without a currency, or a currency without an amount, is a property like any other', async () => {
  const page = await pageWith(
    '<b id="a" data-event="A" data-event-amount="3">a</b> <b id="b" data-event="B" data-event-currency="EUR">b</b>',
    {
      taggedElements: true,
    },
  )
  await page.click('#a')
  await page.click('#b')
  const events = await site.collector.until(2, custom)
  assert.deepEqual(
    events.map(({ body }) => [body.p, body.$]),
    [
      [{ amount: '3' }, undefined],
      [{ currency: 'EUR' }, undefined],
    ],
  )
})

test('a tagged link tells its address, and is not counted as an outbound link too', async () => {
  const html = '<a href="http://other.test/x" data-event="Partner" id="a">a</a> <a href="http://other.test/y" id="b">b</a>'
  const page = await pageWith(html, { taggedElements: true, outboundLinks: true, fileDownloads: true })
  await page.click('#a')
  await page.click('#b', { button: 'middle' })
  await page.click('#b', { button: 'right' })
  await page.evaluate('footfall("Last")')
  assert.deepEqual(await said(3), [
    ['Partner', { url: 'http://other.test/x' }],
    ['Outbound Link: Click', { url: 'http://other.test/y' }],
    ['Last', undefined],
  ])
})

test('a tagged form is counted when it is sent, and as nothing else', async () => {
  const html =
    '<form data-event="Sign up" data-event-list="news"><input id="in"><button>Send</button></form><form><button id="b">b</button></form>'
  const page = await pageWith(html, { taggedElements: true, formSubmissions: true })
  await page.evaluate('addEventListener("submit", (event) => event.preventDefault())')
  await page.click('#in')
  await page.evaluate('document.forms[0].requestSubmit(); document.forms[1].requestSubmit()')
  assert.deepEqual(await said(2), [
    ['Sign up', { list: 'news' }],
    ['Form: Submission', undefined],
  ])
})

test('elements are tagged in vain where the site does not ask for it', async () => {
  const page = await pageWith('<b id="in" data-event="Buy">Buy</b>', { outboundLinks: true })
  await page.click('#in')
  await page.evaluate('footfall("Last")')
  assert.deepEqual(await said(1), [['Last', undefined]])
})

for (const [how, given] of Object.entries({
  'of the site': { options: { exclude: ['/admin/**', '/*/edit'], include: ['/**'] } },
  'of the tag': { tag: 'data-exclude="/admin/**, /*/edit" data-include="/**"' },
})) {
  test(`excluded pages say nothing at all, by the options ${how}`, async () => {
    const page = await site.visit('/admin/users/7', given)
    await page.evaluate('footfall("Secret")')
    for (const path of ['/a/edit', '/a/b/edit', '/admin', '/a/edit/', '/administration']) {
      await page.evaluate(`history.pushState({}, '', '${path}'); footfall('Custom')`)
    }
    await page.evaluate('history.pushState({}, "", "/last")')
    await site.collector.until(1, ({ body }) => pathOf(body) === '/last')
    const counted = site.collector.arrivals.filter(({ body }) => body.n !== 'engagement').map(({ body }) => `${body.n} ${pathOf(body)}`)
    assert.deepEqual(counted.toSorted(), [
      'Custom /a/b/edit',
      'Custom /admin',
      'Custom /administration',
      'pageview /a/b/edit',
      'pageview /admin',
      'pageview /administration',
      'pageview /last',
    ])
  })
}

test('only included pages are counted; with hash, the fragment is part of the page', async () => {
  const page = await site.visit('/app#/shop/1', { options: { hash: true, include: ['/app#/shop/*'] } })
  for (const hash of ['#/account', '#/shop/2', '#/shop/2/x']) await page.evaluate(`location.hash = '${hash}'`)
  await page.evaluate('footfall("Last", { url: "http://site.test/app#/shop/last" })')
  await site.collector.until(1, custom)
  assert.deepEqual(
    site.collector.arrivals.filter(({ body }) => body.n === 'pageview').map(({ body }) => pathOf(body)),
    ['/app#/shop/1', '/app#/shop/2'],
  )
})

for (const [how, given] of Object.entries({
  'of the site': { options: { beforeSend: 'mine' } },
  'of the tag': { tag: 'data-before-send="mine"' },
})) {
  test(`beforeSend, by the options ${how}, sees every event, and may change or stop it`, async () => {
    const first = `window.mine = (event) => {
      if (event.n === 'Throws') throw new Error('mine')
      return event.n !== 'Stop' && { ...event, u: event.u.replace('secret', 'x'), p: { was: event.n } }
    }`
    const page = await site.visit('/secret', { ...given, first })
    const outcome = (name: string) =>
      page.evaluate(`new Promise((resolve) => footfall('${name}', { callback: (...args) => resolve(args.length && args[0]?.status) }))`)
    assert.deepEqual([await outcome('Stop'), await outcome('Throws'), await outcome('Go')], [undefined, undefined, 202])
    await scroll(page, 1600)
    await page.goto('about:blank')
    const events = await site.collector.until(3)
    assert.deepEqual(
      events.map(({ body }) => [pathOf(body), body.p]),
      [
        ['/x', { was: 'pageview' }],
        ['/x', { was: 'Go' }],
        ['/x', { was: 'engagement' }],
      ],
    )
  })
}

test('where beforeSend is not there, nothing is sent: it may be there to protect something', async () => {
  const page = await site.visit('/secret', { options: { beforeSend: 'mine' } })
  await page.evaluate('window.mine = (event) => event; footfall("Go")')
  await site.collector.until(1)
  assert.deepEqual(await said(1), [['Go', undefined]])
  assert.equal(site.collector.arrivals.length, 1)
})

test('a 404 page says so itself', async () => {
  await site.visit('/nowhere', { head: '<script src="/stub.js"></script><script src="/missing-page.js"></script>' })
  assert.deepEqual((await said(2)).at(-1), ['404', undefined])
})

test('web vitals are said once, on leaving, and cancel no bounce', async () => {
  const page = await site.visit('/a', { options: { webVitals: true } })
  await site.collector.until(1)
  // What the browser has told anybody of clicks and of shifts that nobody's click explains.
  await page.evaluate(`window.told = { click: 0, shift: 0 }
    for (const [type, isIt] of Object.entries({ event: ({ name }) => name === 'click', 'layout-shift': (each) => !each.hadRecentInput }))
      new PerformanceObserver((list) => (told[type === 'event' ? 'click' : 'shift'] += list.getEntries().filter(isIt).length))
        .observe({ type, durationThreshold: 16, buffered: true })`)
  await page.evaluate(`document.querySelector('#in').addEventListener('click', (event) => {
    event.preventDefault()
    const until = performance.now() + 60
    while (performance.now() < until);
  })`)
  await painted(page)
  await page.click('#in')
  await untilTrue(page, 'told.click')
  // Not within half a second of a click, as such a shift is expected.
  await page.waitForTimeout(700)
  await page.evaluate('document.body.insertAdjacentHTML("afterbegin", "<p style=\'height:200px\'>late</p>")')
  await untilTrue(page, 'told.shift')
  await page.evaluate('history.pushState({}, "", "/b")')
  for (let times = 0; times < 2; times++) await page.evaluate('dispatchEvent(new Event("pagehide"))')
  const [vitals] = await site.collector.until(1, custom)
  const { n, i, p, sd, e } = vitals!.body
  assert.deepEqual({ n, i, sd, e, path: pathOf(vitals!.body) }, { n: 'web-vitals', i: false, sd: undefined, e: undefined, path: '/a' })
  const { CLS, INP, ...times } = p as Record<string, number>
  assert.ok(INP! >= 60 && INP! < 60_000 && CLS! > 0.01 && CLS! < 1, JSON.stringify(p))
  assert.deepEqual(Object.keys(times).toSorted(), ['FCP', 'LCP', 'TTFB'])
  for (const time of Object.values(times)) assert.ok(Number.isInteger(time) && time > 0 && time < 60_000, JSON.stringify(p))
  await page.waitForTimeout(300)
  assert.equal(site.collector.arrivals.filter(custom).length, 1)
})

test('the generic script loads web vitals where its tag asks for them, as a module beside it', async () => {
  const page = await site.visit('/a', { tag: 'data-web-vitals' })
  await site.collector.until(1)
  await measuring(page)
  await painted(page)
  await page.click('#in')
  const [vitals] = await site.collector.until(1, custom)
  const { n, i, p } = vitals!.body
  assert.deepEqual([n, i, pathOf(vitals!.body)], ['web-vitals', false, '/a'])
  assert.ok(
    ['LCP', 'FCP', 'TTFB', 'CLS'].every((name) => name in (p as object)),
    JSON.stringify(p),
  )
})

for (const [why, given] of Object.entries({
  'its tag does not ask': {},
  'its tag asks in vain, as the hash in it says nothing of a second file': { tag: 'data-web-vitals', integrity: 'right' },
} as const)) {
  test(`the generic script loads nothing where ${why}`, async () => {
    const page = await site.visit('/a', given)
    await site.collector.until(1)
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')))
    assert.deepEqual(
      loaded.filter((name) => name.startsWith('tracker')),
      ['tracker.js'],
    )
    await page.evaluate('dispatchEvent(new Event("pagehide")); footfall("Last")')
    assert.deepEqual(await said(1), [['Last', undefined]])
  })
}

test('web vitals that cannot be loaded are not the page’s business', async () => {
  const page = await site.visit('/a', { tag: 'data-web-vitals', script: '/other.js' })
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/other.js?webVitals')))
  await page.evaluate('footfall("Last")')
  assert.deepEqual(await said(1), [['Last', undefined]])
})

test('a page that nobody saw loading has no vitals', async () => {
  const first = 'Object.defineProperty(document, "hidden", { value: true, configurable: true })'
  const page = await site.visit('/', { options: { webVitals: true }, first })
  await page.evaluate('Object.defineProperty(document, "hidden", { value: false }); document.dispatchEvent(new Event("visibilitychange"))')
  await page.evaluate('dispatchEvent(new Event("pagehide")); footfall("Last")')
  assert.deepEqual(await said(1), [['Last', undefined]])
})

test('the script runs where its hash in the tag is right, and only there', async () => {
  await site.visit('/wrong', { options: {}, integrity: 'wrong' })
  await site.visit('/right', { options: {}, integrity: 'right' })
  const [view] = await site.collector.until(1)
  assert.equal(pathOf(view!.body), '/right')
  assert.equal(site.collector.arrivals.length, 1)
})
