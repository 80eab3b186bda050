import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { CALL_SCHEMAS, type CallSchema } from '@footfall/contract/call-schemas.ts'
import { CALLS, type CallName } from '@footfall/contract/calls.ts'
import { ApiError, createClient } from '@footfall/contract/client.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { Value } from 'typebox/value'
import { EMBEDDED } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

interface Operation {
  summary?: string
  parameters?: { in: string; name: string; required?: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}
interface Described {
  components: { schemas: Record<string, object> }
  paths: Record<string, Record<string, Operation>>
}

type Json = Record<string, unknown>
const ONLY_DOCUMENTS = ['$id', 'title', 'examples', 'example']

/**
 * A schema as JSON, without what only documents and with what it refers to in its place. The description writes `const` as `enum` and
 * any-name patterns as `additionalProperties`, which say the same.
 */
function plain(schema: unknown, named: Record<string, object> = {}): unknown {
  if (Array.isArray(schema)) return schema.map((each) => plain(each, named))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref, const: only, patternProperties, ...rest } = schema as Json & { patternProperties?: Json }
  if (typeof $ref === 'string') return plain(named[$ref.split('/').at(-1)!], named)
  const same = {
    ...rest,
    ...(only !== undefined && { enum: [only] }),
    ...(patternProperties && { additionalProperties: patternProperties['^.*$'] }),
  }
  const told = Object.entries(same).filter(([key]) => !ONLY_DOCUMENTS.includes(key))
  return Object.fromEntries(told.map(([key, value]) => [key, plain(value, named)]))
}

describe('the contract', () => {
  const w = world(EMBEDDED)
  const described = async () => (await w.running().app.inject({ url: ROUTES.openapi })).json<Described>()

  test('/openapi.json is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate({ ...(await described()) })
    assert.deepEqual({ valid, errors, version: validator.version }, { valid: true, errors: undefined, version: '3.1' })
  })

  test('every call of the client is described, with the schemas that its types come from', async () => {
    const { paths, components } = await described()
    for (const [name, { query, body, answer }] of Object.entries<CallSchema>(CALL_SCHEMAS)) {
      const [method, route] = CALLS[name as CallName]
      const operation = paths[route.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
      assert.ok(operation, `${name}: ${method} ${route}`)
      const json = (content?: Record<string, { schema: object }>) =>
        Object.entries(content ?? {}).find(([type]) => type.startsWith('application/json'))?.[1].schema
      if (body) assert.deepEqual(plain(json(operation.requestBody?.content), components.schemas), plain(body), `body of ${name}`)
      const { properties = {} } = (query ?? {}) as { properties?: Record<string, object> }
      const parameters = (operation.parameters ?? []).filter((each) => each.in === 'query').map((each) => each.name)
      const told = parameters.filter((each) => each !== 'format')
      assert.deepEqual(told, Object.keys(properties), `query of ${name}`)
      const [status] = Object.keys(operation.responses)
      if (status === '204') assert.deepEqual(plain(answer), { type: 'null' }, `answer of ${name}`)
      else assert.deepEqual(plain(json(operation.responses[status!]!.content), components.schemas), plain(answer), `answer of ${name}`)
    }
  })

  test('what the API answers to the client is what its types say', async (t) => {
    const { app } = w.running()
    const key = await w.running().createKey('client', ['stats', 'sites'])
    // The client over real HTTP, as a program elsewhere has it.
    const server = createServer((request, response) => app.routing(request, response))
    await new Promise<void>((listening) => void server.listen(0, 'localhost', listening))
    t.after(() => server.close())
    const base = `http://localhost:${(server.address() as { port: number }).port}/`
    const client = createClient({ base, fetch, headers: () => ({ authorization: `Bearer ${key}` }) })

    const { domain } = await client.addSite({ body: { domain: 'client.example', timezone: 'Europe/Berlin' } })
    await w.see(domain).play(visitor('anna').views('/').after('1m').views('/pricing').does('Signup'))
    await w.running().flush()
    const about = { site_id: domain, date_range: 'day' }
    const { id: goal } = await client.addGoal({ body: { site_id: domain, goal_type: 'event', event_name: 'Signup' } })
    await client.addGoal({ body: { site_id: domain, goal_type: 'page', page_path: '/pricing' } })
    const visits = await client.visits({ body: about })
    const answers = {
      sites: await client.sites({ query: { limit: '10' } }),
      site: await client.site({ site: domain }),
      goals: await client.goals({ query: { site_id: domain } }),
      query: await client.query({
        body: {
          ...about,
          metrics: ['visitors', 'bounce_rate', 'total_revenue'],
          dimensions: ['time:day'],
          include: { time_labels: true, present_index: true, total_rows: true, comparisons: { mode: 'previous_period' } },
        },
      }),
      funnel: await client.funnel({ body: { ...about, steps: ['Visit /pricing', 'Signup'] } }),
      retention: await client.retention({ body: { ...about, period: 'day' } }),
      journeys: await client.journeys({ body: about }),
      names: await client.names({ body: about }),
      visits,
      visit: await client.visit({ session: visits.visits[0]!.id, query: { site_id: domain } }),
      regions: await client.regions({ query: { countries: 'DE,FR' } }),
      cities: await client.cities({ query: { ids: '2950159' } }),
      realtime: await client.realtime({ query: { site_id: domain } }),
      realtimeVisitors: await client.realtimeVisitors({ query: { site_id: domain } }),
      deleteGoal: await client.deleteGoal({ goal, query: { site_id: domain } }),
      segments: await client.segments({ site: domain }),
      annotations: await client.annotations({ site: domain, query: { from: '2026-01-01' } }),
    } satisfies Partial<Record<CallName, unknown>>
    for (const [name, answer] of Object.entries(answers)) {
      const wrong = [...Value.Errors(CALL_SCHEMAS[name as CallName].answer, answer)]
      assert.deepEqual(wrong, [], name)
    }
    assert.deepEqual(
      answers.funnel.steps.map(({ visitors }) => visitors),
      [1, 1],
    )
    assert.equal(answers.realtimeVisitors, 1)

    const refused = await client
      .query({ body: { ...about, metrics: ['views_per_visit'], dimensions: ['event:page'] } })
      .catch((error: unknown) => error)
    assert.ok(refused instanceof ApiError)
    assert.deepEqual([refused.status, refused.code], [400, 'invalid_query'])
  })
})
