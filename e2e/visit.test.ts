import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { launchChromium, newVisitor } from '../tracker/test/browser.ts'
import { startProcess, temporary } from './footfall.ts'
import { becomes, newPage } from './pages.ts'
import { signIn } from './sign-in.ts'

test('a visit to the demo page, clicks and all, is on the dashboard within two seconds', async (t) => {
  const footfall = await startProcess(await temporary(t))
  t.after(() => footfall.end('SIGTERM'))
  await footfall.command('site', 'add', 'demo.footfall.example')
  const key = await footfall.command('key', 'create', '--name', 'e2e', '--scope', 'stats')
  const browser = await launchChromium()
  t.after(() => browser.close())

  const visitor = await (await newVisitor(browser)).newPage()
  const problems: string[] = []
  visitor.on('pageerror', (error) => problems.push(error.message))
  await visitor.goto(`${footfall.url}/demo`)
  await visitor.getByRole('navigation', { name: 'Pages of the demo' }).getByRole('link', { name: 'Shop' }).click()
  await visitor.getByRole('navigation', { name: 'Pages of the demo' }).getByRole('link', { name: 'Join' }).click()

  const site = { site_id: 'demo.footfall.example' }
  const pages = [
    ['/demo', 1],
    ['/demo/join', 1],
    ['/demo/shop', 1],
  ]
  const byPage = () => footfall.ask(key, { ...site, metrics: ['pageviews'], dimensions: ['event:page'], order_by: [['event:page', 'asc']] })
  await becomes(byPage, pages)
  assert.deepEqual(await footfall.ask(key, { ...site, metrics: ['visitors', 'visits'] }), [[1, 1]])
  assert.deepEqual(problems, [] as string[])

  // The dashboard, as the owner of the site sees it.
  const owner = await newPage(browser, { viewport: { width: 1280, height: 1000 } }, problems)
  await signIn(owner, footfall)
  await owner.getByRole('link', { name: 'demo.footfall.example' }).click()
  await owner.goto(`${footfall.url}/sites/demo.footfall.example?period=today`)
  await owner.getByText('/demo/shop', { exact: true }).waitFor()
  const numbers = owner.getByRole('group', { name: 'Draw in the graph' })
  await becomes(async () => /Visitors\s+1\s[\s\S]*Visits\s+1\s[\s\S]*Pageviews\s+3\s/.test(await numbers.innerText()), true)
  assert.deepEqual(problems, [])
})

test("the snippet of a site, pasted into somebody else's page, counts that site", async (t) => {
  const footfall = await startProcess(await temporary(t))
  t.after(() => footfall.end('SIGTERM'))
  const added = await footfall.command('site', 'add', 'shop.test', '--timezone', 'Europe/Berlin')
  const key = await footfall.command('key', 'create', '--name', 'e2e')
  const snippet = /<script>[\s\S]*<\/script>/.exec(added)?.[0]
  assert.ok(snippet, `"site add" prints the snippet, not ${added}`)

  const shop = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>Shop</title><h1>Shop</h1>${snippet}<script>footfall('Signup', { props: { plan: 'pro' } })</script>`)
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  t.after(() => shop.close())
  const browser = await launchChromium({ hosts: ['*.test'] })
  t.after(() => browser.close())
  const page = await (await newVisitor(browser)).newPage()
  await page.goto(`http://shop.test:${(shop.address() as { port: number }).port}/products?utm_source=newsletter`)

  const ask = () =>
    footfall.ask(key, {
      site_id: 'shop.test',
      metrics: ['events'],
      dimensions: ['event:name', 'event:page', 'visit:source'],
      order_by: [['event:name', 'asc']],
    })
  await becomes(ask, [
    ['Signup', '/products', 'newsletter', 1],
    ['pageview', '/products', 'newsletter', 1],
  ])
})
