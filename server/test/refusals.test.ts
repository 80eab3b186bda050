import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Dropped } from '@footfall/contract/dropped.ts'
import { onEveryEngine } from './engines.ts'
import { visitor, type Origin, type VisitOptions } from './journey.ts'
import { world, type TestSite } from './world.ts'

const directory = mkdtempSync(join(tmpdir(), 'footfall-refusals-'))
const ranges = join(directory, 'data-centers.txt')
writeFileSync(ranges, '# a cloud\n198.51.100.0/24\n2001:db8:c::/48\n')
after(() => rmSync(directory, { recursive: true }))

const url = ({ domain }: TestSite) => `/api/v1/sites/${domain}`

/** What is set, the visit that is refused for it, and one that is not. */
interface Refusal {
  reason: string
  settings: object
  refused: { origin?: Partial<Origin>; page?: string; options?: VisitOptions }[]
  welcome?: { origin?: Partial<Origin>; page?: string; options?: VisitOptions }
}

const from = (ip: string) => ({ origin: { ip } })
const says = (headers: Record<string, string>) => ({ origin: { headers } })

const REFUSALS: Refusal[] = [
  {
    reason: 'site_ip_blocklist',
    settings: { shields: { ip: ['203.0.113.0/25', '2001:db8:a::/48', '192.0.2.7'] } },
    refused: [from('203.0.113.127'), from('2001:db8:a:ffff::1'), from('192.0.2.7')],
    welcome: from('203.0.113.128'),
  },
  {
    reason: 'site_country_blocklist',
    settings: { shields: { country: ['AU'] } },
    refused: [from('1.1.1.1')],
    welcome: from('81.2.69.160'),
  },
  {
    reason: 'site_page_blocklist',
    settings: { shields: { page: ['/admin**', '/*/draft'] } },
    refused: [{ page: '/admin/users' }, { page: '/posts/draft' }],
    welcome: { page: '/posts/draft/1' },
  },
  {
    reason: 'site_hostname_allowlist',
    settings: { shields: { hostname: ['shop.example', '*.shop.example'] } },
    refused: [{ options: { host: 'evil.example' } }, { options: { host: 'notshop.example' } }],
    welcome: { options: { host: 'en.shop.example' } },
  },
  { reason: 'block', settings: { ingest_rate_limit: 0 }, refused: [{}] },
  {
    reason: 'do_not_track',
    settings: { respect_dnt: true },
    refused: [says({ dnt: '1' }), says({ 'sec-gpc': '1' })],
    welcome: says({ dnt: '0', 'sec-gpc': '0' }),
  },
  {
    reason: 'dc_ip',
    settings: { drop_data_centers: true },
    refused: [from('198.51.100.255'), from('2001:db8:c:1::1')],
    welcome: from('198.51.101.0'),
  },
]

onEveryEngine('refusals', (engine) => {
  const w = world(engine, { dataCenterRanges: ranges })
  const dropped = async (site: TestSite, range: string) => {
    const { status, body } = await w.api('GET', `${url(site)}/dropped?date_range=${range}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body as Dropped
  }
  const visit = async (site: TestSite, { origin, page = '/', options }: Refusal['refused'][number]) => {
    const [reply] = await site.play(visitor('anna', origin).views(page, options))
    assert.equal(reply!.status, 202)
    return reply!.dropped
  }

  for (const { reason, settings, refused, welcome } of REFUSALS) {
    test(`${reason}: off until the site asks for it, counted for its owner, and off again`, async () => {
      const site = await w.site()
      for (const one of refused) assert.equal(await visit(site, one), undefined, 'without the setting everybody counts')

      const { status, body } = await w.api('PUT', url(site), settings)
      assert.equal(status, 200, JSON.stringify(body))
      assert.partialDeepStrictEqual((await w.api('GET', url(site))).body, settings)
      for (const one of refused) assert.equal(await visit(site, one), reason)
      if (welcome) assert.equal(await visit(site, welcome), undefined)

      const said = await dropped(site, 'day')
      assert.deepEqual([said.total, said.reasons.map((row) => [row.reason, row.events])], [refused.length, [[reason, refused.length]]])
      await w.api('PUT', url(site), { shields: {}, ingest_rate_limit: null, respect_dnt: false, drop_data_centers: false })
      for (const one of refused) assert.equal(await visit(site, one), undefined)
      assert.deepEqual(await site.ask({ metrics: ['pageviews'] }), [[2 * refused.length + (welcome ? 1 : 0)]])
    })
  }

  test('over the limit of the site the rest of the minute is dropped; the next minute counts again', async () => {
    const site = await w.site({ ingest_rate_limit: 2 })
    const replies = await site.play(
      visitor('anna').views('/').views('/').after('1s').views('/').after('58s').views('/').after('1s').views('/'),
    )
    assert.deepEqual(
      replies.map((reply) => reply.dropped),
      [undefined, undefined, 'throttle', 'throttle', undefined],
    )
    assert.deepEqual(await site.ask({ metrics: ['pageviews'] }), [[3]])
  })

  test('what was refused is shown by the days of the site, and by any date_range', async () => {
    const site = await w.site({ timezone: 'Asia/Kathmandu', respect_dnt: true })
    const quiet = visitor('quiet', { headers: { dnt: '1' } })
    // Quarter past six in the evening of Greenwich is midnight in Kathmandu.
    w.now = Date.parse('2026-06-17T18:10:00Z')
    await site.play(quiet.views('/').after('10m').views('/').views('/'), visitor('bot', { agent: 'Googlebot/2.1' }).views('/'))
    assert.deepEqual(await dropped(site, '2026-06-17,2026-06-18'), {
      total: 4,
      reasons: [
        { reason: 'do_not_track', sentence: 'The browser asks not to be tracked (DNT or GPC), and the site respects that', events: 3 },
        { reason: 'bot', sentence: 'The user agent belongs to a crawler, a monitor or a headless browser', events: 1 },
      ],
      days: [
        { date: '2026-06-17', events: 2, reasons: { bot: 1, do_not_track: 1 } },
        { date: '2026-06-18', events: 2, reasons: { do_not_track: 2 } },
      ],
      query: { site_id: site.domain, date_range: ['2026-06-17', '2026-06-18'] },
    })
    const asked = async (range: string) => {
      const { total, query } = await dropped(site, range)
      return [total, ...query.date_range]
    }
    assert.deepEqual(await asked('day'), [2, '2026-06-18', '2026-06-18'])
    assert.deepEqual(await asked('24h'), [4, '2026-06-17', '2026-06-18'])
    assert.deepEqual(await asked('7d'), [2, '2026-06-11', '2026-06-17'])
    assert.deepEqual(await asked('all'), [4, '2026-06-17', '2026-06-18'])
    assert.deepEqual(await asked('2026-06-17T00:00:00Z,2026-06-17T18:14:59Z'), [2, '2026-06-17', '2026-06-17'])
    assert.deepEqual((await dropped(await w.site(), 'all')).days, [])
  })

  test('the sender may ask what would become of an event', async () => {
    const site = await w.site({ ingest_rate_limit: 0 })
    const response = await w.running().app.inject({
      method: 'POST',
      url: '/api/event',
      headers: { 'x-debug-request': 'true', 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
      payload: { n: 'pageview', d: site.domain, u: `https://${site.domain}/` },
    })
    assert.deepEqual(response.json<{ sites: object[] }>().sites, [
      { site: site.domain, dropped: 'block', because: 'Collection is switched off for this site' },
    ])
    assert.equal((await dropped(site, 'day')).total, 0, 'asking is not counted')
  })

  test('who may not see the site is refused, and a range that is none is a 400 in words', async () => {
    const site = await w.site()
    const get = async (path: string, scope?: 'stats' | 'sites') => {
      const key = scope && (await w.running().createKey(scope, [scope]))
      return w.running().app.inject({ method: 'GET', url: path, headers: key ? { authorization: `Bearer ${key}` } : {} })
    }
    const path = `${url(site)}/dropped`
    assert.deepEqual(
      [(await get(path)).statusCode, (await get(path, 'sites')).statusCode, (await get(path, 'stats')).statusCode],
      [401, 403, 200],
    )
    assert.equal((await get('/api/v1/sites/nobody.example/dropped', 'stats')).statusCode, 404)
    for (const range of ['never', '30m', '2026-06-17', '2026-06-17,x', '1,2,3']) {
      const response = await get(`${path}?date_range=${range}`, 'stats')
      assert.deepEqual([response.statusCode, Object.keys(response.json<{ errors: object }>().errors)], [400, ['date_range']], range)
    }
  })

  test('settings that mean nothing are a 400 that names them', async () => {
    const site = await w.site()
    const wrong: [object, string][] = [
      [{ ingest_rate_limit: -1 }, 'ingest_rate_limit'],
      [{ ingest_rate_limit: 1.5 }, 'ingest_rate_limit'],
      [{ ingest_rate_limit: '5' }, 'ingest_rate_limit'],
      [{ respect_dnt: 'yes' }, 'respect_dnt'],
      [{ drop_data_centers: 1 }, 'drop_data_centers'],
      [{ shields: { ip: ['203.0.113.0/33'] } }, 'shields.ip'],
      [{ shields: { country: ['Germany'] } }, 'shields.country.0'],
    ]
    for (const [patch, field] of wrong) {
      const { status, body } = await w.api('PUT', url(site), patch)
      assert.deepEqual([status, Object.keys((body as { errors: object }).errors)], [400, [field]], JSON.stringify(patch))
    }
  })
})
