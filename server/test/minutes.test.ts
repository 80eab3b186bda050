import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { QueryResult } from '@footfall/contract/query.ts'
import { onEveryEngine } from './engines.ts'
import { world } from './world.ts'

onEveryEngine('minutes and hours at once', (engine) => {
  const w = world(engine)

  it('a visit counts in each of its minutes, and in the hour of that minute alone', async () => {
    const { domain, import: take } = await w.site({ timezone: 'Asia/Kathmandu' })
    // 01:59 to 02:01 of a clock that is 5 h 45 min ahead.
    const times = ['2026-06-14T20:14:10Z', '2026-06-14T20:16:10Z']
    const taken = await take(times.map((timestamp) => ({ timestamp, visitor: 'someone', pathname: '/' })))
    assert.equal(taken['accepted'], 2)
    await w.running().flush()
    // Minutes are for the dashboard: asked with a session.
    const headers = { 'sec-fetch-site': 'same-origin' }
    const credentials = { email: 'admin@example.com', password: 'correct horse battery' }
    const signedIn = await w.running().app.inject({ method: 'POST', url: '/api/session', headers, payload: credentials })
    const cookies = Object.fromEntries(signedIn.cookies.map(({ name, value }) => [name, value]))
    const ask = async (dimensions: string[]) => {
      const payload = { site_id: domain, metrics: ['visits', 'bounce_rate'], date_range: 'all', dimensions }
      const response = await w.running().app.inject({ method: 'POST', url: '/api/v2/query', headers, cookies, payload })
      assert.equal(response.statusCode, 200, response.body)
      const { results } = response.json<QueryResult>()
      return results.map((row) => [...row.dimensions, ...row.metrics])
    }
    assert.deepEqual(await ask(['time:minute', 'time:hour']), [
      ['2026-06-15 01:59:00', '2026-06-15 01:00:00', 1, 0],
      ['2026-06-15 02:00:00', '2026-06-15 02:00:00', 1, 0],
      ['2026-06-15 02:01:00', '2026-06-15 02:00:00', 1, 0],
    ])
    assert.deepEqual(await ask(['time:hour', 'time:minute']), [
      ['2026-06-15 01:00:00', '2026-06-15 01:59:00', 1, 0],
      ['2026-06-15 02:00:00', '2026-06-15 02:00:00', 1, 0],
      ['2026-06-15 02:00:00', '2026-06-15 02:01:00', 1, 0],
    ])
  })
})
