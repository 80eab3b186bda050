import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useSite } from './site.ts'

const site = useSite()
const STUB = 'window.footfall = function () { (footfall.q = footfall.q || []).push(arguments) };'
/** Names of events with who they are said to be of, in the order in which they happened. */
const said = async (count: number) =>
  (await site.collector.until(count, ({ body }) => body.n !== 'engagement'))
    .toSorted((a, b) => Number(a.body.t) - Number(b.body.t) || (a.body.id < b.body.id ? -1 : 1))
    .map(({ body }) => [body.n, body['uid'], body['traits']])
/** In a moment of its own, so that times tell the order. */
const later = (code: string) => `new Promise((done) => setTimeout(() => done(${code}), 5)).then(() => undefined)`

test('from the call on every event says whose it is, until it is taken back', async () => {
  const page = await site.visit('/', { options: { identify: true } })
  await said(1)
  await page.evaluate(later(`footfall.identify('user-42', { plan: 'pro' })`))
  await page.evaluate(later(`footfall('Signup')`))
  await page.evaluate(later(`history.pushState(0, '', '/in')`))
  await page.evaluate(later(`footfall.identify(null)`))
  await page.evaluate(later(`footfall('Bye')`))
  assert.deepEqual(await said(4), [
    ['pageview', undefined, undefined],
    ['Signup', 'user-42', { plan: 'pro' }],
    ['pageview', 'user-42', { plan: 'pro' }],
    ['Bye', null, undefined],
  ])
})

test('a call before the script counts from the first page view on, and is no event', async () => {
  const first = `${STUB} footfall('identify', 'user-42', { plan: 'pro' }); footfall('Early')`
  await site.visit('/', { options: { identify: true, exclude: ['/admin/**'] }, first })
  assert.deepEqual(
    new Set((await said(2)).map((each) => JSON.stringify(each))),
    new Set(['["pageview","user-42",{"plan":"pro"}]', '["Early","user-42",{"plan":"pro"}]']),
  )
})

test('what filters the page sees the name, and an excluded page stays silent', async () => {
  const options = { identify: true, exclude: ['/admin/**'], beforeSend: 'mine' }
  const first = `${STUB} footfall('identify', 'user-42'); window.mine = (event) => ({ ...event, uid: event.uid + '!' })`
  const page = await site.visit('/admin/x', { options, first })
  await page.evaluate(`history.pushState(0, '', '/open')`)
  assert.deepEqual(await said(1), [['pageview', 'user-42!', undefined]])
})

test('without the option there is no such function, and nothing is kept on the device with it', async () => {
  const without = await site.visit('/', { options: {} })
  await said(1)
  assert.equal(await without.evaluate('typeof footfall.identify'), 'undefined')
  const page = await site.visit('/', { options: { identify: true } })
  await page.evaluate(`footfall.identify('user-42')`)
  await page.evaluate(`footfall('Signup')`)
  await site.collector.until(1, ({ body }) => body.n === 'Signup')
  await page.waitForFunction('Object.keys(localStorage).length === 0')
  await page.reload()
  const views = await site.collector.until(3, ({ body }) => body.n === 'pageview')
  assert.deepEqual(
    views.map(({ body }) => body['uid']),
    [undefined, undefined, undefined],
  )
})
