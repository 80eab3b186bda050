import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

onEveryEngine('screens and titles', (engine) => {
  const w = world(engine)

  test('a visit has the class of its first width, or that of its device', async () => {
    const site = await w.site()
    await site.play(
      visitor('anna').views('/', { w: 1280 }).after('1m').views('/a', { w: 400 }),
      visitor('ben').views('/', { screen_width: 2560 }),
      visitor('cleo', { agent: IPHONE }).views('/', { w: 'wide' }),
      visitor('dora', { agent: IPHONE }).views('/', { w: 768 }),
    )
    const screens = await site.ask({
      metrics: ['visitors', 'pageviews'],
      dimensions: ['visit:screen'],
      order_by: [['visit:screen', 'asc']],
    })
    assert.deepEqual(screens, [
      ['Desktop', 1, 1],
      ['Laptop', 1, 2],
      ['Mobile', 1, 1],
      ['Tablet', 1, 1],
    ])
    const onPhones = await site.ask({
      dimensions: ['visit:screen'],
      filters: [
        ['is', 'visit:device', ['Mobile']],
        ['is_not', 'visit:screen', ['Tablet']],
      ],
    })
    assert.deepEqual(onPhones, [['Mobile', 1]])
  })

  test('pages by title; an event without one has none', async () => {
    const site = await w.site()
    const long = 'ß'.repeat(600)
    await site.play(
      visitor('anna').views('/a', { dt: ' Tea & more ' }).does('Signup', { dt: 'Tea & more' }).after('1m').views('/b', { title: long }),
      visitor('ben').views('/a', { dt: 'tea & more' }).after('1m').views('/c'),
      visitor('cleo').views('/a', { dt: 42 }).views('/a', { dt: 'a\0b' }),
    )
    const metrics = ['visitors', 'pageviews', 'events'] as const
    const titles = await site.ask({ metrics: [...metrics], dimensions: ['event:page_title'], order_by: [['event:page_title', 'asc']] })
    assert.deepEqual(titles, [
      ['(not set)', 2, 3, 3],
      ['Tea & more', 1, 1, 2],
      ['tea & more', 1, 1, 1],
      ['ß'.repeat(500), 1, 1, 1],
    ])
    const pages = { metrics: ['visitors' as const], dimensions: ['event:page'] }
    assert.deepEqual(await site.ask({ ...pages, filters: [['is', 'event:page_title', ['(not set)']]] }), [
      ['/a', 1],
      ['/c', 1],
    ])
    assert.deepEqual(await site.ask({ ...pages, filters: [['contains', 'event:page_title', ['TEA'], { case_sensitive: false }]] }), [
      ['/a', 2],
    ])
  })

  test('an import may tell both', async () => {
    const site = await w.site()
    const line = { timestamp: '2026-06-16T12:00:00Z', pathname: '/' }
    const result = await site.import([
      { ...line, visitor: 'a', title: 'Home', screen: 'Laptop', device: 'Desktop' },
      { ...line, visitor: 'b', device: 'Tablet' },
      { ...line, visitor: 'c', device: 'Tablet', screen: '' },
      { ...line, visitor: 'd', title: 7 },
    ])
    assert.deepEqual(result['rejected'], [{ line: 4, errors: ['title must be text'] }])
    const rows = await site.ask({ dimensions: ['event:page_title', 'visit:screen'] })
    assert.deepEqual(rows, [
      ['(not set)', '(not set)', 1],
      ['(not set)', 'Tablet', 1],
      ['Home', 'Laptop', 1],
    ])
  })
})
