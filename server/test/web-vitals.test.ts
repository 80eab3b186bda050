import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

/** The definition, word for word: the smallest value that at least three quarters of all do not exceed. */
function p75(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted.find((value) => 4 * values.filter((other) => other <= value).length >= 3 * values.length) ?? null
}

onEveryEngine('web vitals', (engine) => {
  const w = world(engine)
  const vitals = (p: Record<string, unknown>) => ({ i: false, p })

  test('by page and device, under filters; a page without any has none', async () => {
    const site = await w.site()
    await site.play(
      visitor('anna')
        .views('/')
        .does('web-vitals', vitals({ LCP: 1000, CLS: 0.02, TTFB: 90 }))
        .views('/quiet'),
      visitor('ben')
        .views('/')
        .does('web-vitals', vitals({ LCP: 900, CLS: 0.0125, INP: 40 })),
      visitor('cleo')
        .views('/')
        .does('web-vitals', vitals({ LCP: 10_000, CLS: 0 })),
      visitor('dora', { agent: IPHONE })
        .views('/')
        .does('web-vitals', vitals({ LCP: 4000 }))
        .views('/b')
        .does('web-vitals', vitals({ LCP: 70 })),
      visitor('emil')
        .views('/b')
        .does('Other', vitals({ LCP: 99_999 })),
    )
    const metrics = ['lcp_p75', 'inp_p75', 'cls_p75', 'fcp_p75', 'ttfb_p75'] as const
    assert.deepEqual(await site.ask({ metrics: [...metrics] }), [[4000, 40, 0.02, null, 90]])
    const pages = await site.ask({ metrics: ['lcp_p75', 'pageviews'], dimensions: ['event:page'] })
    assert.deepEqual(pages, [
      ['/', 4000, 4],
      ['/b', 70, 2],
      ['/quiet', null, 1],
    ])
    assert.deepEqual(await site.ask({ metrics: ['lcp_p75'], dimensions: ['visit:device'], order_by: [['lcp_p75', 'asc']] }), [
      ['Mobile', 4000],
      ['Desktop', 10_000],
    ])
    assert.deepEqual(await site.ask({ metrics: ['lcp_p75', 'cls_p75'], filters: [['is', 'event:page', ['/b']]] }), [[70, null]])
    assert.deepEqual(await site.ask({ metrics: ['visitors', 'lcp_p75'], filters: [['is', 'visit:device', ['Mobile']]] }), [[1, 4000]])
    assert.deepEqual(await site.ask({ metrics: ['lcp_p75'], dimensions: ['time:day'] }), [['2026-06-17', 4000]])
  })

  test('only numbers count', async () => {
    const site = await w.site()
    const values = [100, '250', '1e3', '-5', ' 7', 'fast', '', '12345678', '0.12345', '0.1234', true]
    await site.play(...values.map((LCP, index) => visitor(`v${index}`).views('/').does('web-vitals', vitals({ LCP }))))
    assert.deepEqual(await site.ask({ metrics: ['lcp_p75'] }), [[p75([100, 250, 0.1234])]])
    assert.deepEqual(await site.ask({ metrics: ['lcp_p75'], filters: [['is', 'event:page', ['/none']]] }), [[null]])
  })

  test('is the nearest rank, whatever the values', async () => {
    const value = fc.oneof(
      fc.nat(20),
      fc.nat(9_999_999),
      fc.nat(99_999).map((units) => units / 10_000),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, fc.constantFrom('/a', '/b')), { minLength: 1, maxLength: 40 }), async (given) => {
        const site = await w.site()
        await site.import(
          given.map(([CLS, pathname], index) => ({
            timestamp: '2026-06-16T12:00:00Z',
            visitor: `v${index}`,
            pathname,
            name: 'web-vitals',
            props: { CLS },
          })),
        )
        const rows = await site.ask({ metrics: ['cls_p75'], dimensions: ['event:page'], order_by: [['event:page', 'asc']] })
        const expected = ['/a', '/b'].flatMap((page) => {
          const values = given.filter(([, pathname]) => pathname === page).map(([number]) => number)
          return values.length === 0 ? [] : [[page, p75(values)]]
        })
        assert.deepEqual(rows, expected)
      }),
      { numRuns: 15, endOnFailure: true },
    )
  })
})
