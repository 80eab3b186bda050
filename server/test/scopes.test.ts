import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROUTES } from '@footfall/contract/routes.ts'
import { EMBEDDED } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

const w = world(EMBEDDED)

test('everything that tells numbers wants a key with the scope stats', async () => {
  const site = await w.site()
  await site.play(visitor('anna').views('/'))
  await w.running().flush()
  const asked = { site_id: site.domain, date_range: 'day' }
  const list = (await w.api('POST', ROUTES.visits, asked)).body as { visits: { id: string }[] }
  const of = (route: string, more = '') => `${route}?site_id=${site.domain}${more}`
  const questions: [route: string, body?: object][] = [
    [ROUTES.query, { ...asked, metrics: ['visitors'] }],
    [ROUTES.funnel, { ...asked, steps: ['a', 'b'] }],
    [ROUTES.visits, asked],
    [of(ROUTES.visit.replace(':session', list.visits[0]!.id))],
    [ROUTES.retention, { ...asked, period: 'day' }],
    [ROUTES.journeys, asked],
    [ROUTES.names, asked],
    [`${ROUTES.cities}?ids=1`],
    [ROUTES.export.replace(':site', site.domain)],
    [ROUTES.dropped.replace(':site', site.domain)],
    [of(ROUTES.aggregate)],
    [of(ROUTES.timeseries)],
    [of(ROUTES.breakdown, '&property=event:page')],
    [of(ROUTES.realtime)],
    [of(ROUTES.realtimeVisitors)],
  ]
  const { app, createKey } = w.running()
  const [others, stats] = [await createKey('others', ['sites', 'import', 'events']), await createKey('stats', ['stats'])]
  const ask = async ([url, body]: (typeof questions)[number], key?: string) => {
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
    const { statusCode } = await app.inject({ method: body ? 'POST' : 'GET', url, headers, ...(body && { payload: body }) })
    return statusCode
  }
  for (const question of questions) {
    const told = [await ask(question), await ask(question, others), await ask(question, stats)]
    // The site has no goals, so that a funnel is let in and refused by its steps.
    assert.deepEqual(told, [401, 403, question[0] === ROUTES.funnel ? 400 : 200], question[0])
  }
  // A stream that is let in does not end; server/test/realtime.test.ts reads one.
  assert.deepEqual([await ask([of(ROUTES.realtimeStream)]), await ask([of(ROUTES.realtimeStream)], others)], [401, 403])
})
