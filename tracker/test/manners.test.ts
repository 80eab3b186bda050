import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useSite } from './site.ts'

const site = useSite()
const SCRIPT_TWICE = () => `<script defer src="${site.collector.base}/tracker.js"></script>`

for (const [who, first] of Object.entries({
  'the owner, who opted out': 'localStorage.footfall_ignore = "true"',
  'the owner, who opted out for Plausible': 'localStorage.plausible_ignore = "true"',
  'a browser driven by a program': 'Object.defineProperty(navigator, "webdriver", { value: true })',
})) {
  test(`${who} is not counted, and the page’s callbacks run`, async () => {
    const page = await site.visit('/', { first })
    assert.equal(await page.evaluate('new Promise((resolve) => footfall("Signup", { callback: (...args) => resolve(args.join()) }))'), '')
    await page.waitForTimeout(200)
    assert.equal(site.collector.arrivals.length, 0)
  })
}

test('an opt-out that was taken back is none', async () => {
  await site.visit('/', { first: 'localStorage.footfall_ignore = "false"' })
  await site.collector.until(1)
})

test('localhost is counted only where the site says so', async () => {
  const page = await site.visit('/', { host: 'localhost' })
  await page.waitForTimeout(200)
  assert.equal(site.collector.arrivals.length, 0)
  await site.visit('/', { host: 'localhost', tag: 'data-localhost' })
  await site.collector.until(1)
  await site.visit('/', { host: 'localhost', tag: 'data-localhost="false"' })
  await page.waitForTimeout(200)
  assert.equal(site.collector.arrivals.length, 1)
})

test('the script twice on a page counts once', async () => {
  const page = await site.visit('/', { head: SCRIPT_TWICE() })
  await page.evaluate('history.pushState({}, "", "/b")')
  await site.collector.until(2, ({ body }) => body.n === 'pageview')
  await page.waitForTimeout(200)
  assert.equal(site.collector.arrivals.filter(({ body }) => body.n === 'pageview').length, 2)
})

// `site.ts` fails every test whose page sees an error, a rejection nobody caught, or a complaint of its content policy.
for (const [what, first] of Object.entries({
  'fetch throws': 'window.fetch = () => { throw new Error("no fetch today") }',
  'fetch answers nonsense': 'window.fetch = () => undefined',
  'fetch refuses': 'window.fetch = () => Promise.reject(undefined)',
  'there is no fetch': 'delete window.fetch',
  'history cannot be changed': 'Object.freeze(history)',
  'listening is forbidden': 'window.addEventListener = () => { throw new Error("deaf") }',
  'the name is taken': 'Object.defineProperty(window, "footfall", { value: null })',
  'the queue holds rubbish': 'localStorage["footfall:1"] = "{"; localStorage["footfall:2"] = "null"; localStorage.footfall = "soon"',
})) {
  test(`nothing reaches the page where ${what}`, async () => {
    const page = await site.visit('/', { first })
    await page.evaluate('window.footfall && footfall("Signup", { props: { a: 1 } })')
    await page.evaluate('history.pushState({}, "", "/b")')
    await page.evaluate('window.dispatchEvent(new Event("online"))')
    await page.waitForTimeout(200)
    assert.equal(await page.evaluate('location.pathname'), '/b')
  })
}

test('arguments that make no sense are the page’s own business, and harm no later event', async () => {
  const page = await site.visit('/')
  await page.evaluate('const loop = {}; loop.loop = loop; footfall("Loop", { props: loop }); footfall("Big", { props: { big: 1n } })')
  for (const call of ['footfall()', 'footfall(null, null)', 'footfall("x", "y")', 'footfall(Symbol())']) await page.evaluate(call)
  await page.evaluate('footfall("Fine")')
  await site.collector.until(1, ({ body }) => body.n === 'Fine')
  assert.equal(
    site.collector.arrivals.some(({ body }) => body.n === 'Loop' || body.n === 'Big'),
    false,
  )
})

test('an error in the page’s own pushState is the page’s to see', async () => {
  const page = await site.visit('/')
  const name = await page.evaluate('try { history.pushState({}, "", "https://elsewhere.test/") } catch (error) { error.name }')
  assert.equal(name, 'SecurityError')
})
