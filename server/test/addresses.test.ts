import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from './engines.ts'
import { world, type TestSite } from './world.ts'

const PROXY = '127.0.0.1'
const CLIENT = '198.51.100.1'
const LIMIT = 5

onEveryEngine('client addresses', (engine) => {
  const w = world(engine, { trustedProxies: [PROXY, '10.0.0.0/8'], addressLimit: LIMIT })

  /** Sends a page view over a connection from `socket`; answers the status. */
  async function send(site: TestSite, socket: string, headers: Record<string, string> = {}) {
    return w.running().app.inject({
      method: 'POST',
      url: '/api/event',
      remoteAddress: socket,
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', ...headers },
      payload: { n: 'pageview', d: site.domain, u: `https://${site.domain}/` },
    })
  }
  /** How many visitors those connections are. */
  async function visitors(...sent: [socket: string, headers?: Record<string, string>][]) {
    const site = await w.site()
    // A new minute, so that no limit of another test counts.
    w.now += 60_000
    for (const [socket, headers] of sent) assert.equal((await send(site, socket, headers)).statusCode, 202)
    return (await site.ask({}))[0]![0]
  }
  const forwarded = (value: string) => ({ 'x-forwarded-for': value })

  test('a client cannot be somebody else, whatever it sends', async () => {
    const lies = [
      forwarded('203.0.113.1'),
      { forwarded: 'for=203.0.113.2' },
      { 'cf-connecting-ip': '203.0.113.3' },
      { 'x-real-ip': '203.0.113.4', 'x-client-ip': '203.0.113.4', 'true-client-ip': '203.0.113.4', 'x-plausible-ip': '203.0.113.4' },
    ]
    assert.equal(await visitors([CLIENT], ...lies.map((headers): [string, typeof headers] => [CLIENT, headers])), 1)
  })

  test('behind a proxy, what the client wrote there itself does not count', async () => {
    assert.equal(
      await visitors(
        [PROXY, forwarded(CLIENT)],
        [PROXY, forwarded(`203.0.113.1, ${CLIENT}`)],
        [PROXY, forwarded(`203.0.113.2, ${CLIENT}, 10.1.2.3`)],
        [PROXY, { ...forwarded(CLIENT), 'cf-connecting-ip': '203.0.113.3', forwarded: 'for=203.0.113.4' }],
      ),
      1,
    )
  })

  test('every header of a trusted proxy names the same client', async () => {
    assert.equal(
      await visitors(
        [PROXY, forwarded(CLIENT)],
        [PROXY, { forwarded: `for=203.0.113.1, for="${CLIENT}:4711";proto=https` }],
        [PROXY, { 'cf-connecting-ip': CLIENT }],
        [CLIENT],
      ),
      1,
    )
    assert.equal(await visitors([PROXY, { 'cf-connecting-ip': CLIENT }], [PROXY, { 'cf-connecting-ip': '203.0.113.1' }]), 2)
  })

  test('an IPv6 subscriber is one visitor, the next one another', async () => {
    assert.equal(await visitors(['2001:db8:1:2::1'], ['2001:db8:1:2:ffff:ffff:ffff:ffff'], [PROXY, forwarded('[2001:DB8:1:2::3]:99')]), 1)
    assert.equal(await visitors(['2001:db8:1:2::1'], ['2001:db8:1:3::1']), 2)
  })

  test('the limit holds for a subscriber, also for one who lies about the address, and ends with the minute', async () => {
    const site = await w.site()
    w.now += 60_000
    const statuses: number[] = []
    for (let n = 0; n < LIMIT; n++) statuses.push((await send(site, `2001:db8:9:9::${n}`)).statusCode)
    assert.deepEqual(new Set(statuses), new Set([202]))
    w.now += 20_000
    for (const headers of [{}, forwarded('203.0.113.77'), { forwarded: 'for=203.0.113.78' }, { 'cf-connecting-ip': '203.0.113.79' }]) {
      const refused = await send(site, '2001:db8:9:9:abcd::1', headers)
      assert.deepEqual([refused.statusCode, refused.headers['retry-after']], [429, '40'], JSON.stringify(headers))
      assert.equal(refused.headers['access-control-allow-origin'], '*', 'the tracker may read it')
      assert.match(String(refused.headers['access-control-expose-headers']), /retry-after/)
    }
    assert.equal((await send(site, '2001:db8:9:a::1')).statusCode, 202, 'the neighbour is not meant')
    w.now += 40_000
    assert.equal((await send(site, '2001:db8:9:9::1')).statusCode, 202)
    assert.deepEqual(await site.ask({ metrics: ['visitors', 'pageviews'] }), [[2, LIMIT + 2]])
  })
})
