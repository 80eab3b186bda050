import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { onEveryEngine } from '../engines.ts'
import { world } from '../world.ts'
import { website } from './website.ts'

onEveryEngine('pages of GoatCounter', (engine) => {
  const web = website()
  const w = world(engine)
  before(() => web.start(w))
  const byPage = { metrics: ['events' as const], dimensions: ['event:name', 'event:page', 'visit:source'] }

  test('a visitor without scripts is counted by the picture in <noscript>', async () => {
    const site = await w.site({ domain: 'plain.test' })
    const pixel = `<noscript><img src="${web.stats()}/count?site=plain.test" alt="" referrerpolicy="no-referrer-when-downgrade"></noscript>`
    const page = await web.open('plain.test', '/about?utm_source=letter', { body: pixel }, { javaScriptEnabled: false })
    assert.equal(await page.title(), 'plain.test')
    for (let tries = 0; tries < 600 && (await site.ask(byPage)).length === 0; tries++) await setTimeout(50)
    assert.deepEqual(await site.ask(byPage), [['pageview', '/about', 'letter', 1]])
  })

  test('a page sends by beacon and by picture, as its script does', async () => {
    const site = await w.site({ domain: 'beacon.test' })
    const page = await web.open('beacon.test', '/', {})
    const count = JSON.stringify(`${web.stats()}/count`)
    const size = await page.evaluate(`(async () => {
      const answer = await fetch(${count} + '?p=%2Fa&q=%3Futm_source%3Dletter&r=&b=0&s=800%2C600%2C1&rnd=x', { method: 'POST' })
      navigator.sendBeacon(${count} + '?p=%2Fb&rnd=y')
      await new Promise((done) => Object.assign(new Image(), { onload: done, src: ${count} + '?p=Signup&e=true&rnd=z' }))
      return (await answer.arrayBuffer()).byteLength
    })()`)
    assert.equal(size, 43)
    for (let tries = 0; tries < 600 && (await site.ask(byPage)).length < 3; tries++) await setTimeout(50)
    assert.deepEqual((await site.ask(byPage)).toSorted(), [
      ['Signup', '/', 'letter', 1],
      ['pageview', '/a', 'letter', 1],
      ['pageview', '/b', 'letter', 1],
    ])
  })
})
