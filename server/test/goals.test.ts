import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { FunnelResult } from '@footfall/contract/funnels.ts'
import type { QueryResult } from '@footfall/contract/query.ts'
import { onEveryEngine } from './engines.ts'
import { type TestSite, world } from './world.ts'

onEveryEngine('goals', (engine) => {
  const w = world(engine)
  const goal = async (site: TestSite, body: Record<string, unknown>) => {
    const made = await w.api('PUT', '/api/v1/sites/goals', { site_id: site.domain, ...body })
    assert.equal(made.status, 200, JSON.stringify(made.body))
  }
  /** An event so many minutes after nine, as a line of an import. */
  const line = (visitor: string, minute: number, rest: Record<string, unknown>) => ({
    timestamp: `2026-06-17T09:${String(minute).padStart(2, '0')}:00Z`,
    visitor,
    pathname: '/',
    ...rest,
  })
  const load = async (site: TestSite, lines: unknown[]) => assert.deepEqual((await site.import(lines))['accepted'], lines.length)

  it('with properties are met by events that have all of them; by views, events and scrolling', async () => {
    const site = await w.site()
    await goal(site, { goal_type: 'event', event_name: 'Order', display_name: 'Order' })
    const pro = { plan: 'pro', term: 'year' }
    await goal(site, { goal_type: 'event', event_name: 'Order', display_name: 'Pro order', custom_props: pro })
    await goal(site, { goal_type: 'page', page_path: '/docs/**', display_name: 'Docs of pro', custom_props: { plan: 'pro' } })
    await goal(site, { goal_type: 'page', page_path: '/docs/a', scroll_threshold: 50, display_name: 'Read docs' })
    await load(site, [
      line('anna', 0, { pathname: '/docs/a', props: { plan: 'pro' } }),
      line('anna', 1, { pathname: '/docs/a', name: 'engagement', scroll_depth: 50, engagement_ms: 1000 }),
      line('anna', 2, { name: 'Order', props: { ...pro, more: 'x' } }),
      line('anna', 3, { name: 'Order', props: pro }),
      line('ben', 0, { pathname: '/docs/a', props: { plan: 'free' } }),
      line('ben', 1, { pathname: '/docs/a', name: 'engagement', scroll_depth: 49, engagement_ms: 1000 }),
      line('ben', 2, { name: 'Order', props: { plan: 'pro' } }),
      line('cleo', 0, { pathname: '/docs/' }),
      line('cleo', 1, { name: 'Order', props: { plan: 'Pro', term: 'year' } }),
      line('dora', 0, { name: 'order', props: pro }),
    ])
    const counted = await site.ask({
      metrics: ['visitors', 'events', 'conversion_rate'],
      dimensions: ['event:goal'],
      order_by: [['event:goal', 'asc']],
    })
    assert.deepEqual(counted, [
      ['Docs of pro', 1, 1, 25],
      ['Order', 3, 4, 75],
      ['Pro order', 1, 2, 25],
      ['Read docs', 1, null, 25],
    ])
    const filtered = (...names: string[]) =>
      site.ask({ metrics: ['visitors', 'events', 'conversion_rate'], filters: [['is', 'event:goal', names]] })
    assert.deepEqual(await filtered('Pro order'), [[1, 2, 25]])
    assert.deepEqual(await filtered('Order'), [[3, 4, 75]])
    assert.deepEqual(await filtered('Order', 'Read docs'), [[3, null, 75]], 'a scroll goal has no count of events')
  })

  it('earn in their own currencies: together only where there is one', async () => {
    const site = await w.site()
    await goal(site, { goal_type: 'event', event_name: 'Order', display_name: 'Order', currency: 'EUR' })
    await goal(site, { goal_type: 'event', event_name: 'Donation', display_name: 'Donation', currency: 'JPY' })
    await goal(site, { goal_type: 'event', event_name: 'Signup', display_name: 'Signup' })
    const sale = (name: string, amount: string, currency: string) => ({ name, revenue: { amount, currency } })
    await load(site, [
      line('anna', 0, sale('Order', '10.00', 'EUR')),
      line('anna', 1, sale('Order', '0.01', 'EUR')),
      line('ben', 0, sale('Order', '99', 'USD')),
      line('ben', 1, { name: 'Order' }),
      line('ben', 2, sale('Donation', '500', 'JPY')),
      line('cleo', 0, { name: 'Signup' }),
    ])
    const ask = async (question: Record<string, unknown>) => {
      const { body } = await w.api('POST', '/api/v2/query', {
        site_id: site.domain,
        metrics: ['total_revenue', 'average_revenue'],
        date_range: 'day',
        ...question,
      })
      const { results, meta } = body as QueryResult
      const money = results.map(({ dimensions, metrics }) => [
        ...dimensions,
        ...metrics.map((value) => (typeof value === 'object' && value !== null ? `${value.value} ${value.currency}` : value)),
      ])
      return [money, meta.metric_warnings?.['total_revenue']?.code]
    }
    const of = (...names: string[]) => ({ filters: [['is', 'event:goal', names]] })
    assert.deepEqual(await ask(of('Order')), [[['10.01 EUR', '5.005 EUR']], undefined])
    assert.deepEqual(await ask(of('Order', 'Signup')), [[['10.01 EUR', '5.005 EUR']], undefined])
    assert.deepEqual(await ask(of('Order', 'Donation')), [[[null, null]], 'no_single_revenue_currency'])
    assert.deepEqual(await ask(of('Signup')), [[[null, null]], 'no_revenue_goals_matching'])
    assert.deepEqual(await ask({ dimensions: ['event:goal'], order_by: [['event:goal', 'asc']] }), [
      [
        ['Donation', '500 JPY', '500 JPY'],
        ['Order', '10.01 EUR', '5.005 EUR'],
        ['Signup', null, null],
      ],
      undefined,
    ])
  })

  it('make a funnel of up to eight steps, also those with properties, split by a property', async () => {
    const site = await w.site()
    const steps = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    for (const step of steps)
      await goal(site, {
        goal_type: 'event',
        event_name: 'Step',
        display_name: step,
        custom_props: { step },
      })
    const walks = (visitor: string, way: string[], list: string) =>
      way.map((step, minute) => line(visitor, minute, { name: 'Step', props: { step, list } }))
    await load(site, [...walks('anna', steps, 'x'), ...walks('ben', steps.slice(0, 7), 'y'), ...walks('cleo', steps.toReversed(), 'x')])
    const ask = async (question: object) => {
      const { status, body } = await w.api('POST', '/api/v2/funnel', { site_id: site.domain, date_range: 'day', ...question })
      assert.equal(status, 200, JSON.stringify(body))
      return body as FunnelResult
    }
    const reached = (numbers: Pick<FunnelResult, 'steps'>) => numbers.steps.map(({ visitors }) => visitors)
    const { by_dimension: rows, ...all } = await ask({ steps, dimension: 'event:props:list' })
    assert.deepEqual(reached(all), [3, 2, 2, 2, 2, 2, 2, 1])
    assert.deepEqual(
      rows?.map((row) => [row.value, ...reached(row)]),
      [
        ['x', 2, 1, 1, 1, 1, 1, 1, 1],
        ['y', 1, 1, 1, 1, 1, 1, 1, 0],
      ],
    )
    // From the first step to the eighth are seven minutes.
    assert.deepEqual(reached(await ask({ steps, window_seconds: 419 })), [3, 2, 2, 2, 2, 2, 2, 0])
    assert.equal((await w.api('POST', '/api/v2/funnel', { site_id: site.domain, date_range: 'day', steps: [...steps, 'i'] })).status, 400)
  })
})
