import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Realtime } from '@footfall/contract/realtime.ts'
import { onEveryEngine } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

onEveryEngine('realtime', (engine) => {
  const w = world(engine)
  const ask = async (domain: string) => {
    await w.running().flush()
    const { status, body } = await w.api('GET', `/api/v1/stats/realtime?site_id=${domain}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body as Realtime
  }

  it('shows who is here, and the last half hour minute by minute', async () => {
    const site = await w.site({ timezone: 'Asia/Kathmandu' })
    w.now = Date.parse('2026-06-17T12:00:10Z')
    await site.play(
      visitor('early').views('/old', { referrer: 'https://www.google.com/' }),
      visitor('anna')
        .after('20m')
        .views('/')
        .after('1m')
        .views('/pricing')
        .reads(5000, 20)
        .does('Signup', { p: { plan: 'pro' } }),
      visitor('ben').after('21m').views('/pricing'),
    )
    const { minutes, events, ...rest } = await ask(site.domain)
    assert.deepEqual(rest, {
      visitors: 2,
      pages: [
        { page: '/pricing', visitors: 2 },
        { page: '/', visitors: 1 },
        { page: '/old', visitors: 1 },
      ],
      sources: [
        { source: 'Direct / None', visitors: 2 },
        { source: 'Google', visitors: 1 },
      ],
      // 203.0.113.0/24 and its neighbours are Australia's in the country file that ships.
      countries: [{ country: 'AU', visitors: 3 }],
    })
    assert.deepEqual([minutes.length, minutes[0]!.time, minutes[29]!.time], [30, '2026-06-17 17:37:00', '2026-06-17 18:06:00'])
    assert.deepEqual(
      minutes.filter(({ pageviews }) => pageviews > 0),
      [
        { time: '2026-06-17 17:45:00', visitors: 1, pageviews: 1 },
        { time: '2026-06-17 18:05:00', visitors: 1, pageviews: 1 },
        { time: '2026-06-17 18:06:00', visitors: 2, pageviews: 2 },
      ],
    )
    assert.deepEqual(
      events.map(({ time, name, page, props }) => [time, name, page, props]).toSorted(),
      [
        ['2026-06-17T17:45:10+05:45', 'pageview', '/old', {}],
        ['2026-06-17T18:05:10+05:45', 'pageview', '/', {}],
        ['2026-06-17T18:06:10+05:45', 'Signup', '/pricing', { plan: 'pro' }],
        ['2026-06-17T18:06:10+05:45', 'pageview', '/pricing', {}],
        ['2026-06-17T18:06:10+05:45', 'pageview', '/pricing', {}],
      ].toSorted(),
    )
    assert.equal(events.at(-1)!.page, '/old')
  })

  it('streams to the dashboard, tells of a new visitor, and ends when the server stops', async () => {
    const site = await w.site()
    const { app } = w.running()
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const signIn = await fetch(`${address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'admin@example.com', password: 'correct horse battery' }),
    })
    const cookie = signIn.headers.get('set-cookie')!.split(';')[0]!
    const url = `${address}/api/v1/stats/realtime/stream?site_id=${site.domain}`
    assert.equal((await fetch(url)).status, 401)
    const response = await fetch(url, { headers: { cookie } })
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'text/event-stream; charset=utf-8'])
    assert.equal(response.headers.get('x-ratelimit-limit'), null)

    const messages = response.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
    const next = async () => JSON.parse((await messages.next()).value!.split('data: ')[1]!) as Realtime
    assert.equal((await next()).visitors, 0)
    await site.play(visitor('anna').views('/'))
    const { visitors, events } = await next()
    assert.deepEqual([visitors, events.map(({ page }) => page)], [1, ['/']])

    const [end] = await Promise.all([messages.next(), w.restart()])
    assert.equal(end.done, true)
  })
})
