import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROUTES } from '@footfall/contract/routes.ts'
import { createApp } from '../http.ts'
import { docsRoutes } from '../web/docs.ts'
import { collectRoutes } from './routes.ts'
import { silent, startCollector } from './testing.ts'

test('every address of the collector is described, with and without a key', async (t) => {
  const { parts } = await startCollector(t, { sites: [] })
  const app = await createApp({ log: silent, basePath: '' })
  t.after(() => app.close())
  await docsRoutes(app, { baseUrl: 'http://localhost:3000', version: '0' })
  collectRoutes(app, parts)
  await app.ready()
  type Described = {
    paths: Record<string, Record<string, { summary?: string; security?: object[]; requestBody?: object; parameters?: object[] }>>
  }
  const { paths } = (await app.inject({ url: ROUTES.openapi })).json<Described>()
  const expected: [string, string, object[]][] = [
    [ROUTES.event, 'post', [{}, { key: [] }]],
    [ROUTES.events, 'post', [{}, { key: [] }]],
    [ROUTES.umamiSend, 'post', [{}, { key: [] }]],
    [ROUTES.umamiBatch, 'post', [{}, { key: [] }]],
    [ROUTES.goatcounterApi, 'post', [{ key: [] }]],
    [ROUTES.goatcounter, 'get', [{}]],
    [ROUTES.goatcounter, 'post', [{}]],
  ]
  for (const [path, method, security] of expected) {
    const described = paths[path]?.[method]
    assert.ok(described?.summary, `${method} ${path}`)
    assert.deepEqual(described.security, security)
    assert.ok(described.requestBody ?? described.parameters?.length, `${method} ${path} says what it takes`)
  }
  assert.deepEqual(Object.keys(paths).length, new Set(expected.map(([path]) => path)).size, 'preflights are not')
})
