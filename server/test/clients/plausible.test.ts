import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { onEveryEngine } from '../engines.ts'
import { world, type TestSite } from '../world.ts'
import { website } from './website.ts'

/** `plausible-tracker`, the older one: key `p` is JSON text, and nothing is said of engagement. */
const OLDER = `
  import Plausible from 'plausible-tracker'
  const { trackEvent, enableAutoPageviews } = Plausible({ domain: 'one.test,two.test', apiHost: STATS, hashMode: true })
  enableAutoPageviews()
  window.send = (name, options) => new Promise((callback) => trackEvent(name, { ...options, callback }))`

/** `@plausible-analytics/tracker`, the one of today. */
const TODAY = `
  import { init, track } from '@plausible-analytics/tracker'
  init({ domain: DOMAIN, endpoint: STATS + '/api/event', outboundLinks: true, fileDownloads: true, formSubmissions: true,
    customProperties: { theme: 'dark' } })
  window.send = (name, options) => new Promise((callback) => track(name, { ...options, callback }))`

const BODY = `<a id="out" href="http://other.test/x" target="_blank">out</a> <a id="file" href="/prices.pdf" target="_blank">file</a>
  <a id="tagged" class="plausible-event-name=Buy+now plausible-event-plan=pro plausible-revenue-amount=3.5 plausible-revenue-currency=EUR" href="#b">buy</a>
  <form onsubmit="return false"><input name="a"><button id="submit">send</button></form><div style="height: 4000px"></div>`

const send = (page: Page, name: string, options: object = {}) =>
  page.evaluate(
    ([name, options]) => (globalThis as unknown as { send(name: string, options: object): Promise<unknown> }).send(name, options),
    [name, options] as const,
  )

/** Asks until there are so many rows, each as text: what a page sends by itself arrives when it does. */
async function rows(site: TestSite, count: number, question: Parameters<TestSite['ask']>[0]): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const answer = await site.ask(question)
    if (answer.length >= count || tries === 600) return answer.map((row) => row.map((value) => textOf(value)).join(' ')).toSorted()
    await setTimeout(50)
  }
}

const textOf = (value: Awaited<ReturnType<TestSite['ask']>>[number][number]) =>
  typeof value === 'object' && value !== null ? `${value.value} ${value.currency}` : String(value)

onEveryEngine('trackers of Plausible', (engine) => {
  const web = website()
  const w = world(engine)
  before(() => web.start(w))
  const events: Parameters<TestSite['ask']>[0] = { metrics: ['events'], dimensions: ['event:name', 'event:page'] }
  const goal = (site_id: string, event_name: string) =>
    w.api('PUT', '/api/v1/sites/goals', { site_id, goal_type: 'event', event_name, currency: 'EUR' })

  test('of today: views, custom events, revenue, links, files, forms, tagged elements, engagement', async () => {
    const site = await w.site({ domain: 'today.test', timezone: 'Europe/Berlin' })
    for (const name of ['Purchase', 'Buy now']) await goal(site.domain, name)
    const page = await web.open('today.test', '/?utm_source=newsletter', { script: TODAY, body: BODY })
    assert.deepEqual(await send(page, 'Signup', { props: { plan: 'pro' } }), { status: 202 })
    await page.evaluate("scrollTo(0, 1e6); new Promise((done) => addEventListener('scrollend', done, { once: true }))")
    await page.evaluate("history.pushState({}, '', '/pricing')")
    assert.deepEqual(await send(page, 'Purchase', { revenue: { amount: '12.50', currency: 'EUR' }, props: { plan: 'free' } }), {
      status: 202,
    })
    assert.deepEqual(await send(page, 'Seen', { interactive: false }), { status: 202 })
    for (const id of ['out', 'file', 'tagged', 'submit']) await page.evaluate(`document.getElementById('${id}').click()`)

    assert.deepEqual(await rows(site, 10, events), [
      'Buy now /pricing 1',
      'File Download /pricing 1',
      'Form: Submission /pricing 1',
      'Outbound Link: Click /pricing 1',
      'Purchase /pricing 1',
      'Seen /pricing 1',
      'Signup / 1',
      'engagement / 0',
      'pageview / 1',
      'pageview /pricing 1',
    ])
    assert.deepEqual(await rows(site, 2, { metrics: ['total_revenue'], dimensions: ['event:goal'] }), [
      'Buy now 3.5 EUR',
      'Purchase 12.5 EUR',
    ])
    const byProp = (name: string): Parameters<TestSite['ask']>[0] => ({
      metrics: ['events'],
      dimensions: ['event:name', `event:props:${name}`],
      filters: [['is_not', `event:props:${name}`, ['(none)']]],
    })
    assert.deepEqual(await rows(site, 3, byProp('plan')), ['Buy now pro 1', 'Purchase free 1', 'Signup pro 1'])
    assert.deepEqual(
      (await rows(site, 2, byProp('url'))).map((row) => row.replace(/:\d+\//, '/')),
      [
        'Buy now http://today.test/pricing#b 1',
        'File Download http://today.test/prices.pdf 1',
        'Outbound Link: Click http://other.test/x 1',
      ],
    )
    assert.deepEqual(await rows(site, 1, { metrics: ['visitors', 'visits', 'bounce_rate'], dimensions: ['visit:source'] }), [
      'newsletter 1 1 0',
    ])
    assert.deepEqual(
      await rows(site, 1, { metrics: ['scroll_depth'], dimensions: ['event:page'], filters: [['is', 'event:page', ['/']]] }),
      ['/ 100'],
    )
  })

  test('the older one: several sites, hash mode, properties as text', async () => {
    const [one, two] = [await w.site({ domain: 'one.test' }), await w.site({ domain: 'two.test' })]
    const page = await web.open('one.test', '/app#/home', { script: OLDER })
    assert.equal(await send(page, 'Signup', { props: { plan: 'pro', paid: true } }), undefined)
    await page.evaluate("history.pushState({}, '', '#/next')")
    for (const site of [one, two]) {
      assert.deepEqual(await rows(site, 3, events), ['Signup /app#/home 1', 'pageview /app#/home 1', 'pageview /app#/next 1'])
      assert.deepEqual(await rows(site, 2, { metrics: ['visitors'], dimensions: ['event:props:plan', 'event:props:paid'] }), [
        '(none) (none) 1',
        'pro true 1',
      ])
    }
  })

  test('a page may ask what would become of an event', async () => {
    const site = await w.site({ domain: 'asks.test' })
    const page = await web.open('asks.test', '/', {})
    const body = JSON.stringify({ n: 'pageview', u: 'http://asks.test/', d: 'asks.test,nobody.test' })
    const said = await page.evaluate(
      ([url, body]) =>
        fetch(url, { method: 'POST', headers: { 'X-Debug-Request': 'true', 'Content-Type': 'application/json' }, body }).then((answer) =>
          answer.json(),
        ),
      [`${web.stats()}/api/event`, body] as const,
    )
    assert.partialDeepStrictEqual(said, {
      ip: '127.0.0.1',
      sites: [
        { site: 'asks.test', event: { pathname: '/', attributes: { browser: 'Chrome' } } },
        { site: 'nobody.test', dropped: 'not_found' },
      ],
    })
    assert.deepEqual(await site.ask({ metrics: ['events'] }), [[0]])
  })
})
