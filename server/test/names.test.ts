import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NamesResult } from '@footfall/contract/names-used.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { type TestSite, world } from './world.ts'

onEveryEngine('names of properties and events', (engine) => {
  const w = world(engine)
  const NOON = w.now

  async function ask(site: TestSite, question: Record<string, unknown> = {}): Promise<NamesResult> {
    await w.running().flush()
    const { status, body } = await w.api('POST', '/api/v2/names', { site_id: site.domain, date_range: 'day', ...question })
    assert.equal(status, 200, JSON.stringify(body))
    return body as NamesResult
  }
  const table = (list: NamesResult['events']) => list.map(({ name, events, visitors }) => [name, events, visitors])

  test('each name with its events and visitors; pings count for nothing', async () => {
    w.now = NOON
    const site = await w.site()
    await site.play(
      visitor('anna')
        .views('/', { p: { author: 'x', plan: 'free' } })
        .reads(5000, 50)
        .does('Signup', { p: { plan: 'paid' } })
        .does('Signup', { p: { plan: 'paid' } }),
      visitor('ben')
        .views('/', { p: { author: 'x' } })
        .views('/about'),
    )
    const answer = await ask(site)
    assert.deepEqual(table(answer.properties), [
      ['author', 2, 2],
      ['plan', 3, 1],
    ])
    assert.deepEqual(table(answer.events), [
      ['pageview', 3, 2],
      ['Signup', 2, 1],
    ])
    assert.deepEqual(answer.meta, { properties_cut: false, events_cut: false })
    assert.deepEqual(await ask(site, answer.query), answer)
  })

  test('the numbers are those of the query API', async () => {
    w.now = NOON
    const site = await w.site()
    const names = ['author', 'Author', 'tag name', 'größe', '日本', '😀']
    const lines = Array.from({ length: 120 }, (_, n) => ({
      timestamp: new Date(NOON - n * 60_000).toISOString(),
      visitor: `v${n % 7}`,
      pathname: '/',
      name: n % 3 === 0 ? 'pageview' : `Event ${n % 5}`,
      props: Object.fromEntries(names.filter((_name, index) => n % (index + 2) === 0).map((name) => [name, String(n)])),
    }))
    await site.import(lines)
    const answer = await ask(site, { date_range: 'all' })
    assert.equal(answer.properties.length, names.length)
    for (const { name, events, visitors } of answer.properties) {
      const asked = await site.ask({ metrics: ['events', 'visitors'], filters: [['is_not', `event:props:${name}`, ['(none)']]] })
      assert.deepEqual(asked, [[events, visitors]], name)
    }
    assert.deepEqual(
      table(answer.events).toSorted(),
      (await site.ask({ metrics: ['events', 'visitors'], dimensions: ['event:name'] })).toSorted(),
    )
  })

  test('only events in range that meet the filters; ties by name', async () => {
    w.now = NOON
    const site = await w.site()
    const at = (timestamp: string, props: Record<string, string>, pathname = '/') => ({ timestamp, visitor: 'x', pathname, props })
    await site.import([
      at('2026-06-10T10:00:00Z', { old: '1' }),
      at('2026-06-17T10:00:00Z', { b: '1', a: '1', B: '1' }),
      at('2026-06-17T10:01:00Z', { c: '1' }, '/blog'),
    ])
    assert.deepEqual(table((await ask(site)).properties), [
      ['B', 1, 1],
      ['a', 1, 1],
      ['b', 1, 1],
      ['c', 1, 1],
    ])
    const filters = (filter: unknown) => ask(site, { filters: [filter] }).then(({ properties }) => table(properties))
    assert.deepEqual(await filters(['is', 'event:page', ['/blog']]), [['c', 1, 1]])
    assert.deepEqual(await filters(['is', 'event:props:a', ['1']]), [
      ['B', 1, 1],
      ['a', 1, 1],
      ['b', 1, 1],
    ])
    assert.deepEqual(await filters(['is', 'event:props:never', ['1']]), [])
    assert.equal((await filters(['is', 'visit:entry_page', ['/']])).length, 4)
  })

  test('a bounded list says that there is more', async () => {
    w.now = NOON
    const site = await w.site()
    await site.play(
      visitor('anna')
        .views('/', { p: { a: '1', b: '1', c: '1' } })
        .does('Signup'),
    )
    const answer = await ask(site, { limit: 2 })
    assert.deepEqual(
      answer.properties.map(({ name }) => name),
      ['a', 'b'],
    )
    assert.deepEqual(answer.meta, { properties_cut: true, events_cut: false })
    const { status } = await w.api('POST', '/api/v2/names', { site_id: site.domain, date_range: 'day', limit: 1001 })
    assert.equal(status, 400)
  })

  test('a site without events, and one that is not there', async () => {
    w.now = NOON
    const site = await w.site()
    const { properties, events } = await ask(site)
    assert.deepEqual([properties, events], [[], []])
    assert.equal((await w.api('POST', '/api/v2/names', { site_id: 'nobody.example', date_range: 'day' })).status, 404)
  })
})
