import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JourneysResult } from '@footfall/contract/journeys.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { type TestSite, world } from './world.ts'

onEveryEngine('journeys', (engine) => {
  const w = world(engine)

  async function journeys(site: TestSite, question: Record<string, unknown> = {}): Promise<JourneysResult> {
    await w.running().flush()
    const { status, body } = await w.api('POST', '/api/v2/journeys', { site_id: site.domain, date_range: 'all', ...question })
    assert.equal(status, 200, JSON.stringify(body))
    return body as JourneysResult
  }
  const paths = ({ paths }: JourneysResult) => paths.map(({ pages, visits, ended }) => [pages.join(' > '), visits, ended])

  /** Three ways through a shop. */
  async function shop(): Promise<TestSite> {
    const site = await w.site()
    await site.play(
      visitor('anna').views('/').after('1m').views('/shop').after('1m').views('/shop').after('1m').views('/pay'),
      visitor('ben').views('/').after('1m').views('/shop').after('1m').views('/'),
      visitor('cleo').views('/').after('1m').views('/shop').after('1m').views('/pay').after('1m').views('/thanks'),
      visitor('dora').views('/about').after('1m').does('Signup'),
    )
    return site
  }

  test('from the first page on: a page that is loaded again is one step, an event is none', async () => {
    const site = await shop()
    assert.deepEqual(paths(await journeys(site, { steps: 2 })), [
      ['/ > /shop > /pay', 2, false],
      ['/ > /shop > /', 1, false],
      ['/about', 1, true],
    ])
    assert.deepEqual(paths(await journeys(site, { steps: 5, limit: 2 })), [
      ['/ > /shop > /', 1, true],
      ['/ > /shop > /pay', 1, true],
    ])
  })

  test('what comes after a page, and what led there, from its first view', async () => {
    const site = await shop()
    assert.deepEqual(paths(await journeys(site, { page: '/shop', steps: 1 })), [
      ['/shop > /pay', 2, false],
      ['/shop > /', 1, false],
    ])
    assert.deepEqual(paths(await journeys(site, { page: '/pay', direction: 'previous' })), [['/pay > /shop > /', 2, true]])
    assert.deepEqual(paths(await journeys(site, { page: '/', direction: 'previous' })), [['/', 3, true]])
    assert.deepEqual(paths(await journeys(site, { direction: 'previous', steps: 1 })), [
      ['/ > /shop', 1, false],
      ['/about', 1, true],
      ['/pay > /shop', 1, false],
      ['/thanks > /pay', 1, false],
    ])
    assert.deepEqual(await journeys(site, { page: '/nowhere' }).then(({ paths, nodes, links, meta }) => ({ paths, nodes, links, meta })), {
      paths: [],
      nodes: [],
      links: [],
      meta: { visits: 0 },
    })
  })

  test('nodes and links of a Sankey diagram: what flows out of a node, and what ends there, is what flows in', async () => {
    const site = await shop()
    const { nodes, links, meta } = await journeys(site, { steps: 3 })
    assert.deepEqual(
      nodes.map(({ id, step, page, visits, ended }) => [id, step, page, visits, ended]),
      [
        [0, 0, '/', 3, 0],
        [1, 0, '/about', 1, 1],
        [2, 1, '/shop', 3, 0],
        [3, 2, '/pay', 2, 1],
        [4, 2, '/', 1, 1],
        [5, 3, '/thanks', 1, 0],
      ],
    )
    assert.deepEqual(links, [
      { source: 0, target: 2, visits: 3 },
      { source: 2, target: 3, visits: 2 },
      { source: 2, target: 4, visits: 1 },
      { source: 3, target: 5, visits: 1 },
    ])
    assert.equal(meta.visits, 4)
    assert.deepEqual(
      nodes.map(({ percentage }) => percentage),
      [75, 25, 75, 50, 25, 25],
    )
  })

  test('with a limit the most frequent pages of each step stay, and no link leads to one that is left out', async () => {
    const site = await shop()
    const { nodes, links } = await journeys(site, { steps: 3, limit: 1 })
    assert.deepEqual(
      nodes.map(({ page }) => page),
      ['/', '/shop', '/pay', '/thanks'],
    )
    assert.deepEqual(
      links.map(({ source, target, visits }) => [source, target, visits]),
      [
        [0, 1, 3],
        [1, 2, 2],
        [2, 3, 1],
      ],
    )
  })

  test('filters choose whole visits', async () => {
    const site = await shop()
    const filters = [['is', 'event:page', ['/thanks']]]
    assert.deepEqual(paths(await journeys(site, { filters, steps: 1 })), [['/ > /shop', 1, false]])
    assert.deepEqual(paths(await journeys(site, { filters: [['is', 'event:name', ['Signup']]] })), [['/about', 1, true]])
    assert.deepEqual(paths(await journeys(site, { filters: [['is', 'visit:exit_page', ['/pay']]], steps: 1 })), [['/ > /shop', 1, false]])
  })

  test('the query that comes back can be asked again', async () => {
    const site = await shop()
    const first = await journeys(site, { page: '/shop', steps: 1, filters: [['is_not', 'visit:entry_page', ['/about']]] })
    assert.deepEqual(await journeys(site, first.query), first)
  })

  const refused: [string, Record<string, unknown>, RegExp][] = [
    ['six steps', { steps: 6 }, /steps/],
    ['no limit', { limit: 0 }, /limit/],
    ['an unknown key', { pages: '/' }, /pages/],
    ['a sideways direction', { direction: 'left' }, /direction/],
    ['a filter that makes no sense', { filters: [['is', 'visit:nothing', ['x']]] }, /visit:nothing/],
  ]
  for (const [what, question, sentence] of refused) {
    test(`refuses ${what}`, async () => {
      const site = await w.site()
      const { status, body } = await w.api('POST', '/api/v2/journeys', { site_id: site.domain, date_range: 'all', ...question })
      assert.equal(status, 400)
      assert.match((body as { error: string }).error, sentence)
    })
  }
})
